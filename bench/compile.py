#!/usr/bin/env python3
"""Measures a user's compile time: CPU seconds and peak memory of the compiler, as medians.

Called by scripts/bench: compile.py [--runs N] [--compiler NAME] [WHAT...]
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
from statistics import median

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDES = "bench/compile", "core", "port/asio", "port/hosted"
# The sources to compile, and their budgets in seconds of CPU time.
SOURCES = {
    "counter": ("examples/counter/main.cpp", 4.9),
    "features": ("bench/compile/features.cpp", 7.8),
    "host": ("bench/compile/host.cpp", 1.8),
    "store": ("bench/compile/store.cpp", None),
}


def compiled(compiler, source):
    """CPU seconds and MB of one run of the compiler, including its child processes."""
    with tempfile.TemporaryDirectory() as scratch:
        process = subprocess.Popen([compiler, "-std=c++20", "-O3", "-DNDEBUG", "-DMUSUBI_TELEMETRY",
                                    *(f"-I{each}" for each in INCLUDES), "-c", source, "-o", f"{scratch}/object.o"],
                                   cwd=ROOT)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{source} does not compile")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def main():
    options = argparse.ArgumentParser(prog="scripts/bench compile")
    options.add_argument("what", nargs="*", metavar="WHAT", help=" ".join(SOURCES))
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--compiler", default="g++")
    chosen = options.parse_args()
    if unknown := set(chosen.what) - set(SOURCES):
        options.error(f"unknown source {min(unknown)}")
    print("| Source | CPU | Memory |\n| --- | --- | --- |")
    for name in chosen.what or SOURCES:
        source, asked = SOURCES[name]
        runs = [compiled(chosen.compiler, source) for _ in range(chosen.runs)]
        seconds, memory = (median(each) for each in zip(*runs))
        goal = f" (asked: {asked} s)" if asked else ""
        print(f"| {source} | {seconds:.1f} s{goal} | {memory:,.0f} MB |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
