function main() {
  const prices = [19.99, 4.95, 0.10, 249.50, 7.25, 1.15, 33.33, 99.90, 0.07, 12.45];
  let total = 0;
  let quantity = 1;
  for (let invoice = 0; invoice < 100000; invoice++) {
    let net = 0;
    for (let i = 0; i < prices.length; i++) {
      quantity = quantity % 7 + 1;
      net += prices[i] * quantity;
    }
    const tax = Math.round(net * 0.19 * 100) / 100;
    total = total + net + tax;
  }
  return total;
}
main();
