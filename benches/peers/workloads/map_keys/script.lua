local m = {}
for i = 0, 499999 do m["k" .. i % 50000] = i end
local total = 0
for i = 0, 499999 do total = total + m["k" .. i % 50000] end
return total
