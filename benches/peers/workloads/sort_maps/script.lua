local deals, x = {}, 42
for i = 0, 99999 do
  x = x * 16807 % 2147483647
  deals[i + 1] = { id = i, name = "Spring order", amount = x }
end
table.sort(deals, function(a, b) return a.amount < b.amount end)
local total = 0
for i = 1, #deals do total = (total * 7 + deals[i].id) % 1000003 end
return total
