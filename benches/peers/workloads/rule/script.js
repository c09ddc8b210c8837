function main() {
  const record = JSON.parse(input);
  let score = record.Probability ?? 0;
  const reasons = [];
  const amount = record.Amount ?? 0;
  if (amount > 100000) {
    score += 20;
    reasons.push("large");
  } else if (amount > 10000) {
    score += 7;
    reasons.push("medium");
  }
  for (const tag of record.Tag) {
    if (tag.name === "priority") score += 10;
  }
  if (record.Phone == null && record.Country === "Ireland") {
    reasons.push("no phone");
  }
  const source = record.Lead_Source;
  if (source != null && source.toLowerCase() === "partner") {
    score -= 5;
    reasons.push("partner");
  }
  const owner = record.Owner;
  const result = { Segment: score > 80 ? "hot" : "warm", Score: score, Reasons: reasons };
  if (owner != null && owner.email.endsWith("@example.com")) {
    result.Owner = owner.name;
  }
  return result.Segment + ":" + result.Score + ":" + result.Reasons.length + ":" + result.Owner;
}
main();
