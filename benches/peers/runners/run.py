"""python3 run.py SCRIPT MODE INPUT: the same line as the runners in Rust. A script leaves its answer in RESULT."""

import sys
import time


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def peak_kb():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(line.split()[1] for line in status if line.startswith("VmHWM:"))


def report(compile_time, run_time, answer):
    if isinstance(answer, float) and answer.is_integer():
        answer = int(answer)
    print(f"compile_ms={compile_time * 1e3:.4f} run_ms={run_time * 1e3:.4f} peak_kb={peak_kb()} answer={answer}")


def main():
    path, mode, *rest = sys.argv[1:]
    text = read(path)
    given = read(rest[0]) if rest else ""
    begun = time.process_time()
    try:
        code = compile(text, path, "exec")
    except SyntaxError:
        if mode != "compile":
            raise
        return report(time.process_time() - begun, 0, "stops at the first error")
    compile_time = time.process_time() - begun
    if mode == "compile":
        return report(compile_time, 0, 0)
    begun = time.process_time()
    for _ in range(10_000 if mode == "rule" else 1):
        names = {"input": given}
        exec(code, names)
    report(compile_time, time.process_time() - begun, names.get("RESULT"))


main()
