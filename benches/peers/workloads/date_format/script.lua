local time, date = os.time, os.date
local texts = {}
for n = 0, 999 do
  texts[n + 1] = date("%Y-%m-%d %H:%M:%S", time({ year = 2020, month = 1, day = 1, hour = 8 + n * 37, min = 5 }))
end
local total = 0
for turn = 1, 100 do
  for i = 1, #texts do
    local year, month, day, hour, minute, second = texts[i]:match("^(%d+)-(%d+)-(%d+) (%d+):(%d+):(%d+)$")
    local moment = time({ year = year, month = month, day = day, hour = hour, min = minute, sec = second })
    local printed = date("%d-%b-%Y %H:%M", moment)
    total = total + tonumber(printed:sub(1, 2))
  end
end
return total
