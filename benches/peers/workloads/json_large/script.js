function main() {
  const document = JSON.parse(input);
  let total = 0;
  let tags = 0;
  for (const record of document.records) {
    if (record.active) total += record.amount;
    tags += record.tags.length;
    record.seen = true;
  }
  document.total = total;
  const written = JSON.stringify(document);
  if (written.length < 5000000) return "too short";
  return total + tags;
}
main();
