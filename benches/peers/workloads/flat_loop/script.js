function main() {
  const numbers = [];
  for (let i = 0; i < 1000000; i++) numbers.push(i);
  let sum = 0;
  for (let pass = 0; pass < 5; pass++) {
    for (let i = 0; i < numbers.length; i++) {
      sum = sum + numbers[i] * 3 % 7;
      if (sum > 1000000) sum = sum - 1000000;
    }
  }
  return sum;
}
main();
