function main() {
  const items = [];
  for (let i = 0; i < 200000; i++) items.push("item-" + i);
  const joined = items.join(",");
  const replaced = joined.replaceAll("item", "part");
  const parts = replaced.split(",");
  let total = joined.length + parts.length;
  for (let i = 0; i < parts.length; i++) total += parts[i].substring(5).length;
  return total;
}
main();
