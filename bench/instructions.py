#!/usr/bin/env python3
"""Counts the host's instructions outside of the kernel, with callgrind: unlike time, they are the
same on a busy machine.

Called by scripts/bench, which has built the programs: instructions.py FOLDER
"""

import os
import re
import subprocess
import sys
import tempfile

from programs import Server, load

# Two runs that differ in nothing but their length: what differs is the operations' own.
SHORT, LONG = 4000, 24000


def run(folder, profile, workload, operations, **options):
    valgrind = ["valgrind", "--tool=callgrind", "--quiet", f"--callgrind-out-file={profile}"]
    with Server(f"{folder}/bench_host", arguments=["--clients", "128"], under=valgrind) as host:
        done = load(folder, host, workload, operations=operations, **options)[0]["operations"]
    with open(profile, encoding="utf-8") as lines:
        total = next(int(line.split()[1]) for line in lines if line.startswith(("summary:", "totals:")))
    return done, total


def report(folder, name, workload, **options):
    with tempfile.TemporaryDirectory() as scratch:
        profile = os.path.join(scratch, "profile")
        done, total = run(folder, profile, workload, SHORT, **options)
        more_done, more_total = run(folder, profile, workload, LONG, **options)
        each = (more_total - total) / (more_done - done)
        print(f"\n{name}: {each:,.0f} instructions. Most of them in")
        shown = subprocess.run(["callgrind_annotate", "--threshold=90", profile],
                               stdout=subprocess.PIPE, text=True, check=True).stdout
    for line in shown.splitlines():
        found = re.match(r" *([\d,]+) \( *[\d.]+%\) +[^:]*:(.*?)( \[[^]]*\])?$", line)
        if found and int(found[1].replace(",", "")) / more_done > each / 100:
            print(f"{int(found[1].replace(',', '')) / more_done:8.0f}  {found[2][:110]}", flush=True)


def children(folder):
    """A command to one of many child stores, and to the root that places them."""
    names = ["root_without_children", *(f"{what}<{many}>" for what in ("one_child_of", "root_of")
                                        for many in (1, 10, 100, 1000))]
    print("\nA command, from the message to reply and patch, without the network:")
    for name in names:
        with tempfile.TemporaryDirectory() as scratch:
            profile = os.path.join(scratch, "profile")
            out = subprocess.run(
                ["valgrind", "--tool=callgrind", "--quiet", f"--callgrind-out-file={profile}",
                 "--toggle-collect=*page::receive(musubi::command_message*", f"{folder}/bench_micro",
                 f"--benchmark_filter=^{name}/", "--benchmark_format=csv"],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout
            done = int(out.splitlines()[-1].split(",")[1])
            with open(profile, encoding="utf-8") as lines:
                total = next(int(line.split()[1]) for line in lines
                             if line.startswith(("summary:", "totals:")))
        print(f"{total / done:8,.0f}  {name}", flush=True)


def main():
    folder = sys.argv[1]
    report(folder, "A command (W1 64)", "commands", clients=64)
    report(folder, "A command (W1 64×16)", "commands", clients=64, depth=16)
    report(folder, "A push (W2 100)", "pushes", clients=100)
    if os.path.exists(f"{folder}/bench_micro"):  # it needs Google Benchmark
        children(folder)


if __name__ == "__main__":
    main()
