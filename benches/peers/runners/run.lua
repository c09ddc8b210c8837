-- lua5.4 run.lua SCRIPT MODE INPUT: the same line as the runners in Rust; JSON by lua-cjson.
local path, mode, input_path = arg[1], arg[2], arg[3]

local function read(name)
  local file = assert(io.open(name, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

-- The processor time of this process, as everywhere.
local clock = os.clock
local found, cjson = pcall(require, "cjson")
if found then json_decode, json_encode = cjson.decode, cjson.encode end
input = input_path and read(input_path)
local text = read(path)

local function report(compile, run, answer)
  if math.type(answer) == "float" and answer % 1 == 0 then answer = string.format("%.0f", answer) end
  local peak = read("/proc/self/status"):match("VmHWM:%s*(%d+)")
  print(string.format("compile_ms=%.4f run_ms=%.4f peak_kb=%s answer=%s", compile * 1e3, run * 1e3, peak, tostring(answer)))
end

local begun = clock()
local chunk, wrong = load(text, "@" .. path)
local compile = clock() - begun
if mode == "compile" then
  report(compile, 0, chunk and 0 or "stops at the first error")
  return
end
assert(chunk, wrong)
begun = clock()
local answer = chunk()
if mode == "rule" then
  for _ = 2, 10000 do answer = chunk() end
end
report(compile, clock() - begun, answer)
