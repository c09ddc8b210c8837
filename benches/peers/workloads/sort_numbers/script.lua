local numbers, x = {}, 42
for i = 1, 1000000 do
  x = x * 16807 % 2147483647
  numbers[i] = x
end
table.sort(numbers)
local total = 0
for i = 1, #numbers do total = (total * 7 + numbers[i]) % 1000003 end
return total
