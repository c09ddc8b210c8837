// Item {i}
function f{i}(a, b) {
  const m = { id: {i}, name: "Item {i} " + a };
  m.total = a * 3 + b / 2 -;
  if (a > 10 && b < 20) {
    m.flag = m.total > 100;
  }
  return m;
}

