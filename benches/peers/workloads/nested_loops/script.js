function main() {
  let sum = 0;
  for (let a = 0; a < 10; a++) {
    for (let b = 0; b < 1000; b++) {
      for (let c = 0; c < 1000; c++) {
        sum = sum + c * 3 % 7;
        if (sum > 1000000) sum = sum - 1000000;
      }
    }
  }
  return sum;
}
main();
