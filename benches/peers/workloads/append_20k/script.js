function main() {
  const names = ["ash", "birch", "cedar", "elder", "fir", "hazel", "juniper", "larch", "maple", "oak"];
  let s = "";
  for (let turn = 0; turn < 2000; turn++) {
    for (let i = 0; i < names.length; i++) s += names[i];
  }
  return s.length;
}
main();
