"""What the linked code of a Cortex-M program calls, and how deep its stack is at each call: for scripts/stack_depth.py."""

import os
import pathlib
import re
import subprocess
from collections import defaultdict
from functools import lru_cache

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCES = pathlib.Path(os.environ.get("MUSUBI_SOURCES", ROOT / "build/sources"))
TOOLS = "arm-none-eabi-"
AROUND = 6  # lines, in which a call is that was merged with another one
INVERSE = {a: b for pair in ("eq ne", "cs cc", "mi pl", "vs vc", "hi ls", "ge lt", "gt le")
           for a, b in (pair.split(), pair.split()[::-1])}


class Unknown(Exception):
    """Something that the analysis does not understand: its result would be wrong."""


def run(*command, given=None):
    return subprocess.run(command, check=True, capture_output=True, text=True, input=given).stdout


@lru_cache(None)
def lines_of(path):
    return pathlib.Path(path).read_text(errors="replace").splitlines()


def registers(text):
    """How many registers a list such as `{r4, r5-r7, lr}` has."""
    count = 0
    for part in re.search(r"\{(.*)\}", text)[1].split(","):
        first, _, last = part.strip().partition("-")
        count += int(last[1:]) - int(first[1:]) + 1 if last else 1
    return count


def growth(op, args):
    """By how many bytes the stack grows with this instruction."""
    if op == "push" or op == "stmdb" and args.startswith("sp!"):
        return 4 * registers(args)
    if op == "pop" or op == "ldmia" and args.startswith("sp!"):
        return -4 * registers(args)
    if op in ("sub", "subw", "add", "addw") and (found := re.match(r"sp, (?:sp, )?#(\d+)$", args)):
        return int(found[1]) if op.startswith("sub") else -int(found[1])
    if found := re.search(r"\[sp, #(-?\d+)\]!$|\[sp\], #(-?\d+)$", args):
        return -int(found[1] or found[2])
    if args.startswith("sp") and not op.startswith(("cmp", "stm", "ldm")):
        raise Unknown(f"{op} {args} changes the stack pointer by an unknown amount")
    return 0


def method(name):
    """The name alone: `b` of `a<int>::b(char) const`."""
    name = re.sub(r"\(anonymous namespace\)|operator\(\)|operator[<>=-]+", "x", name)
    while (less := re.sub(r"<[^<>]*>", "", name)) != name:
        name = less
    return re.split(r"::| ", name.split("(")[0])[-1]


class Function:
    """The calls of one function."""

    def __init__(self, program, entry):
        self.frame = 0
        self.calls = {}  # (site, address of what is called, or None through a pointer): depth of the stack there
        self.program, self.entry = program, entry
        self.before = {}  # address: those of the instructions that can precede it
        seen, todo = set(), [(entry, 0, None, 0)]
        while todo:
            state = todo.pop()
            if state in seen or state[0] not in program.code:
                continue
            seen.add(state)
            if len(seen) > 50_000:
                raise Unknown(f"{program.names[entry]}: a loop that pushes")
            for next_ in self.step(*state):
                self.before.setdefault(next_[0], set()).add(state[0])
                todo.append(next_)

    def call(self, site, target, depth):
        key = (site, target)
        self.calls[key] = max(depth, self.calls.get(key, 0))

    def step(self, at, depth, condition, left):
        """The states after the instruction at `at`: address, depth, and the condition of the next `left` ones."""
        op, args = self.program.code[at]
        after = self.program.follows.get(at)
        if re.fullmatch(r"it[te]*", op):
            return [(after, depth, each, len(op) - 1) for each in (args, INVERSE[args])]
        op = re.sub(r"\.[nw]$", "", op)
        go_on = [(after, depth, condition, left - 1) if left > 1 else (after, depth, None, 0)]
        if left:
            op, own = op[:-2], op[-2:]
            if own not in INVERSE:
                raise Unknown(f"{at:x}: {op}{own} in a block with conditions")
            if own != condition:
                return go_on
        if op in ("b", "bl") or re.fullmatch("b(" + "|".join(INVERSE) + ")", op) or op in ("cbz", "cbnz"):
            target = int(args.split(",")[-1].split()[0], 16)
            if op == "bl" or target in self.program.names and target != self.entry:
                self.call(at, target, depth)
                jump = []
            else:
                jump = [(target, depth, None, 0)]
            if op == "b" or op == "bl" and after in self.program.names:  # it does not return
                return jump
            return jump + go_on
        if op in ("blx", "bx"):
            if args == "lr" and op == "bx":
                return []
            self.call(at, None, depth)
            return go_on if op == "blx" else []
        if op in ("tbb", "tbh"):
            raise Unknown(f"{at:x}: a jump table")
        depth += growth(op, args)
        self.frame = max(self.frame, depth)
        if op in ("pop", "ldmia") and re.search(r"\bpc\b", args) or op == "ldr" and args.startswith("pc, [sp]"):
            return []
        if args.startswith("pc"):
            raise Unknown(f"{at:x}: {op} {args}")
        return [(after, depth, *go_on[0][2:])]


    def slots(self, site):
        """Which entries of a vtable may be called at `site`, or None where that was not just loaded from a table;
        and whether equal code of several calls was merged there."""
        found, joined = set(), False
        seen, todo = set(), [(site, self.program.code[site][1], False)]
        while todo:
            at, register, is_table = todo.pop()
            before = self.before.get(at, set())
            joined = joined or len(before) > 1
            for at in before:
                if (at, register) in seen:
                    continue
                seen.add((at, register))
                op, args = self.program.code[at]
                if args.split(",")[0] != register or op.startswith(("str", "cmp", "tst", "cb")):
                    todo.append((at, register, is_table))
                elif not is_table:
                    load = re.match(r"\w+, \[(\w+)(?:, #(\d+))?\]$", args)
                    if not load or not re.match(r"ldr(\.w|eq|ne|..\.w)?$", op):
                        return None, True
                    found.add(int(load[2] or 0) // 4)
                    todo.append((at, load[1], True))
        return found, joined


class Program:
    def __init__(self, elf):
        self.elf = elf
        self.names, self.methods, self.vtables = {}, defaultdict(set), []
        self.code, self.follows = {}, {}  # address: instruction, and address: the next one
        self.read_names()
        self.read_code()
        memory = self.read_data()
        self.taken = {word & ~1 for word in memory.values() if word & 1 and word & ~1 in self.names}
        for line in run(TOOLS + "nm", "-S", elf).splitlines():
            if found := re.match(r"(\w{8}) (\w{8}) \w _ZTV", line):
                start, size = int(found[1], 16), int(found[2], 16)
                self.read_vtable([memory.get(at, 0) & ~1 for at in range(start + 8, start + size, 4)])
        self.functions = lru_cache(None)(lambda entry: Function(self, entry))

    def read_vtable(self, words):
        """One table for each base class: two words that are no functions lie between them."""
        self.vtables.append([])
        for word in words:
            if word in self.names:
                self.vtables[-1].append(word)
            elif self.vtables[-1]:
                self.vtables.append([])

    def read_names(self):
        """address: name, without what the compiler adds to clones; `.actor` and `.destroy` of coroutines remain."""
        linked = []
        for line in run(TOOLS + "readelf", "-sW", self.elf).splitlines():
            fields = line.split()
            if len(fields) == 8 and fields[3] == "FUNC":
                linked.append((int(fields[1], 16) & ~1, fields[7]))
        plain = run(TOOLS + "c++filt", given="\n".join(name for _, name in linked)).splitlines()
        for (at, name), shown in zip(linked, plain):
            half = re.search(r"\.(actor|destroy)\b", name)
            shown = re.sub(r" \[clone .*?\]|\.(part|constprop|isra|cold|lto_priv)\.\d+", "", shown)
            self.names.setdefault(at, method(shown) + half[0] if half else shown)
            self.methods[at].add(method(shown))  # equal functions are linked once

    def read_code(self):
        last = None
        for line in run(TOOLS + "objdump", "-d", "--no-show-raw-insn", self.elf).splitlines():
            found = re.match(r" +([0-9a-f]+):\t(\S+)\s*([^;@<]*)", line)
            if not found:
                continue
            at = int(found[1], 16)
            if last is not None:
                self.follows[last] = at
            last = None if found[2].startswith(".") else at
            if last is not None:
                self.code[at] = (found[2], found[3].strip())

    def read_data(self):
        """address: word, of everything in flash."""
        memory = {}
        for line in run(TOOLS + "objdump", "-s", "-j", ".text", "-j", ".data", self.elf).splitlines():
            if found := re.match(r" ([0-9a-f]+) ((?:[0-9a-f]{8} ){1,4})", line):
                for index, word in enumerate(found[2].split()):
                    memory[int(found[1], 16) + 4 * index] = int.from_bytes(bytes.fromhex(word), "little")
        return memory

    def places(self, sites):
        """{site: (function, its statement, the lines around it)}, as the debug information has them."""
        if not sites:
            return {}
        text = run(TOOLS + "addr2line", "-afCi", "-e", self.elf, *map(hex, sites))
        found = {}
        for site, block in zip(sites, re.split(r"^0x\w+\n", text, flags=re.MULTILINE)[1:]):
            function, where = block.splitlines()[:2]
            path, _, number = where.split(" ")[0].rpartition(":")
            found[site] = (function, *statement(path, int(number) if number.isdigit() else 0))
        return found


def statement(path, number):
    """The statement that starts in this line, as far as its layout tells, and the lines around it."""
    inside = re.search(r"/\.\./(?:(?:sources|core|port|examples|tests)/.*)", path)
    if inside:
        inside = os.path.normpath(inside[0][4:])
        path = SOURCES / inside.partition("/")[2] if inside.startswith("sources/") else ROOT / inside
    if not number or not pathlib.Path(path).is_file():
        return "", ""
    lines = lines_of(str(path))
    text = lines[number - 1:number + 3]
    end = next((index for index, line in enumerate(text) if line.rstrip().endswith((";", "{", "}"))), 3)
    around = lines[max(0, number - 1 - AROUND):number + AROUND]
    return " ".join(line.strip() for line in text[:end + 1]), "\n".join(around)
