local numbers = {}
for i = 0, 999999 do numbers[i + 1] = i end
local sum = 0
for pass = 1, 5 do
  for i = 1, #numbers do
    sum = sum + numbers[i] * 3 % 7
    if sum > 1000000 then sum = sum - 1000000 end
  end
end
return sum
