function main() {
  const numbers = [];
  let x = 42;
  for (let i = 0; i < 1000000; i++) {
    x = x * 16807 % 2147483647;
    numbers.push(x);
  }
  numbers.sort((a, b) => a - b);
  let total = 0;
  for (let i = 0; i < numbers.length; i++) total = (total * 7 + numbers[i]) % 1000003;
  return total;
}
main();
