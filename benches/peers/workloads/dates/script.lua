local time, floor = os.time, math.floor
local total = 0
for n = 0, 199999 do
  local due = time({ year = 2020, month = 1, day = 15 + n % 3650, hour = 12 })
  local renewal = time({ year = 2020, month = 1 + n % 240, day = 15, hour = 12 })
  total = total + floor((renewal - due) / 86400 + 0.5)
end
return total
