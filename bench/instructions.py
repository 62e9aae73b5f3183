#!/usr/bin/env python3
"""Counts the host's instructions outside of the kernel, with callgrind: unlike time, they are the
same on a busy machine. Fails when a figure is over its budget.

Called by scripts/bench, which has built the programs: instructions.py FOLDER
"""

import os
import re
import subprocess
import sys
import tempfile

from programs import Server, load

# Instructions of each: the budget, which is the last result with g++ 12 plus 2 %, and the goal. If you improve
# one, lower its budget.
BUDGETS = {
    "a command, W1 64": (2_864, 3_000),
    "a command, W1 64×16": (2_450, 2_700),
    "a push, W2 100": (1_195, 1_200),
    "accept, upgrade and join": (18_768, 20_000),
    "root_without_children": (617, None),
    "one_child_of<1>": (1_640, None),
    "one_child_of<10>": (1_643, None),
    "one_child_of<100>": (1_652, None),
    "one_child_of<1000>": (1_688, 2_500),
    "root_of<1>": (1_189, None),
    "root_of<10>": (2_106, None),
    "root_of<100>": (13_151, None),
    "root_of<1000>": (151_618, 250_000),
}

over = []


def judged(name, each):
    """Prints the figure, its budget and its goal."""
    budget, asked = BUDGETS[name]
    if each > budget:
        over.append(f"{name}: {each:,.0f} instructions, {each / budget - 1:.1%} over the budget of {budget:,}")
    return f"{each:,.0f} (budget {budget:,}" + (f", asked {asked:,})" if asked else ")")


def callgrind(profile, *options):
    return ["valgrind", "--tool=callgrind", "--quiet", f"--callgrind-out-file={profile}", *options]


def total_of(profile):
    with open(profile, encoding="utf-8") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith(("summary:", "totals:")))


def run(folder, profile, workload, counted, options):
    """The number of operations, as the load generator counts them in `counted`, and the total instructions."""
    with Server(f"{folder}/bench_host", ["--clients", "512"], under=callgrind(profile)) as host:
        done = load(folder, host, workload, **options)[-1][counted]
    return done, total_of(profile)


def report(folder, name, workload, short, long, counted="operations"):
    """The cost of one operation, from two runs that differ only in the number of operations."""
    with tempfile.TemporaryDirectory() as scratch:
        profile = os.path.join(scratch, "profile")
        done, total = run(folder, profile, workload, counted, short)
        more_done, more_total = run(folder, profile, workload, counted, {**short, **long})
        each = (more_total - total) / (more_done - done)
        print(f"\n{name}: {judged(name, each)} instructions. Most of them in")
        shown = subprocess.run(["callgrind_annotate", "--threshold=90", profile],
                               stdout=subprocess.PIPE, text=True, check=True).stdout
    for line in shown.splitlines():
        found = re.match(r" *([\d,]+) \( *[\d.]+%\) +[^:]*:(.*?)( \[[^]]*\])?$", line)
        if found and int(found[1].replace(",", "")) / more_done > each / 100:
            print(f"{int(found[1].replace(',', '')) / more_done:8.0f}  {found[2][:110]}", flush=True)


def children(folder):
    """A command to one of many child stores, and to the root that places them."""
    print("\nA command, from the message to reply and patch, without the network:")
    for name in BUDGETS:
        if " " in name:
            continue
        with tempfile.TemporaryDirectory() as scratch:
            profile = os.path.join(scratch, "profile")
            out = subprocess.run(
                [*callgrind(profile, "--toggle-collect=*page::receive(musubi::command_message*"),
                 f"{folder}/bench_micro", f"--benchmark_filter=^{name}/", "--benchmark_format=csv"],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout
            done = int(out.splitlines()[-1].split(",")[1])
            print(f"{name}: {judged(name, total_of(profile) / done)}", flush=True)


def main():
    folder = sys.argv[1]
    few, many = {"operations": 4000}, {"operations": 24000}
    report(folder, "a command, W1 64", "commands", {"clients": 64, **few}, many)
    report(folder, "a command, W1 64×16", "commands", {"clients": 64, "depth": 16, **few}, many)
    report(folder, "a push, W2 100", "pushes", {"clients": 100, **few}, many)
    report(folder, "accept, upgrade and join", "idle", {"clients": 100}, {"clients": 500}, counted="clients")
    if os.path.exists(f"{folder}/bench_micro"):  # only built with Google Benchmark
        children(folder)
    for each in over:
        print(f"scripts/bench instructions: {each}", file=sys.stderr)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
