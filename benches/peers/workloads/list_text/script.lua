local items = {}
for i = 0, 199999 do items[#items + 1] = "item-" .. i end
local joined = table.concat(items, ",")
local replaced = joined:gsub("item", "part")
local parts = {}
for part in replaced:gmatch("[^,]+") do parts[#parts + 1] = part end
local total = #joined + #parts
for i = 1, #parts do total = total + #parts[i]:sub(6) end
return total
