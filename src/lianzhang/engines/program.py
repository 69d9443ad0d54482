"""Rules → circuit: which planes exist, which gates make the conditions, which gates make each rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any as Anything

import numpy as np

from lianzhang.engines.circuit import AND, AND_NOT, OR, Gates, IntArray, Wiring
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

#: Two planes that every block has: nobody, everybody.
NOBODY, EVERYBODY = 0, 1
Pair = tuple[int, int]


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

    lowered: list[Node]
    facts: dict[str, FactWires]
    floors: list[tuple[ScoreFloor, Pair]]
    pairs: dict[tuple[Anything, ...], Pair]
    tests: Gates
    rules: Gates
    ranges: np.ndarray[Anything, np.dtype[np.int32]]
    kept: int
    scratch: int
    spare: list[int] = field(default_factory=list)

    @property
    def conditions(self) -> int:
        """How many distinct conditions the rules have."""
        return len(self.pairs)


def compile_rules(lowered: Sequence[Node], *, spare: int = 64) -> Program:
    """The circuit of lowered rule trees."""
    tests: dict[str, dict[tuple[Anything, ...], FactTest]] = {}
    facts: dict[str, Fact] = {}
    floors: dict[tuple[Anything, ...], ScoreFloor] = {}
    for tree in lowered:
        _collect(tree, tests, facts, floors)
    wiring = Wiring(2)
    placed = {}
    for name in tests:
        coding = coding_of(facts[name], tests[name].values())
        bits = [wiring.wire() for _ in range(coding.bits)]
        placed[name] = (coding, bits, wiring.wire())
    pairs: dict[tuple[Anything, ...], Pair] = {key: (wiring.wire(), wiring.wire()) for key in floors}
    scores = [(floor, pairs[key]) for key, floor in floors.items()]
    wires = {}
    for name, (coding, bits, known) in placed.items():
        begin = len(wiring.gates)
        planes = coding.wires(wiring, bits, known)
        for key, test in tests[name].items():
            pairs[key] = _known(wiring, known) if isinstance(test, Known) else planes(test)
        wires[name] = FactWires(coding, bits[0] if bits else known, known, (begin, len(wiring.gates)))
    extra = [wiring.wire() for _ in range(spare)]
    gates, ranges, scratch = _rule_gates(lowered, pairs, wiring.next_wire)
    return Program(
        lowered=list(lowered),
        facts=wires,
        floors=scores,
        pairs=pairs,
        tests=Gates.of(wiring.gates),
        rules=Gates.of(gates),
        ranges=ranges,
        kept=wiring.next_wire,
        scratch=scratch,
        spare=extra,
    )


def _known(wiring: Wiring, known: int) -> Pair:
    return known, wiring.gate(AND_NOT, (EVERYBODY, known))


def _collect(
    node: Node,
    tests: dict[str, dict[tuple[Anything, ...], FactTest]],
    facts: dict[str, Fact],
    floors: dict[tuple[Anything, ...], ScoreFloor],
) -> None:
    for part in parts_of(node):
        _collect(part, tests, facts, floors)
    if isinstance(node, ScoreFloor):
        floors.setdefault(condition_key(node), node)
    elif isinstance(node, Comparison | OneOf | Under | HasAny | Known):
        tests.setdefault(node.fact.name, {}).setdefault(condition_key(node), node)
        facts[node.fact.name] = node.fact


def condition_key(node: FactTest | ScoreFloor) -> tuple[Anything, ...]:
    """Equal for conditions that are the same to the circuit."""
    if isinstance(node, ScoreFloor):
        return ("score", id(node.sheet), node.group, node.relation, node.value)
    return test_key(node)


def _rule_gates(
    lowered: Sequence[Node], pairs: Mapping[tuple[Anything, ...], Pair], kept: int
) -> tuple[list[tuple[int, int, tuple[int, ...]]], np.ndarray[Anything, np.dtype[np.int32]], int]:
    """The gates of all rules one after another; each rule begins with the scratch empty."""
    gates: list[tuple[int, int, tuple[int, ...]]] = []
    ranges = np.zeros((len(lowered), 2), np.int32)
    most = 1
    for place, tree in enumerate(lowered):
        own = rule_gates(tree, pairs, kept, place)
        ranges[place] = len(gates), len(gates) + len(own.gates)
        gates += own.gates
        most = max(most, own.next_wire - kept)
    return gates, ranges, most


def rule_gates(tree: Node, pairs: Mapping[tuple[Anything, ...], Pair], kept: int, place: int) -> Wiring:
    """The gates of one rule, which write its two planes of the answer."""
    wiring = Wiring(kept)
    if isinstance(tree, All | Any) and len(tree.parts) > 1:
        parts = [_planes(part, pairs, wiring) for part in tree.parts]
        kinds = (AND, OR) if isinstance(tree, All) else (OR, AND)
        for side in (0, 1):
            wiring.gate(kinds[side], [pair[side] for pair in parts], target=-1 - 2 * place - side)
    else:
        pair = _planes(tree, pairs, wiring)
        for side in (0, 1):
            wiring.gate(AND, (pair[side],), target=-1 - 2 * place - side)
    return wiring


def _planes(node: Node, pairs: Mapping[tuple[Anything, ...], Pair], wiring: Wiring) -> Pair:
    if isinstance(node, All | Any):
        parts = [_planes(part, pairs, wiring) for part in node.parts]
        first, second = (AND, OR) if isinstance(node, All) else (OR, AND)
        return (
            wiring.gate(first, [pair[0] for pair in parts]),
            wiring.gate(second, [pair[1] for pair in parts]),
        )
    if isinstance(node, Not):
        yes, no = _planes(node.part, pairs, wiring)
        return no, yes
    if isinstance(node, OutOfForce):
        return NOBODY, EVERYBODY
    if isinstance(node, Comparison | OneOf | Under | HasAny | Known | ScoreFloor):
        return pairs[condition_key(node)]
    return NOBODY, NOBODY


def plane_readers(program: Program) -> tuple[IntArray, IntArray]:
    """Which rules read each kept plane: where the list of a plane starts, and the lists one after another."""
    first, last = program.ranges[:, 0], program.ranges[:, 1]
    starts = program.rules.starts
    counts = starts[last] - starts[first]
    rules = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    places = np.concatenate(
        [np.arange(starts[a], starts[b]) for a, b in program.ranges] or [np.zeros(0, int)]
    )
    wires = program.rules.arguments[places]
    pairs = np.unique(np.stack([wires, rules])[:, wires < program.kept], axis=1)
    begin = np.searchsorted(pairs[0], np.arange(program.kept + 1)).astype(np.int32)
    return begin, np.ascontiguousarray(pairs[1])
