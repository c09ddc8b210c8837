function main() {
  const m = new Map();
  for (let i = 0; i < 500000; i++) m.set("k" + i % 50000, i);
  let total = 0;
  for (let i = 0; i < 500000; i++) total += m.get("k" + i % 50000);
  return total;
}
main();
