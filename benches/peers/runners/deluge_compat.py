"""python deluge_compat.py SCRIPT MODE INPUT: the same line as the runners in Rust, for the package deluge-compat. It translates a
script to Python each time that it runs it, so running counts both."""

import sys
import time

# This file has the name of the package, whose folder Python would otherwise look for here first.
sys.path.pop(0)

from deluge_compat.runtime import DelugeRuntime
from deluge_compat.translator import DelugeTranslator
from deluge_compat.types import deluge_string


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
    given = deluge_string(read(rest[0]) if rest else "")
    begun = time.process_time()
    DelugeTranslator().translate(text)
    compile_time = time.process_time() - begun
    if mode == "compile":
        return report(compile_time, 0, 0)
    begun = time.process_time()
    for _ in range(10_000 if mode == "rule" else 1):
        runtime = DelugeRuntime()
        runtime.update_context({"input": given})
        answer = runtime.execute(text)
    report(compile_time, time.process_time() - begun, answer)


main()
