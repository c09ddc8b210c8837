function main() {
  const names = [];
  let x = 42;
  for (let i = 0; i < 200000; i++) {
    x = x * 16807 % 2147483647;
    names.push("name-" + x);
  }
  names.sort();
  let total = 0;
  for (let i = 0; i < names.length; i++) total = (total * 7 + names[i].length) % 1000003;
  return total;
}
main();
