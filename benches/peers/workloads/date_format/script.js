const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function two(number) {
  return number < 10 ? "0" + number : "" + number;
}

function print(moment) {
  const day = two(moment.getUTCDate()) + "-" + MONTHS[moment.getUTCMonth()] + "-" + moment.getUTCFullYear();
  return day + " " + two(moment.getUTCHours()) + ":" + two(moment.getUTCMinutes());
}

function main() {
  const texts = [];
  for (let n = 0; n < 1000; n++) {
    const moment = new Date(Date.UTC(2020, 0, 1, 8 + n * 37, 5));
    texts.push(moment.toISOString().substring(0, 19).replace("T", " "));
  }
  let total = 0;
  for (let turn = 0; turn < 100; turn++) {
    for (let i = 0; i < texts.length; i++) {
      const moment = new Date(texts[i].replace(" ", "T") + "Z");
      const printed = print(moment);
      total += Number(printed.substring(0, 2));
    }
  }
  return total;
}
main();
