#!/usr/bin/env python3
"""check_answer.py SOURCE COMMAND...

Compiles SOURCE with COMMAND and checks what the compiler answers. A source holds one mistake, or
several of which none hides another. Each is told in lines of the form

    // mistake: what it is            (may be left out where there is only one)
    // expect: a part of the sentence
    // names: what the answer has to name, separated by commas

and all of that must stand within the first ten lines of what the compiler says of it. A source
without such lines is a control: it must compile.
"""

import re
import subprocess
import sys
from pathlib import Path

MOST_LINES = 10

# What g++ says before an error: how it came there. clang says it behind.
CONTEXT = re.compile(
    r"In file included from |\s+from |.*: (In|Im) |.*:\s+(recursively )?required (from|by)|"
    r".*:\s+in .constexpr. expansion"
)
INCLUDES = re.compile(r"In file included from |\s+from ")
ERROR = re.compile(r".*: (fatal )?error: ")


class Mistake:
    def __init__(self, title):
        self.title = title
        self.expected = []
        self.names = []

    def is_told_in(self, block):
        return all(part in block for part in self.expected) and all(
            re.search(rf"(?<!\w){re.escape(name)}(?!\w)", block) for name in self.names
        )


def mistakes_in(source):
    found = [Mistake("")]
    for line in source.splitlines():
        match = re.match(r"// (mistake|expect|names): (.*)", line)
        if match is None:
            continue
        what, text = match.groups()
        if what == "mistake":
            found.append(Mistake(text))
        elif what == "expect":
            found[-1].expected.append(text)
        else:
            found[-1].names += text.split(", ")
    return [each for each in found if each.expected]


def blocks_in(output):
    """The first ten lines of each error, as if it were the only one: who includes whom is said
    once for each header, so where it is left out, it counts as many lines as it took before."""
    lines = output.splitlines()
    starts = []
    chains = {}
    for at, line in enumerate(lines):
        if not ERROR.match(line):
            continue
        first = at
        while first > 0 and CONTEXT.match(lines[first - 1]):
            first -= 1
        chain = sum(1 for each in lines[first:at] if INCLUDES.match(each))
        header = lines[first + chain].partition(":")[0]
        chains[header] = max(chain, chains.get(header, 0))
        starts.append((first, chain, header))
    for first, chain, header in starts:
        yield "\n".join(lines[first : first + MOST_LINES - (chains[header] - chain)])


def main():
    path, *command = sys.argv[1:]
    source = Path(path).read_text()
    if "clang" in command[0]:
        command.append("-ferror-limit=0")
    answer = subprocess.run(
        [*command, "-fsyntax-only", path], capture_output=True, text=True, env={"LC_ALL": "C"}
    )
    output = answer.stdout + answer.stderr
    mistakes = mistakes_in(source)
    if not mistakes:
        if answer.returncode != 0:
            sys.exit(f"This control has no '// expect:' line and must compile:\n{output}")
        return
    if answer.returncode == 0:
        sys.exit("This must not compile, and did.")
    blocks = list(blocks_in(output))
    untold = [each for each in mistakes if not any(each.is_told_in(block) for block in blocks)]
    for each in untold:
        print(f"Not told within {MOST_LINES} lines: {each.title}")
        print(f"  expected: {each.expected}, {each.names}")
    if untold:
        sys.exit(output)


if __name__ == "__main__":
    main()
