function main() {
  let total = 0;
  for (let n = 0; n < 200000; n++) {
    const due = new Date(Date.UTC(2020, 0, 15));
    due.setUTCDate(15 + n % 3650);
    const renewal = new Date(Date.UTC(2020, 0, 15));
    renewal.setUTCMonth(n % 240);
    total += Math.round((renewal - due) / 86400000);
  }
  return total;
}
main();
