local record = json_decode(input)
local score = record.Probability or 0
local reasons = {}
local amount = record.Amount or 0
if amount > 100000 then
  score = score + 20
  reasons[#reasons + 1] = "large"
elseif amount > 10000 then
  score = score + 7
  reasons[#reasons + 1] = "medium"
end
for _, tag in ipairs(record.Tag) do
  if tag.name == "priority" then score = score + 10 end
end
-- JSON's null is not nil.
if type(record.Phone) ~= "string" and record.Country == "Ireland" then
  reasons[#reasons + 1] = "no phone"
end
local source = record.Lead_Source
if source ~= nil and source:lower() == "partner" then
  score = score - 5
  reasons[#reasons + 1] = "partner"
end
local owner = record.Owner
local result = { Segment = score > 80 and "hot" or "warm", Score = score, Reasons = reasons }
if owner ~= nil and owner.email:sub(-12) == "@example.com" then
  result.Owner = owner.name
end
return string.format("%s:%d:%d:%s", result.Segment, result.Score, #result.Reasons, result.Owner)
