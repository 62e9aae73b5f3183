#!/usr/bin/env python3
"""The deepest stack that a firmware can need, from what is linked: for scripts/board and scripts/board-size.

  scripts/stack_depth.py ELF

It follows the disassembly: what each instruction does to the stack pointer, and which function it calls. So inlining, clones
and tail calls are counted as they are. A call through a pointer has several candidates:

  virtual     the functions in vtables whose name the statement has, in the entry that the code loads
  coroutine   resume and destroy of std::coroutine_handle: that half of every coroutine
  other       those of scripts/stack_depth_calls, which also has the bounds of recursion

The deepest interrupt handler, with what the core saves before it, is added once: all have the same priority, so none
interrupts another. A call without candidates, a function whose address is taken though no call has it as a candidate, and a
recursion without a bound are errors."""

import pathlib
import re
import sys

from cortex_m_code import Program, Unknown, method

RULES = pathlib.Path(__file__).with_name("stack_depth_calls")
EXCEPTION = 32 + 4  # r0 to r3, r12, lr, pc and xpsr, on a stack that is aligned to 8 bytes


class Rules:
    """See the head of the file."""

    def __init__(self, text):
        self.calls, self.bounds, self.unused = [], [], []
        for line in text.splitlines():
            kind, _, rest = line.partition(" ")
            if kind == "bound":
                times, _, rest = rest.strip().partition(" ")
            if kind in ("call", "bound"):
                left, right = (re.compile(each.strip()) for each in rest.split("=>"))
            if kind == "call":
                self.calls.append((left, right if right.pattern else None))
            elif kind == "bound":
                self.bounds.append((int(times), left, right))
            elif kind == "unused":
                self.unused.append(re.compile(rest.strip()))
            elif line and not line.startswith("#"):
                raise Unknown(f"{RULES.name}: {line}")

    def candidates(self, program, caller, site, function, text, around):
        """The functions that may be called at `site` of `caller`; None if that is not known."""
        place = f"{function} | {text}"
        for where, what in self.calls:
            if where.search(place):
                return {at for at in program.taken if what and what.search(program.names[at])}
        if function.startswith("std::") and "coroutine_handle" in function:
            half = "." + {"resume": "actor", "destroy": "destroy"}[method(function)]
            return {at for at, name in program.names.items() if name.endswith(half)}
        slots, merged = caller.slots(site)
        words = set(re.findall(r"(\w+)\s*\(", around if merged else text))
        tables = [table for table in program.vtables if any(words & program.methods[each] for each in table)]
        found = {each for table in tables for index, each in enumerate(table)
                 if words & program.methods[each] and (slots is None or index in slots)}
        for slot in slots or ():
            if not found & {table[slot] for table in tables if slot < len(table)}:
                found |= {table[slot] for table in tables if slot < len(table)}
        return found or None


class Graph:
    """Who calls whom, from `roots` on: edges[function] = {callee: depth of the stack at the call}."""

    def __init__(self, program, rules, roots):
        self.program, self.edges = program, {}
        self.unresolved, reached = [], set()
        todo = list(roots)
        while todo:
            entry = todo.pop()
            if entry in self.edges:
                continue
            caller = program.functions(entry)
            places = program.places([site for site, target in caller.calls if target is None])
            deepest = self.edges[entry] = {}
            for (site, target), depth in caller.calls.items():
                targets = {target}
                if target is None:
                    targets = rules.candidates(program, caller, site, *places[site])
                    if targets is None:
                        self.unresolved.append((site, program.names[entry], *places[site]))
                        continue
                    reached |= targets
                for each in targets:
                    deepest[each] = max(depth, deepest.get(each, 0))
            todo += deepest
        self.missed = program.taken - reached - set(self.edges)

    def cycles(self, without):
        """[[function]]: the sets of functions that call each other, without these calls."""
        index, low, stack, found = {}, {}, [], []

        def visit(at):
            index[at] = low[at] = len(index)
            stack.append(at)
            for to in self.edges[at]:
                if (at, to) in without:
                    continue
                if to not in index:
                    visit(to)
                    low[at] = min(low[at], low[to])
                elif to in stack:
                    low[at] = min(low[at], index[to])
            if low[at] == index[at]:
                group = stack[stack.index(at):]
                del stack[stack.index(at):]
                if len(group) > 1 or at in self.edges[at] and (at, at) not in without:
                    found.append(group)

        sys.setrecursionlimit(10_000)
        for at in self.edges:
            if at not in index:
                visit(at)
        return found

    def deepest(self, root, bounds):
        """(bytes, [(function, bytes)]): the path from `root` that needs most; `bounds`: {call: times it may happen}."""
        edges = list(bounds)
        known = {}

        def below(at, left):
            if (at, left) not in known:
                best = (self.program.functions(at).frame, None, None, left)
                for to, depth in self.edges[at].items():
                    rest = left
                    if (at, to) in bounds:
                        number = edges.index((at, to))
                        if not left[number]:
                            continue
                        rest = left[:number] + (left[number] - 1,) + left[number + 1:]
                    best = max(best, (depth + below(to, rest)[0], depth, to, rest), key=lambda each: each[0])
                known[at, left] = best
            return known[at, left]

        left = tuple(bounds.values())
        total, path = below(root, left)[0], []
        while root is not None:
            whole, depth, next_, rest = below(root, left)
            path.append((self.program.names[root], whole if next_ is None else depth))
            root, left = next_, rest
        return total, path


def start_of(program, name):
    return next(at for at, each in program.names.items() if each.partition("(")[0] == name)


def analyze(elf):
    """{root: (bytes, path)} of the reset handler, of each interrupt handler, and of the report of a fault."""
    program, rules = Program(elf), Rules(RULES.read_text())
    roots = {name: start_of(program, name) for name in
             ("reset_handler", "report_fault", "systick_handler", "timer_handler", "ethernet_handler")}
    graph = Graph(program, rules, roots.values())
    bounds = {(at, to): times for at, calls in graph.edges.items() for to in calls
              for times, caller, callee in rules.bounds
              if caller.search(program.names[at]) and callee.search(program.names[to])}
    problems = [f"{site:x} in {caller}: what does this call? {function} | {text}"
                for site, caller, function, text, _ in graph.unresolved]
    problems += [f"nothing calls {program.names[at]}, whose address is taken"
                 for at in graph.missed if not any(each.search(program.names[at]) for each in rules.unused)]
    problems += ["a recursion without a bound:\n  " + "\n  ".join(program.names[at] for at in group)
                 for group in graph.cycles(bounds)]
    if problems:
        raise Unknown("\n".join(problems))
    return {name: graph.deepest(at, bounds) for name, at in roots.items()}


def worst(elf):
    """(bytes, path of the program, path of the interrupt handler)."""
    found = analyze(elf)
    program = found.pop("reset_handler")
    report = found.pop("report_fault")  # which starts at the top of the stack again
    handler = max(found.values())
    return max(report[0], program[0] + EXCEPTION + handler[0]), program[1], handler[1]


def shown(name):
    """A short form of a function's name."""
    return re.sub(r"musubi::|non-virtual thunk to ", "", name.replace("(anonymous namespace)::", "").partition("(")[0])


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        total, program, handler = worst(pathlib.Path(sys.argv[1]))
    except Unknown as problem:
        print(problem, file=sys.stderr)
        return 1
    for name, size in program + [("the interrupt, with what the core saves", EXCEPTION)] + handler:
        print(f"{size:6}  {shown(name)}")
    print(f"{total:6}  bytes at most")
    return 0


if __name__ == "__main__":
    sys.exit(main())
