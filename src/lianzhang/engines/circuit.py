"""A circuit of bit planes: every distinct condition once, every rule as a few groups of them.

A plane has one bit per enterprise. A wire is a number: input planes first (bits of codes, what is known), then
the planes kept for each condition, then scratch. Two planes, a `Pair`, carry three values: surely yes where the
first has a bit, surely no where the second has one and the first has none. So every condition of a fact can share
the plane of what is known as its second.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any as Anything

import numpy as np

AND, OR, AND_NOT = 0, 1, 2
IntArray = np.ndarray[Anything, np.dtype[np.int32]]
Pair = tuple[int, int]
Gate = tuple[int, int, tuple[int, ...]]
Group = tuple[int, int, tuple[Pair, ...]]


@dataclass(frozen=True, slots=True)
class Gates:
    """Gates in the order they fire, as flat arrays: kind, target wire, and where its arguments stand."""

    kinds: IntArray
    targets: IntArray
    starts: IntArray
    arguments: IntArray

    @property
    def arrays(self) -> tuple[IntArray, IntArray, IntArray, IntArray]:
        """The four arrays, as the compiled loops take them."""
        return self.kinds, self.targets, self.starts, self.arguments

    @classmethod
    def of(cls, gates: Sequence[Gate | Group]) -> Gates:
        """From (kind, target, arguments) triples; the arguments of groups are pairs, one row each."""
        starts: list[int] = [0]
        arguments: list[Anything] = []
        for _, _, wires in gates:
            arguments += wires
            starts.append(len(arguments))
        return cls(
            np.array([kind for kind, _, _ in gates], np.int32),
            np.array([target for _, target, _ in gates], np.int32),
            np.array(starts, np.int32),
            np.array(arguments, np.int32),
        )


@dataclass
class Wiring:
    """Hands out wires and collects gates; equal gates are made once."""

    next_wire: int
    gates: list[Gate] = field(default_factory=list)
    _made: dict[tuple[int, tuple[int, ...]], int] = field(default_factory=dict)

    def wire(self) -> int:
        """A new wire."""
        self.next_wire += 1
        return self.next_wire - 1

    def gate(self, kind: int, arguments: Iterable[int]) -> int:
        """The wire that carries this gate."""
        wires = tuple(arguments)
        if kind != AND_NOT:
            wires = tuple(sorted(set(wires)))
        if len(wires) == 1:
            return wires[0]
        key = (kind, wires)
        if key not in self._made:
            self._made[key] = self.wire()
            self.gates.append((kind, self._made[key], wires))
        return self._made[key]

    def opposite(self, known: int, plane: int) -> int:
        """The wire of what is known and not on a plane."""
        return self.gate(AND_NOT, (known, plane))

    def thresholds(self, bits: Sequence[int], count: int) -> dict[int, int]:
        """Wires for “code ≥ t” with t from 1 to `count`, from the bits of the code, lowest first.

        The planes of the lower bits serve all thresholds above: about two gates a threshold.
        """
        if count == 0:
            return {}
        top = 1 << (len(bits) - 1)
        high = bits[-1]
        below = self.thresholds(bits[:-1], min(count, top - 1)) if len(bits) > 1 else {}
        found = {}
        for threshold in range(1, count + 1):
            if threshold == top:
                found[threshold] = high
            elif threshold < top:
                found[threshold] = self.gate(OR, (high, below[threshold]))
            else:
                found[threshold] = self.gate(AND, (high, below[threshold - top]))
        return found

    def classes(self, bits: Sequence[int], count: int) -> dict[int, int]:
        """Wires for “code = c” with c from 1 to `count`."""
        at_least = self.thresholds(bits, count)
        return {
            code: self.gate(AND_NOT, (at_least[code], at_least[code + 1])) if code < count else at_least[code]
            for code in range(1, count + 1)
        }


class RuleGates:
    """The groups of every rule, ready for the compiled loops; a changed rule takes the place of its former text.

    `starts`, `arguments` and the other arrays have room to spare, so that a change writes a few numbers.
    """

    def __init__(self, rules: Sequence[Sequence[Group]]) -> None:
        self._rules = [tuple(groups) for groups in rules]
        self._lay_out()

    def _lay_out(self) -> None:
        """All rules one after another, with half as much room again."""
        gates = Gates.of([group for groups in self._rules for group in groups])
        self._groups, self._pairs = len(gates.kinds), len(gates.arguments)
        ends = np.cumsum([len(groups) for groups in self._rules], dtype=np.int32)
        self.ranges = np.stack([np.concatenate([[0], ends[:-1]]), ends], axis=1).astype(np.int32)
        self.gates = Gates(
            _roomy(gates.kinds),
            _roomy(gates.targets),
            _roomy(gates.starts),
            _roomy(gates.arguments.reshape(-1, 2)),
        )

    def replace(self, place: int, groups: Sequence[Group]) -> None:
        """Other groups for the rule at `place`."""
        self._rules[place] = tuple(groups)
        first, pairs = self._groups, self._pairs
        last, more = first + len(groups), pairs + sum(len(group[2]) for group in groups)
        if last >= len(self.gates.kinds) or more > len(self.gates.arguments):
            self._lay_out()
            return
        kinds, targets, starts, arguments = self.gates.arrays
        for at, (kind, target, wires) in enumerate(groups, first):
            kinds[at], targets[at] = kind, target
            arguments[pairs : pairs + len(wires)] = wires
            pairs += len(wires)
            starts[at + 1] = pairs
        self.ranges[place] = first, last
        self._groups, self._pairs = last, more


def _roomy(array: IntArray) -> IntArray:
    room = np.zeros((len(array) + len(array) // 2 + 64, *array.shape[1:]), np.int32)
    room[: len(array)] = array
    return room
