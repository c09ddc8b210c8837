local total = 0
for a = 0, 99 do
  for b = 0, 999 do
    local deal = { id = a * 1000 + b, name = "Spring order", stage = "Open", amount = b }
    deal.probability = b % 100
    deal.country = "Ireland"
    deal.active = true
    deal.weight = 2
    if deal.active and deal.stage == "Open" then
      total = total + deal.amount * deal.probability + deal.id % 3
    end
    if deal.country == "Ireland" and deal.name ~= nil then
      total = total - deal.weight
    end
  end
end
return total
