"""Every enterprise against every rule: yes, no or not known, kept as bit planes and brought up to date in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any as Anything

import numpy as np
import polars as pl

from lianzhang.engines.columns import Column, RowFacts, TableError, read_columns
from lianzhang.engines.incremental import Updates
from lianzhang.engines.kernels import fire_gates, judge_strips, write_bits
from lianzhang.engines.layout import STRIP, Planes, address, planes, unpack, words_for
from lianzhang.engines.program import EVERYBODY, compile_rules
from lianzhang.engines.scores import floor_masks
from lianzhang.kernel.fact import Fact, FactValue
from lianzhang.kernel.text import Text
from lianzhang.kernel.verdict import Verdict
from lianzhang.policy import Evaluation, Rule, evaluate
from lianzhang.policy.lower import lower

VERDICTS = (Verdict.UNKNOWN, Verdict.YES, Verdict.NO)
UNKNOWN_CODE, YES_CODE, NO_CODE = range(3)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many enterprises a rule says yes, no and not known of."""

    yes: int
    no: int
    unknown: int


class Match:
    """The verdicts of `rules` on every row of a registry on one day.

    `frame` has one row per enterprise and one column per fact, null where it is not known (types as
    `enterprise_frame` of the registry gives them); of a lazy frame one column at a time is read. Making the object
    codes the columns; `run` judges. Costs: for a million enterprises and a thousand rules about 80 MB of
    conditions, 250 MB of answer, and 8 MB for each number.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        frame: pl.DataFrame | pl.LazyFrame,
        facts: Mapping[str, Fact],
        *,
        on: date,
        columns: Mapping[str, Column] | None = None,
    ) -> None:
        self.rules = list(rules)
        self.day = on
        self.rows = int(frame.lazy().select(pl.len()).collect().item())
        self.places = {rule.id: place for place, rule in enumerate(self.rules)}
        if len(self.places) != len(self.rules):
            raise TableError(
                Text("规则编号重复。", "Two rules have one id."), Text("请改名。", "Rename one.")
            )
        self.columns = dict(read_columns(frame, facts) if columns is None else columns)
        self.compile()

    def compile(self) -> None:
        """Make the circuit of the present rules and code the present columns for it; `run` comes after."""
        complete = {name for name, column in self.columns.items() if column.known.all()}
        #: Facts of several choices some of which are marked as not known; only for these the rules ask for marks.
        self.open_facts = {name for name, column in self.columns.items() if column.has_marks}
        trees = [lower(rule.on(self.day), open_facts=self.open_facts) for rule in self.rules]
        self.program = compile_rules(trees, complete=complete)
        self.words = words_for(self.rows)
        self.kept: Planes = planes(self.program.kept, self.words)
        self.answer: Planes = planes(2 * len(self.rules), self.words)
        self._load()
        self.updates = Updates(self)

    @property
    def conditions(self) -> int:
        """How many distinct conditions the rules share."""
        return self.program.conditions

    def run(self, progress: Callable[[int, int], None] | None = None) -> Match:
        """Judge everybody; `progress` is told how many enterprises are done, of how many."""
        rules, scratch = self.program.rules, planes(self.program.scratch, STRIP)
        stride = STRIP if progress is None else STRIP * max(1, self.words // STRIP // 50)
        for begin in range(0, self.words, stride):
            end = min(self.words, begin + stride)
            for at in range(begin, end, STRIP):  # the rules of a strip while its conditions are in the cache
                words = at, min(end, at + STRIP)
                fire_gates(self.program.tests.arrays, self.kept, *words)
                judge_strips(
                    *(rules.gates.arrays, rules.ranges, (0, len(self.rules))),
                    *(self.kept, scratch, self.answer, words, STRIP),
                )
            if progress is not None:
                progress(min(self.rows, end * 64), self.rows)
        return self

    def codes(self, rule_id: str) -> np.ndarray[Anything, np.dtype[np.uint8]]:
        """One rule for everybody: 0 not known, 1 yes, 2 no, in the order of the rows."""
        place = self.places[rule_id]
        yes, no = (unpack(self.answer[2 * place + side], self.rows) for side in (0, 1))
        return yes + 2 * no

    def verdict(self, row: int, rule_id: str) -> Verdict:
        """The verdict of one rule on one enterprise."""
        word, bit = address(row)
        place = self.places[rule_id]
        yes = int(self.answer[2 * place, word]) >> bit & 1
        no = int(self.answer[2 * place + 1, word]) >> bit & 1
        return VERDICTS[yes + 2 * no]

    def counts(self) -> dict[str, Counts]:
        """Yes, no and not known by rule."""
        yes_no = [int(np.bitwise_count(plane).sum(dtype=np.int64)) for plane in self.answer]
        return {
            rule.id: Counts(yes, no, self.rows - yes - no)
            for rule, yes, no in zip(self.rules, yes_no[0::2], yes_no[1::2], strict=True)
        }

    def facts(self, row: int) -> RowFacts:
        """What is known of one enterprise, as the judge wants it."""
        return RowFacts(self.columns, row)

    def explain(self, row: int, rule_id: str) -> Evaluation:
        """The verdict with its reasons, judged by the reference; equal to the plane's."""
        return evaluate(self.rules[self.places[rule_id]], self.facts(row), on=self.day)

    def change_enterprise(self, row: int, values: Mapping[str, FactValue | None]) -> None:
        """New values of one enterprise: only the rules that read a changed fact are judged again."""
        self.updates.enterprise(row, values)

    def change_rule(self, rule: Rule) -> None:
        """A new text of a rule that is there: only this rule is judged again, for everybody."""
        self.updates.rule(rule)

    def __iter__(self) -> Iterator[tuple[str, np.ndarray[Anything, np.dtype[np.uint8]]]]:
        """Rule by rule, the codes of everybody."""
        return ((rule.id, self.codes(rule.id)) for rule in self.rules)

    def _load(self) -> None:
        self.kept[self.program.spare] = (
            0  # memory that the system hands out now, and not when a rule is edited
        )
        self.put(EVERYBODY, np.ones(self.rows, bool))
        for name, wires in self.program.facts.items():
            column = self.columns.get(name)
            if column is None:
                continue
            if wires.coding.bits:
                write_bits(
                    wires.coding.codes(column), self.kept[wires.first : wires.first + wires.coding.bits]
                )
            if wires.known != EVERYBODY:
                self.put(wires.known, column.known)
        for floor, pair in self.program.floors:
            for wire, mask in zip(pair, floor_masks(floor, self.columns, self.rows), strict=True):
                self.put(wire, mask)

    def put(self, wire: int, mask: np.ndarray[Anything, np.dtype[np.bool_]]) -> None:
        """Write one plane of the conditions."""
        write_bits(mask.view(np.uint8), self.kept[wire : wire + 1])
