local deals = {}
for n = 0, 9 do
  deals[n + 1] = { id = n, account = { name = "Byrne & Sons", owner = { name = "Asha", level = n } } }
end
local total = 0
for turn = 1, 100000 do
  for i = 1, #deals do
    total = total + deals[i].account.owner.level
  end
end
return total
