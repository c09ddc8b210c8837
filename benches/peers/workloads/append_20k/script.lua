local names = { "ash", "birch", "cedar", "elder", "fir", "hazel", "juniper", "larch", "maple", "oak" }
local s = ""
for turn = 1, 2000 do
  for i = 1, #names do
    s = s .. names[i]
  end
end
return #s
