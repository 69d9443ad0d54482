"""One enterprise or one rule changed: the planes are brought up to date where they can differ, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from typing import Any as Anything

import numpy as np

from lianzhang.engines.circuit import Gates, IntArray
from lianzhang.engines.coding import FactTest
from lianzhang.engines.columns import empty_column
from lianzhang.engines.kernels import fire_blocks, fire_queued, set_bit, set_code
from lianzhang.engines.layout import address, pack
from lianzhang.engines.program import Pair, condition_key, plane_readers, rule_gates
from lianzhang.engines.scores import floor_masks, test_mask
from lianzhang.kernel.fact import Fact, FactValue
from lianzhang.kernel.verdict import Verdict
from lianzhang.policy import Rule, judge
from lianzhang.policy.lower import lower
from lianzhang.policy.tree import Comparison, HasAny, Known, OneOf, ScoreFloor, Under, facts_of, parts_of

if TYPE_CHECKING:
    from lianzhang.engines.match import Match


class Updates:
    """The bookkeeping that a match needs to change one thing at a time."""

    def __init__(self, match: Match) -> None:
        self._match = match
        self._readers: tuple[IntArray, IntArray] | None = None
        self._marks = np.zeros(len(match.rules), np.uint8)
        self._queue = np.zeros(len(match.rules), np.int32)
        self._scratch = np.zeros(match.program.scratch, np.uint64)
        self._late: dict[str, list[tuple[FactTest | ScoreFloor, Pair]]] = {}
        for floor, pair in match.program.floors:
            self._follow(floor, pair)

    def enterprise(self, row: int, values: Mapping[str, FactValue | None]) -> None:
        """New values of one row: its columns, the planes of its facts, and the rules that read a plane that
        changed."""
        match, program = self._match, self._match.program
        if self._readers is None:
            self._readers = plane_readers(program)
        block, word, bit = address(row)
        kept, length = match.kept[block], 0
        for name, value in values.items():
            self._store(name, row, value)
            wires = program.facts.get(name)
            if wires is not None:
                place = (wires.first, wires.coding.bits, wires.known, *wires.gates)
                code = np.uint64(wires.coding.code(value))
                length = set_code(
                    *(kept, place, code, value is not None, (word, bit), program.tests.arrays, self._readers),
                    *(self._marks, self._queue, length),
                )
        if self._late:
            length = self._late_tests(values, kept, word, bit, row, length)
        if length:
            fire_queued(
                *(kept, match.answer[block], word, program.rules.arrays, program.ranges),
                *(self._marks, self._queue, length, self._scratch),
            )

    def rule(self, rule: Rule) -> None:
        """A new text of a rule, judged for everybody; conditions that are new are evaluated once."""
        match, program = self._match, self._match.program
        place = match.places[rule.id]
        tree = lower(rule.on(match.day))
        new = {
            condition_key(one): one for one in _conditions(tree) if condition_key(one) not in program.pairs
        }
        if 2 * len(new) > len(program.spare):  # no room left beside the others: everything anew
            match.rules[place] = rule
            match.compile()
            match.run()
            return
        for condition in new.values():
            self._add(condition)
        wiring = rule_gates(tree, program.pairs, program.kept, place)
        if wiring.next_wire - program.kept > program.scratch:
            program.scratch = wiring.next_wire - program.kept
            self._scratch = np.zeros(program.scratch, np.uint64)
        gates, first = Gates.of(wiring.gates), len(program.rules.kinds)
        scratch = np.zeros((program.scratch, match.kept.shape[2]), np.uint64)
        fire_blocks(*gates.arrays, 0, len(gates.kinds), match.kept, scratch, match.answer, 0, len(match.kept))
        program.rules = _joined(program.rules, gates)
        program.ranges[place] = first, first + len(gates.kinds)
        program.lowered[place] = tree
        match.rules[place] = rule
        self._readers = None

    def _follow(self, condition: FactTest | ScoreFloor, pair: Pair) -> None:
        """A condition without gates of its own: judged by the reference when its facts change."""
        for name in facts_of(condition):
            self._late.setdefault(name, []).append((condition, pair))

    def _late_tests(
        self, changed: Iterable[str], kept: Anything, word: int, bit: int, row: int, length: int
    ) -> int:
        assert self._readers is not None
        mask = np.uint64(1) << np.uint64(bit)
        found = {pair: condition for name in changed for condition, pair in self._late.get(name, ())}
        for pair, condition in found.items():
            verdict = judge(condition, self._match.facts(row))
            for wire, wanted in zip(pair, (Verdict.YES, Verdict.NO), strict=True):
                length = set_bit(
                    *(kept, wire, word, mask, verdict is wanted, *self._readers),
                    *(self._marks, self._queue, length),
                )
        return length

    def _add(self, condition: FactTest | ScoreFloor) -> None:
        """Planes for a condition no rule had before."""
        match, program = self._match, self._match.program
        pair = (program.spare.pop(), program.spare.pop())
        if isinstance(condition, ScoreFloor):
            yes, no = floor_masks(condition, match.columns, match.rows)
        else:
            column = match.columns.get(condition.fact.name)
            if column is None:
                yes = np.zeros(match.rows, bool)
                no = np.ones(match.rows, bool) if isinstance(condition, Known) else yes
            elif isinstance(condition, Known):
                yes, no = column.known, ~column.known
            else:
                yes = test_mask(condition, column) & column.known
                no = column.known & ~yes
        for wire, mask in zip(pair, (yes, no), strict=True):
            match.kept[:, wire, :] = pack(mask, len(match.kept))
        program.pairs[condition_key(condition)] = pair
        self._follow(condition, pair)

    def _store(self, name: str, row: int, value: FactValue | None) -> None:
        columns = self._match.columns
        if name not in columns:
            fact = self._fact(name)
            if fact is None:
                return
            columns[name] = empty_column(fact, self._match.rows)
        columns[name] = columns[name].changed(row, value)

    def _fact(self, name: str) -> Fact | None:
        wires = self._match.program.facts.get(name)
        if wires is not None:
            return wires.coding.fact
        return next(
            (fact for condition, _ in self._late.get(name, ()) for fact in _facts(condition, name)), None
        )


def _facts(condition: FactTest | ScoreFloor, name: str) -> list[Fact]:
    if not isinstance(condition, ScoreFloor):
        return [condition.fact] if condition.fact.name == name else []
    found = [condition.stated] if condition.stated is not None and condition.stated.name == name else []
    for item in condition.sheet.items:
        for award in (award for way in item.ways for award in way.awards if award.when is not None):
            for inner in _conditions(award.when):
                found += _facts(inner, name)
    return found


def _conditions(node: Anything) -> list[FactTest | ScoreFloor]:
    if isinstance(node, Comparison | OneOf | Under | HasAny | Known | ScoreFloor):
        return [node]
    return [found for part in parts_of(node) for found in _conditions(part)]


def _joined(one: Gates, two: Gates) -> Gates:
    return Gates(
        np.concatenate([one.kinds, two.kinds]),
        np.concatenate([one.targets, two.targets]),
        np.concatenate([one.starts, two.starts[1:] + one.starts[-1]]),
        np.concatenate([one.arguments, two.arguments]),
    )
