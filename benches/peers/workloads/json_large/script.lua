local document = json_decode(input)
local total, tags = 0, 0
local records = document.records
for i = 1, #records do
  local record = records[i]
  if record.active then total = total + record.amount end
  tags = tags + #record.tags
  record.seen = true
end
document.total = total
local written = json_encode(document)
if #written < 5000000 then return "too short" end
return string.format("%d", total + tags)
