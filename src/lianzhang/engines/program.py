"""Rules → circuit: which planes exist, which gates make the conditions, which groups make each rule."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any as Anything

import numpy as np

from lianzhang.engines.circuit import AND, OR, Gates, Group, IntArray, Pair, RuleGates, Wiring
from lianzhang.engines.coding import Coding, FactTest, coding_of, test_key
from lianzhang.kernel.fact import Fact
from lianzhang.policy.tree import (
    All,
    Any,
    Comparison,
    HasAny,
    Known,
    Node,
    Not,
    OneOf,
    OutOfForce,
    ScoreFloor,
    Under,
    parts_of,
)

#: Two planes that every match has: nobody, everybody.
NOBODY, EVERYBODY = 0, 1
Key = tuple[Anything, ...]
#: Asked of every node of every rule: a tuple made once is quicker than a union made anew.
_CONDITIONS = (Comparison, OneOf, Under, HasAny, Known, ScoreFloor)
_GROUPS = (All, Any)
#: The pair of each condition, and of its opposite, by (key, whether it is the condition itself).
Pairs = dict[tuple[Key, bool], Pair]


@dataclass(frozen=True)
class FactWires:
    """Where the planes of one fact stand: its code bits, whether it is known, and the gates of its conditions."""

    coding: Coding
    first: int
    known: int
    gates: tuple[int, int]


@dataclass
class Program:
    """The compiled circuit of a set of rules.

    `pairs` maps each distinct condition to its two planes. Planes up to `kept` stay in memory with the answer;
    later wires are scratch. `spare` planes are left for conditions that edited rules bring along.
    """

    facts: dict[str, FactWires]
    floors: list[tuple[ScoreFloor, Pair]]
    pairs: Pairs
    tests: Gates
    rules: RuleGates
    kept: int
    scratch: int
    spare: list[int] = field(default_factory=list)

    @property
    def conditions(self) -> int:
        """How many distinct conditions the rules have."""
        return len({key for key, _ in self.pairs})


def compile_rules(
    lowered: Sequence[Node], *, complete: Collection[str] = frozenset(), spare: int = 64
) -> Program:
    """The circuit of lowered rule trees; facts that are `complete`, known of everybody, share one plane of that."""
    found = _Found({}, {}, {}, {})
    for tree in lowered:
        found.collect(tree, True)
    wiring = Wiring(2)
    placed = {}
    for name, fact in found.facts.items():
        coding = coding_of(fact, [found.tests[key] for key in found.by_fact[name]])
        bits = [wiring.wire() for _ in range(coding.bits)]
        placed[name] = (coding, bits, EVERYBODY if name in complete else wiring.wire())
    pairs: Pairs = {}
    scores = []
    for key, floor in found.floors.items():
        yes, no = wiring.wire(), wiring.wire()
        pairs[key, True], pairs[key, False] = (yes, no), (no, yes)
        scores.append((floor, (yes, no)))
    wires = {}
    for name, (coding, bits, known) in placed.items():
        begin = len(wiring.gates)
        planes = coding.wires(wiring, bits)
        for key, signs in found.by_fact[name].items():
            test = found.tests[key]
            plane, straight = (known, True) if isinstance(test, Known) else planes(test)
            second = EVERYBODY if isinstance(test, Known) else known
            for sign in signs:
                first = plane if sign is straight else wiring.opposite(second, plane)
                pairs[key, sign] = (first, second)
        wires[name] = FactWires(coding, bits[0] if bits else known, known, (begin, len(wiring.gates)))
    extra = [wiring.wire() for _ in range(spare)]
    kept, most, rules = wiring.next_wire, 1, []
    for place, tree in enumerate(lowered):
        groups, scratch = rule_groups(tree, pairs, kept, place)
        rules.append(groups)
        most = max(most, scratch)
    return Program(wires, scores, pairs, Gates.of(wiring.gates), RuleGates(rules), kept, most, extra)


@dataclass
class _Found:
    """The conditions of many trees, each once, and whether they are asked for straight or under a `not`."""

    tests: dict[Key, FactTest]
    by_fact: dict[str, dict[Key, set[bool]]]
    facts: dict[str, Fact]
    floors: dict[Key, ScoreFloor]

    def collect(self, node: Node, sign: bool) -> None:
        """Note the conditions of a tree."""
        for part in parts_of(node):
            self.collect(part, sign is not isinstance(node, Not))
        if isinstance(node, ScoreFloor):
            self.floors.setdefault(condition_key(node), node)
        elif isinstance(node, Comparison | OneOf | Under | HasAny | Known):
            key, name = condition_key(node), node.fact.name
            self.tests.setdefault(key, node)
            self.facts.setdefault(name, node.fact)
            self.by_fact.setdefault(name, {}).setdefault(key, set()).add(sign)


def condition_key(node: FactTest | ScoreFloor) -> Key:
    """Equal for conditions that are the same to the circuit."""
    if isinstance(node, ScoreFloor):
        return ("score", id(node.sheet), node.group, node.relation, node.value)
    return test_key(node)


def rule_groups(
    tree: Node, pairs: Mapping[tuple[Key, bool], Pair], kept: int, place: int
) -> tuple[list[Group], int]:
    """The groups of one rule, which write its two planes of the answer, and how many scratch wires they need.

    Raises `KeyError` where a condition has no planes.
    """
    groups: list[Group] = []
    _Groups(pairs, groups, kept).write(tree, -1 - place)
    return groups, 2 * len(groups) - 2


@dataclass(slots=True)
class _Groups:
    """Turns one tree into groups; every inner group has two scratch wires of its own, counted from `kept`."""

    pairs: Mapping[tuple[Key, bool], Pair]
    groups: list[Group]
    kept: int

    def write(self, node: Node, target: int, sign: bool = True) -> None:
        """The group of a node, or of its opposite, into a target; the groups it needs come before it."""
        while isinstance(node, Not):
            node, sign = node.part, not sign
        if isinstance(node, _GROUPS):
            # not (a and b) is (not a) or (not b)
            kind = AND if isinstance(node, All) is sign else OR
            parts = tuple([self.pair(part, sign) for part in node.parts])
        else:
            kind, parts = AND, (self.pair(node, sign),)
        self.groups.append((kind, target, parts))

    def pair(self, node: Node, sign: bool) -> Pair:
        """Where the three values of a node, or of its opposite, stand."""
        while isinstance(node, Not):
            node, sign = node.part, not sign
        if isinstance(node, _CONDITIONS):
            key = condition_key(node)
            found = self.pairs.get((key, sign))
            if found is not None:
                return found
            yes, no = self._inner(AND, (self.pairs[key, not sign],))
            return no, yes
        if isinstance(node, OutOfForce):
            return (NOBODY, EVERYBODY) if sign else (EVERYBODY, NOBODY)
        if isinstance(node, _GROUPS):
            kind = AND if isinstance(node, All) is sign else OR
            return self._inner(kind, tuple([self.pair(part, sign) for part in node.parts]))
        return NOBODY, NOBODY

    def _inner(self, kind: int, parts: tuple[Pair, ...]) -> Pair:
        yes = self.kept + 2 * len(self.groups)
        self.groups.append((kind, yes, parts))
        return yes, yes + 1


def plane_readers(program: Program) -> tuple[IntArray, IntArray]:
    """Which rules read each kept plane: where the list of a plane starts, and the lists one after another."""
    ranges, gates = program.rules.ranges, program.rules.gates
    starts, arguments = gates.starts, gates.arguments
    first, last = starts[ranges[:, 0]], starts[ranges[:, 1]]
    counts = last - first
    rules = np.repeat(np.arange(len(counts)), 2 * counts)
    places = np.concatenate([np.arange(a, b) for a, b in zip(first, last, strict=True)] or [np.zeros(0, int)])
    wires = arguments[places].reshape(-1)
    pairs = np.unique(
        wires[wires < program.kept].astype(np.int64) * (len(counts) + 1) + rules[wires < program.kept]
    )
    wires, rules = np.divmod(pairs, len(counts) + 1)
    begin = np.searchsorted(wires, np.arange(program.kept + 1)).astype(np.int32)
    return begin, rules.astype(np.int32)
