"""One enterprise or one rule changed: the planes are brought up to date where they can differ, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from typing import Any as Anything

import numpy as np

from lianzhang.engines.circuit import IntArray
from lianzhang.engines.coding import FactTest, cuts_of, reached
from lianzhang.engines.columns import empty_column
from lianzhang.engines.kernels import judge_queued, judge_strips, set_bit, set_code, write_passing
from lianzhang.engines.layout import LONG_STRIP, address, planes
from lianzhang.engines.program import EVERYBODY, condition_key, plane_readers, rule_groups
from lianzhang.engines.scores import masks, test_mask
from lianzhang.kernel.fact import Fact, FactValue, choices_unsure
from lianzhang.kernel.verdict import Verdict
from lianzhang.policy import Rule, judge
from lianzhang.policy.lower import lower
from lianzhang.policy.tree import (
    Comparison,
    HasAny,
    Known,
    Node,
    OneOf,
    Relation,
    ScoreFloor,
    Under,
    facts_of,
    parts_of,
)

if TYPE_CHECKING:
    from lianzhang.engines.match import Match


class Updates:
    """The bookkeeping that a match needs to change one thing at a time."""

    def __init__(self, match: Match) -> None:
        self._match = match
        self._readers: tuple[IntArray, IntArray] | None = None
        rules = len(match.rules)
        kept = match.program.kept
        #: Which rules wait to be judged again (a mark for each, and the line they stand in), which planes changed
        #: (likewise), and how long both lines are.
        self._queue = (
            *(np.zeros(rules, np.uint8), np.zeros(rules, np.int32)),
            *(np.zeros(kept, np.uint8), np.zeros(kept, np.int32)),
            np.zeros(2, np.int64),
        )
        self._scratch = np.zeros(match.program.scratch, np.uint64)
        self._strips = planes(match.program.scratch, LONG_STRIP)
        #: By fact, what is judged by the reference when it changes: the bit of a plane is whether a condition has
        #: a verdict.
        self._late: dict[str, list[tuple[int, FactTest | ScoreFloor, Verdict]]] = {}
        for floor, pair in match.program.floors:
            self._follow(floor, pair)

    def enterprise(self, row: int, values: Mapping[str, FactValue | None]) -> None:
        """New values of one row: its columns, the planes of its facts, and the rules that read a plane that
        changed."""
        match, program = self._match, self._match.program
        if self._readers is None:
            self._readers = plane_readers(program)
        for name, value in values.items():
            self._store(name, row, value)
        if any(
            isinstance(value, frozenset) and choices_unsure(value)
            for name, value in values.items()
            if name not in match.open_facts
        ):  # the first of which nobody knows: everything anew
            match.compile()
            match.run()
            return
        for name, value in values.items():
            wires = program.facts.get(name)
            if wires is not None:
                if value is None and wires.known == EVERYBODY:  # the first to lack it: everything anew
                    match.compile()
                    match.run()
                    return
                place = (wires.first, wires.coding.bits, wires.known, *wires.gates)
                code = np.uint64(wires.coding.code(value))
                set_code(
                    *(match.kept, place, code, value is not None, row),
                    *(program.tests.arrays, self._readers, self._queue),
                )
        if self._late:
            self._late_tests(values, row)
        if self._queue[-1].item(1):  # some plane changed
            judge_queued(
                *(program.rules.gates.arrays, program.rules.ranges, match.kept, match.answer),
                *(row, self._queue, self._scratch),
            )

    def rule(self, rule: Rule) -> None:
        """A new text of a rule, judged for everybody; conditions that are new are evaluated once."""
        match, program = self._match, self._match.program
        place = match.places[rule.id]
        tree = lower(rule.on(match.day), open_facts=match.open_facts)
        try:
            groups, scratch = rule_groups(tree, program.pairs, program.kept, place)
        except KeyError:
            if not self._add_all(tree):  # no room left beside the others: everything anew
                match.rules[place] = rule
                match.compile()
                match.run()
                return
            groups, scratch = rule_groups(tree, program.pairs, program.kept, place)
        if scratch > program.scratch:
            program.scratch = scratch
            self._scratch = np.zeros(scratch, np.uint64)
            self._strips = planes(scratch, LONG_STRIP)
        program.rules.replace(place, groups)
        judge_strips(
            *(program.rules.gates.arrays, program.rules.ranges, (place, place + 1)),
            *(match.kept, self._strips, match.answer, (0, match.words), LONG_STRIP),
        )
        match.rules[place] = rule
        self._readers = None

    def _follow(self, condition: FactTest | ScoreFloor, wires: Sequence[int]) -> None:
        """A condition without gates of its own: its plane of yes, and of no where it has one."""
        for name in facts_of(condition):
            for wire, verdict in zip(wires, (Verdict.YES, Verdict.NO), strict=False):
                self._late.setdefault(name, []).append((wire, condition, verdict))

    def _late_tests(self, changed: Iterable[str], row: int) -> None:
        kept, (word, bit) = self._match.kept, address(row)
        mask = np.uint64(1 << bit)
        for wire, condition, wanted in {late for name in changed for late in self._late.get(name, ())}:
            found = judge(condition, self._match.facts(row)) is wanted
            set_bit(kept, wire, word, mask, found, self._readers, self._queue)

    def _add_all(self, tree: Node) -> bool:
        """Planes for the conditions of a tree that no rule had before; False when they are too many."""
        program = self._match.program
        for condition in _conditions(tree):
            key = condition_key(condition)
            if (key, True) in program.pairs or (key, False) in program.pairs:
                continue
            if len(program.spare) < 2:
                return False
            self._add(condition)
        return True

    def _add(self, condition: FactTest | ScoreFloor) -> None:
        """Planes for a condition no rule had before."""
        match, program = self._match, self._match.program
        key = condition_key(condition)
        wires = None if isinstance(condition, ScoreFloor) else program.facts.get(condition.fact.name)
        if wires is None or isinstance(condition, ScoreFloor):
            pair = program.spare.pop(), program.spare.pop()
            for wire, mask in zip(pair, masks(condition, match.columns, match.rows), strict=True):
                match.put(wire, mask)
            self._follow(condition, pair)
        elif isinstance(condition, Known):
            pair = wires.known, EVERYBODY
        else:
            pair = program.spare.pop(), wires.known
            self._write(condition, *pair)
            self._follow(condition, pair[:1])
        program.pairs[key, True] = pair

    def _write(self, condition: Comparison | OneOf | Under | HasAny, yes: int, known: int) -> None:
        """The plane of who surely meets a condition on a fact that has planes."""
        match = self._match
        column = match.columns.get(condition.fact.name)
        if column is None:
            return
        if column.words or not isinstance(condition, Comparison) or condition.relation is Relation.EQUALS:
            match.put(yes, test_mask(condition, column))
            return
        plane = match.kept[yes]
        write_passing(column.values, reached(*cuts_of(condition)), plane)
        if condition.relation in {Relation.AT_MOST, Relation.LESS_THAN}:
            np.bitwise_and(match.kept[known], ~plane, out=plane)

    def _store(self, name: str, row: int, value: FactValue | None) -> None:
        columns = self._match.columns
        if name not in columns:
            fact = self._fact(name)
            if fact is None:
                return
            columns[name] = empty_column(fact, self._match.rows)
        columns[name].change(row, value)

    def _fact(self, name: str) -> Fact | None:
        wires = self._match.program.facts.get(name)
        if wires is not None:
            return wires.coding.fact
        return next(
            (fact for _, condition, _ in self._late.get(name, ()) for fact in _facts(condition, name)), None
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
