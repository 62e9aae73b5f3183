#!/usr/bin/env python3
"""Asks programs for what each of them has to answer: test_programs.py VERSION PROGRAM...

--help, --version, an exit code of 2 and a sentence for what is not understood; servers also --port, --bind
and, by default, one line on stderr that says where they listen.
"""

import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

# What is not a server.
TOOLS = {"bench_loadgen", "musubi", "property_log"}
# Servers that are not a host of this library, so have no log.
BARE = {"bench_floor"}
# What a program says of options that others do not have.
FURTHER = {
    "musubi": [
        ([], "the first word is watch, get, call or inspect; see --help"),
        (["get", "http://a/socket", "M:a"], '"http://a/socket": not a URL that begins with ws:// or wss://'),
        (["get", "wss://127.0.0.1/socket", "M:a", "--ca", "/none"], "tls: /none: No such file or directory"),
        (["inspect"], "a URL is needed; see --help"),
        (["get", "ws://a/socket", "M"], "a root is a module, a colon and an id: Example.Counter:main"),
        (["call", "ws://a/socket", "M:a", "add", "5"], "the payload is not a JSON object"),
        (["get", "ws://a/socket", "M:a", "x"], "a JSON pointer begins with a slash: /items/0"),
    ],
    "house": [
        (["--thermostat", "Attic"], "--thermostat: not NAME=URL"),
        (["--thermostat", "Attic=a", "--thermostat", "Attic=b"], "--thermostat: there is one of that name already"),
        (["--thermostat", "Attic=http://a/"], '"http://a/": not a URL that begins with ws:// or wss://'),
    ],
    "bench_host": [
        (["--cores", "0"], "--cores: not a number from 1 to 16"),
        (["--cores", "17"], "--cores: not a number from 1 to 16"),
        (["--clients", "none"], "--clients: not a number from 1 to 1000000"),
        (["--unix"], "--unix: needs a value"),
        (["--unix="], "--unix: empty"),
    ],
}
PATIENCE = 60
LISTENING = re.compile(r"listening on http://127\.0\.0\.1:[1-9]\d*/\n")

problems = []


def expect(what, condition, seen):
    if not condition:
        problems.append(f"{what}: {seen!r}")


def run(program, *arguments):
    return subprocess.run([program, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=PATIENCE, check=False)


def refused(program, *arguments):
    """What `program` says of arguments that it must not take."""
    done = run(program, *arguments)
    asked = " ".join([program.name, *arguments])
    expect(f"{asked}: exit code", done.returncode == 2, done.returncode)
    expect(f"{asked}: stdout", done.stdout == "", done.stdout)
    return done.stderr


def answers(program, version):
    is_server = program.name not in TOOLS
    done = run(program, "--help")
    wanted = ["usage:"]
    if is_server:
        wanted += ["--help", "--version", "--port", "--bind"]
    if is_server and program.name not in BARE:
        wanted += ["--log-level"]
    expect(f"{program.name} --help: exit code", done.returncode == 0, done.returncode)
    expect(f"{program.name} --help: stderr", done.stderr == "", done.stderr)
    for each in wanted:
        expect(f"{program.name} --help does not tell {each}", each in done.stdout, done.stdout)

    done = run(program, "--version")
    expect(f"{program.name} --version", done.returncode == 0 and version in done.stdout, done)

    expect(f"{program.name} --bogus", "--bogus" in refused(program, "--bogus"), "not named")
    of_servers = [
        (["--bogus"], "--bogus: unknown option; see --help"),
        (["--port"], "--port: needs a value"),
        (["--port", "many"], "--port: not a number from 0 to 65535"),
        (["--bind", "nonsense"], "--bind: not an IP address"),
        (["--", "one", "more"], None),
    ]
    for arguments, sentence in (of_servers if is_server else []) + FURTHER.get(program.name, []):
        said = refused(program, *arguments)
        expect(f"{program.name} {' '.join(arguments)}",
               said == f"{program.name}: {sentence}\n" if sentence else said.count("\n") == 1, said)


def listens(program, home):
    """Starts a server on a port that is free, and ends it."""
    if program.name in TOOLS:
        return
    started(program, home, ["--port", "0"], LISTENING)
    if program.name == "bench_host":
        started(program, home, ["--cores", "2", "--clients", "10", "--unix", "bench.sock"],
                re.compile(r"listening on unix:bench\.sock\n"))
        path = "x" * 108  # one more than fits with its end
        done = run(program, "--unix", path)
        expect(f"{program.name} on a path that is too long", done.returncode == 1 and
               done.stderr.endswith(f"cannot listen on {path}: File name too long\n"), done)


def started(program, home, arguments, listening):
    environment = {**os.environ, "HOME": home, "HOME_TOKEN": "secret"}
    environment.pop("JOURNAL_STREAM", None)
    with subprocess.Popen([program, *arguments], cwd=home, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        said = server.stderr.readline()
        server.send_signal(signal.SIGTERM)
        said += server.communicate(timeout=PATIENCE)[1]
        asked = " ".join([program.name, *arguments])
        expect(f"{asked} says where it listens", listening.fullmatch(said), said)
        if program.name not in BARE:
            expect(f"{asked} ends in order", server.returncode == 0, server.returncode)


def main():
    version, *programs = sys.argv[1:]
    with tempfile.TemporaryDirectory() as home:
        for each in (pathlib.Path(program).resolve() for program in programs):
            answers(each, version)
            listens(each, home)
    for each in problems:
        print(each)
    print(f"{len(programs)} programs asked, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
