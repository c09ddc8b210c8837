function main() {
  let total = 0;
  for (let a = 0; a < 100; a++) {
    for (let b = 0; b < 1000; b++) {
      const deal = { id: a * 1000 + b, name: "Spring order", stage: "Open", amount: b };
      deal.probability = b % 100;
      deal.country = "Ireland";
      deal.active = true;
      deal.weight = 2;
      if (deal.active && deal.stage === "Open") {
        total = total + deal.amount * deal.probability + deal.id % 3;
      }
      if (deal.country === "Ireland" && deal.name !== null) {
        total = total - deal.weight;
      }
    }
  }
  return total;
}
main();
