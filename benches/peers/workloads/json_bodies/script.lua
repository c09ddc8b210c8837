local total, written = 0, 0
for line in input:gmatch("[^\n]+") do
  local body = json_decode(line)
  local order = body.order
  if order.paid and order.currency == "EUR" then total = total + order.number end
  if body.customer.city == "Dublin" then total = total + #body.items end
  body.status = "seen"
  if #json_encode(body) > 300 then written = written + 1 end
end
return string.format("%d", total + written)
