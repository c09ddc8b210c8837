-- Item {i}
function f{i}(a, b)
  local m = { id = {i}, name = "Item {i} " .. a }
  m.total = a * 3 + b / 2 -
  if a > 10 and b < 20 then
    m.flag = m.total > 100
  end
  return m
end

