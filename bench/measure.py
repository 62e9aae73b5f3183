#!/usr/bin/env python3
"""Runs the workloads against the host and the floor in turn, and prints medians and ratios.

Called by scripts/bench, which has built the programs: measure.py FOLDER [WORKLOAD...] [options]
"""

import argparse
import platform
import tempfile
from statistics import median

from programs import (Server, certificate, cores, free_port, has_tls, load, load_from, pinned, results,
                      usable_cores)

WORKLOADS = ["W1", "W2", "W3", "W4", "stall", "growth", "cores"]
FURTHER = ["tls"]  # in a build of its own, since what is measured without TLS does not contain it


class Table:
    """A Markdown table, printed row by row."""

    def __init__(self, judge):
        self.judge = judge
        print("\n| Work | Measured | First | Goal | |\n| --- | --- | --- | --- | --- |")

    def row(self, work, value, unit, first, goal, better, digits=2, note=""):
        good = (lambda limit: value >= limit) if better == "more" else (lambda limit: value <= limit)
        verdict = "goal" if good(goal) else "first" if good(first) else "**missed**"
        if not self.judge:
            verdict = ""
        sign = "≥" if better == "more" else "≤"
        shown = f"{value:,.{digits}f}{unit}" + (f" ({note})" if note else "")
        print(f"| {work} | {shown} | {sign} {first:,g}{unit} | {sign} {goal:,g}{unit} | {verdict} |",
              flush=True)

    def plain(self, work, shown):
        print(f"| {work} | {shown} | | | |", flush=True)


class Bench:
    def __init__(self, folder, runs, seconds, quick):
        self.folder = folder
        self.runs = runs
        self.seconds = seconds
        self.quick = quick
        self.heap_requests = 0

    def host(self):
        return Server(f"{self.folder}/bench_host")

    def floor(self):
        return Server(f"{self.folder}/bench_floor", is_floor=True)

    def load(self, server, workload, **options):
        options.setdefault("warm_up", 0.1 if self.quick else 0.5)
        return load(self.folder, server, workload, **options)

    def pairs(self, workload, **options):
        """Runs host and floor alternately, `runs` times, and returns their results in pairs."""
        options.setdefault("seconds", self.seconds)
        with self.host() as host, self.floor() as floor:
            both = []
            for _ in range(self.runs):
                ours = self.load(host, workload, **options)[0]
                theirs = self.load(floor, workload, **options)[0]
                if ours["operations"] == 0:
                    raise SystemExit(f"{workload}: nothing was done")
                both.append((ours, theirs))
        self.heap_requests += host.heap_requests
        return both

    def ratio_row(self, table, name, first, goal, workload, **options):
        both = self.pairs(workload, **options)
        ratios = [ours["per_s"] / theirs["per_s"] for ours, theirs in both]
        cpu = [theirs["server_us"] / ours["server_us"] for ours, theirs in both]
        per_s = median(ours["per_s"] for ours, _ in both)
        note = (f"{per_s:,.0f}/s; {min(ratios):.2f} to {max(ratios):.2f}; "
                f"by CPU {median(cpu):.2f}, {min(cpu):.2f} to {max(cpu):.2f}")
        table.row(name + ", ratio to the floor", median(ratios), "", first, goal, "more", note=note)
        return [ours for ours, _ in both]

    def tls(self, table):
        """W1 over TLS: the host and the floor have the same certificate and the same settings."""
        with tempfile.TemporaryDirectory() as folder:
            shown = certificate(folder)
            with (Server(f"{self.folder}/bench_host", ["--clients", "1100", *shown]) as host,
                  Server(f"{self.folder}/bench_floor", shown, is_floor=True) as floor,
                  Server(f"{self.folder}/bench_host", ["--clients", "1100"]) as plain):
                for clients, depth in (64, 1), (64, 16), (1000, 1):
                    options = {"clients": clients, "depth": depth, "seconds": self.seconds}
                    ours, theirs, bare = [], [], []
                    for _ in range(self.runs):
                        ours.append(self.load(host, "commands", tls=True, **options)[0])
                        theirs.append(self.load(floor, "commands", tls=True, **options)[0])
                        bare.append(self.load(plain, "commands", **options)[0])
                    cpu = [median(each["server_us"] for each in runs) for runs in (ours, theirs, bare)]
                    name = f"W1 {clients}" + (f"×{depth}" if depth > 1 else "")
                    table.plain(f"{name} over TLS, CPU per command, ratio to the floor",
                                f"{cpu[1] / cpu[0]:.2f} ({median(each['per_s'] for each in ours):,.0f}/s; "
                                f"{cpu[0]:.2f} µs, the floor {cpu[1]:.2f} µs, without TLS {cpu[2]:.2f} µs)")
            self.heap_requests += host.heap_requests

    def W1(self, table):
        runs = self.ratio_row(table, "W1 64", 0.75, 0.95, "commands", clients=64)
        table.row("W1 64, reads by the client per command",
                  median(each["reads_per_op"] for each in runs), "", 1, 1, "less")
        table.row("W1 64, user CPU per command", median(each["server_user_us"] for each in runs),
                  " µs", 1.5, 0.8, "less",
                  note=f"all CPU {median(each['server_us'] for each in runs):.2f} µs")
        self.ratio_row(table, "W1 1000", 0.75, 0.95, "commands", clients=1000)
        self.ratio_row(table, "W1 64×16", 0.3, 0.6, "commands", clients=64, depth=16)

    def W2(self, table):
        runs = self.ratio_row(table, "W2 1000", 0.8, 0.95, "pushes", clients=1000)
        user = median(each["server_user_us"] for each in runs)
        table.plain("W2 1000, user CPU per push", f"{user:.2f} µs")
        self.ratio_row(table, "W2 5000", 0.8, 0.95, "pushes", clients=5000)

    def W3(self, table):
        steps = [100, 500] if self.quick else [1000, 10000]
        rest, per_client, join = [], [], []
        for _ in range(self.runs):
            with self.host() as host:  # a new process each time, to measure fresh memory
                lines = self.load(host, "idle", clients=",".join(map(str, steps)))
            self.heap_requests += host.heap_requests
            rest.append(lines[0]["resident_bytes"] / 1e6)
            per_client.append(lines[-1]["bytes_per_client"])
            join.append(median(line["join_us"] for line in lines[1:]))
        table.row(f"W3, memory of each of {steps[-1]:,} idle clients", median(per_client), " B", 320,
                  256, "less", digits=0)
        table.row("resident memory at rest, 10,100 clients declared", median(rest), " MB", 2, 1.4, "less")
        table.row("accept, upgrade and join, CPU", median(join), " µs", 60, 24, "less", digits=1)

    def W4(self, table):
        port = free_port()
        line = results(pinned(cores()[1], [
            f"{self.folder}/bench_loadgen", "start", "--port", str(port), "--times",
            "3" if self.quick else "15", "--", *pinned(cores()[0], [f"{self.folder}/bench_host", "--port", str(port)])]))[0]
        table.plain("W4, start to the first 101", f"{line['median_ms']:.1f} ms")

    def stall(self, table):
        clients = 50 if self.quick else 1000
        ticks = 1000  # more than the system's buffers can hold, on any machine
        cpu, ratios, grown, skipped = [], [], [], []
        with self.host() as host:
            for _ in range(self.runs):
                options = {"clients": clients, "operations": ticks * clients}
                usual = self.load(host, "pushes", **options)[0]
                beside = self.load(host, "pushes", stalled=1, **options)[0]
                cpu.append(usual["server_us"] / beside["server_us"])
                ratios.append(beside["per_s"] / usual["per_s"])
                grown.append(beside["grown_bytes"] / 1024)
                skipped.append(beside["readings_skipped"])
        self.heap_requests += host.heap_requests
        if min(skipped) == 0:
            raise SystemExit("stall: the client that did not read never fell behind")
        table.row(f"W2 {clients} beside a client that does not read, CPU per push, ratio to without",
                  median(cpu), "", 0.95, 0.95, "more",
                  note=f"pushes per second {median(ratios):.2f}; it was spared "
                       f"{median(skipped):,.0f} of {ticks:,} readings, and has the newest")
        table.row("… growth of memory meanwhile", median(grown), " KiB", 64, 64, "less", digits=0)

    def growth(self, table):
        """Subtracts the time in the kernel, which grows with cache misses for the floor as well."""
        sizes = [1, 10, 100] if self.quick else [1, 10, 100, 1000, 10000]
        with self.host() as host, self.floor() as floor:
            for size in sizes:
                ours, theirs = [], []
                for _ in range(self.runs):
                    options = {"clients": size, "seconds": self.seconds}
                    ours.append(self.load(host, "commands", **options)[0]["server_us"])
                    theirs.append(self.load(floor, "commands", **options)[0]["server_us"])
                table.plain(f"W1 {size:,}, CPU per command",
                            f"{median(ours):.2f} µs; {median(ours) - median(theirs):.2f} µs above the floor")
        self.heap_requests += host.heap_requests

    def cores(self, table):
        """Measures the host on 1, 2, 4 … cores, with as many load generators on other cores."""
        usable = usable_cores()
        clients = 64 if self.quick else 320
        options = {"clients": clients, "seconds": self.seconds, "warm_up": 0.1 if self.quick else 0.5}
        one, count = None, 1
        while 2 * count <= min(len(usable), 32):
            arguments = ["--cores", str(count), "--clients", str(count * clients)]
            per_s, cpu = [], []
            with Server(f"{self.folder}/bench_host", arguments,
                        core=",".join(map(str, usable[:count]))) as host:
                for _ in range(self.runs):
                    lines = load_from(usable[count:2 * count], self.folder, host, "commands", **options)
                    # each generator divides the host's total CPU time by its own commands
                    used = sum(line["server_us"] * line["operations"] for line in lines) / count
                    per_s.append(sum(line["per_s"] for line in lines))
                    cpu.append(used / sum(line["operations"] for line in lines))
            self.heap_requests += host.heap_requests
            one = one or median(per_s)
            table.plain(f"W1, {count * clients:,} clients, cores: {count}",
                        f"{median(per_s) / one:.2f} of one core ({median(per_s):,.0f}/s; "
                        f"CPU per command {median(cpu):.2f} µs)")
            count *= 2
        if count <= 16:
            table.plain(f"W1, cores: {count}", f"not measured: the host and the load generators need {2 * count} "
                        f"cores of their own, and there {'is' if len(usable) == 1 else 'are'} {len(usable)}")

    def heap(self, table):
        table.row("heap requests while serving all of this", self.heap_requests, "", 0, 0, "less", digits=0)
        return self.heap_requests == 0


def main():
    options = argparse.ArgumentParser(prog="scripts/bench")
    options.add_argument("folder", help=argparse.SUPPRESS)
    options.add_argument("workloads", nargs="*", metavar="WORKLOAD", help=" ".join(WORKLOADS + FURTHER + ["all"]))
    options.add_argument("--runs", type=int, default=5, help="runs of host and floor each, alternately")
    options.add_argument("--seconds", type=float, default=2, help="duration of each run")
    options.add_argument("--quick", action="store_true", help="only check that the answers are right")
    chosen = options.parse_args()
    wanted = chosen.workloads if chosen.workloads not in ([], ["all"]) else WORKLOADS
    if chosen.quick and has_tls(chosen.folder):
        wanted = [*wanted, *FURTHER]
    unknown = [each for each in wanted if each not in WORKLOADS + FURTHER]
    if unknown:
        options.error(f"unknown workload {unknown[0]}")

    bench = (Bench(chosen.folder, 1, 0.2, True) if chosen.quick
             else Bench(chosen.folder, chosen.runs, chosen.seconds, False))
    print(f"{platform.machine()}, {len(cores())} cores used, {bench.runs} runs of {bench.seconds:g} s each")
    if chosen.quick:
        print("short runs: only the answers and the use of the heap are checked")
    table = Table(judge=not chosen.quick)
    for each in wanted:
        getattr(bench, each)(table)
    if not bench.heap(table):
        raise SystemExit("the heap was used after start-up")


if __name__ == "__main__":
    main()
