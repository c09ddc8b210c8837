function main() {
  let total = 0;
  let written = 0;
  for (const line of input.split("\n")) {
    const body = JSON.parse(line);
    const order = body.order;
    if (order.paid && order.currency === "EUR") total += order.number;
    if (body.customer.city === "Dublin") total += body.items.length;
    body.status = "seen";
    if (JSON.stringify(body).length > 300) written += 1;
  }
  return total + written;
}
main();
