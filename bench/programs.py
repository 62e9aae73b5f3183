"""Runs the measured programs and the load generator."""

import json
import os
import re
import signal
import socket
import subprocess


def usable_cores():
    return sorted(os.sched_getaffinity(0))


def cores():
    """The cores of the servers and of the load generator; None if there is only one core."""
    usable = usable_cores()
    return (usable[0], usable[1]) if len(usable) > 1 else (None, None)


def pinned(core, command):
    """`command`, bound to a core or to several: "0,1"."""
    return command if core is None else ["taskset", "-c", str(core), *command]


def certificate(folder):
    """Makes a certificate for this machine and its key in `folder`; returns the options for a server."""
    paths = f"{folder}/server.crt", f"{folder}/server.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-days", "2", "-subj", "/CN=localhost", "-out", paths[0], "-keyout", paths[1]],
                   check=True, capture_output=True)
    return ["--certificate", paths[0], "--key", paths[1]]


def has_tls(folder):
    """Whether the programs of this build speak TLS."""
    return b"libssl" in subprocess.run(["ldd", f"{folder}/bench_host"], capture_output=True, check=False).stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server on the first core, or on `core`. A `with` block ends it with SIGTERM."""

    def __init__(self, program, arguments=(), under=(), is_floor=False, core=None):
        self.is_floor = is_floor
        self._core = cores()[0] if core is None else core
        self.heap_requests = None
        self._program = program
        self._command = [*under, program, "--port", "0", *arguments]

    def __enter__(self):
        self._process = subprocess.Popen(  # taskset executes the server, so the pid is the server's
            pinned(self._core, self._command), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        told = ""
        while not (found := re.search(r"listening on https?://[^/]*:(\d+)/\n", told)):
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
    """Runs the load generator on the second core; returns its lines of results."""
    return load_from([cores()[1]], folder, server, workload, **options)


def load_from(generators, folder, server, workload, **options):
    """Runs a load generator on each of `cores` at the same time; returns their lines of results."""
    command = [f"{folder}/bench_loadgen", workload,
               "--port", str(server.port), "--pid", str(server.pid)]
    for name, value in options.items():
        command += ["--" + name.replace("_", "-")] + ([] if value is True else [str(value)])
    if server.is_floor:
        command.append("--floor")
    return results(*(pinned(core, command) for core in generators))


def results(*commands):
    """Runs load generators at the same time; a wrong message ends the program."""
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]
    lines = []
    for run in runs:
        told = run.communicate()[0]
        if run.returncode != 0:
            raise SystemExit(f"{' '.join(run.args)} ended with {run.returncode}: {told}")
        lines += [json.loads(line) for line in told.splitlines()]
    wrong = [line for line in lines if line["bad"] or line.get("bad_at_end")]
    if not lines or wrong:
        raise SystemExit(f"wrong answers: {wrong}")
    return lines
