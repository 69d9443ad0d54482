"""A circuit of bit planes: every distinct condition once, every rule as a few gates over them.

A plane has one bit per enterprise. A wire is a number: input planes first (bits of codes, what is known), then
the planes kept for each condition, then scratch. Two planes carry three values: surely yes, surely no.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any as Anything

import numpy as np

AND, OR, AND_NOT = 0, 1, 2
IntArray = np.ndarray[Anything, np.dtype[np.int32]]


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
    def of(cls, gates: Sequence[tuple[int, int, tuple[int, ...]]]) -> Gates:
        """From (kind, target, arguments) triples."""
        starts = np.zeros(len(gates) + 1, np.int32)
        starts[1:] = np.cumsum([len(arguments) for _, _, arguments in gates])
        return cls(
            np.array([kind for kind, _, _ in gates], np.int32),
            np.array([target for _, target, _ in gates], np.int32),
            starts,
            np.array([wire for _, _, arguments in gates for wire in arguments], np.int32),
        )


@dataclass
class Wiring:
    """Hands out wires and collects gates; equal gates are made once."""

    next_wire: int
    gates: list[tuple[int, int, tuple[int, ...]]] = field(default_factory=list)
    _made: dict[tuple[int, tuple[int, ...]], int] = field(default_factory=dict)

    def wire(self) -> int:
        """A new wire."""
        self.next_wire += 1
        return self.next_wire - 1

    def gate(self, kind: int, arguments: Iterable[int], *, target: int | None = None) -> int:
        """The wire that carries this gate; `target` chooses it, and then the gate is always made."""
        wires = tuple(arguments)
        if kind != AND_NOT:
            wires = tuple(sorted(set(wires)))
        if target is None and len(wires) == 1:
            return wires[0]
        key = (kind, wires)
        if target is None and key in self._made:
            return self._made[key]
        out = self.wire() if target is None else target
        self.gates.append((kind, out, wires))
        self._made.setdefault(key, out)
        return out

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
