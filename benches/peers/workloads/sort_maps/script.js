function main() {
  const deals = [];
  let x = 42;
  for (let i = 0; i < 100000; i++) {
    x = x * 16807 % 2147483647;
    deals.push({ id: i, name: "Spring order", amount: x });
  }
  deals.sort((a, b) => a.amount - b.amount);
  let total = 0;
  for (let i = 0; i < deals.length; i++) total = (total * 7 + deals[i].id) % 1000003;
  return total;
}
main();
