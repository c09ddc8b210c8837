local prices = { 19.99, 4.95, 0.10, 249.50, 7.25, 1.15, 33.33, 99.90, 0.07, 12.45 }
local floor = math.floor
local total = 0.0
local quantity = 1
for invoice = 1, 100000 do
  local net = 0.0
  for i = 1, #prices do
    quantity = quantity % 7 + 1
    net = net + prices[i] * quantity
  end
  local tax = floor(net * 0.19 * 100 + 0.5) / 100
  total = total + net + tax
end
return total
