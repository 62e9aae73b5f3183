"""The programs that are measured, and the load generator that measures them."""

import json
import os
import re
import signal
import socket
import subprocess


def cores():
    """The core of the servers and that of the load generator; None where there is only one."""
    usable = sorted(os.sched_getaffinity(0))
    return (usable[0], usable[1]) if len(usable) > 1 else (None, None)


def pinned(core, command):
    return command if core is None else ["taskset", "-c", str(core), *command]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server on the first core. Used in a `with`, it is ended with SIGTERM."""

    def __init__(self, program, arguments=(), under=(), is_floor=False):
        self.is_floor = is_floor
        self.heap_requests = None
        self._program = program
        self._command = [*under, program, "--port", "0", *arguments]

    def __enter__(self):
        self._process = subprocess.Popen(  # taskset becomes the server, so the pid is right
            pinned(cores()[0], self._command), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        told = ""
        while not (found := re.search(r"listening on http://[^/]*:(\d+)/\n", told)):
            line = self._process.stderr.readline()
            if not line:
                raise SystemExit(f"{self._program} did not start: {told}")
            told += line
        self.port = int(found[1])
        return self

    def __exit__(self, *_):
        self._process.send_signal(signal.SIGTERM)
        told = self._process.communicate(timeout=20)[0]
        found = re.search(r"heap requests while serving: (\d+)", told)
        if found:
            self.heap_requests = int(found[1])

    @property
    def pid(self):
        return self._process.pid


def load(folder, server, workload, **options):
    """One run of the load generator on the second core; answers its lines of results."""
    command = [f"{folder}/bench_loadgen", workload,
               "--port", str(server.port), "--pid", str(server.pid)]
    for name, value in options.items():
        command += ["--" + name.replace("_", "-"), str(value)]
    if server.is_floor:
        command.append("--floor")
    return results(pinned(cores()[1], command))


def results(command):
    """Runs a load generator; a wrong message ends the program."""
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if run.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {run.returncode}: {run.stdout}")
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    wrong = [line for line in lines if line["bad"] or line.get("bad_at_end")]
    if not lines or wrong:
        raise SystemExit(f"wrong answers: {wrong}")
    return lines
