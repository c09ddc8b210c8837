local names, x = {}, 42
for i = 1, 200000 do
  x = x * 16807 % 2147483647
  names[i] = "name-" .. x
end
table.sort(names)
local total = 0
for i = 1, #names do total = (total * 7 + #names[i]) % 1000003 end
return total
