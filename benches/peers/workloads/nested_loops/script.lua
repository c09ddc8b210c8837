local sum = 0
for a = 0, 9 do
  for b = 0, 999 do
    for c = 0, 999 do
      sum = sum + c * 3 % 7
      if sum > 1000000 then sum = sum - 1000000 end
    end
  end
end
return sum
