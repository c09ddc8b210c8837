function main() {
  const deals = [];
  for (let n = 0; n < 10; n++) {
    deals.push({ id: n, account: { name: "Byrne & Sons", owner: { name: "Asha", level: n } } });
  }
  let total = 0;
  for (let turn = 0; turn < 100000; turn++) {
    for (let i = 0; i < deals.length; i++) total += deals[i].account.owner.level;
  }
  return total;
}
main();
