"""Measures judged on the enterprises of the registry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from lianzhang.kernel import Verdict
from lianzhang.policy import DERIVATIONS, derive, facts_of, judge
from lianzhang.web.measures.conditions import rule_of
from lianzhang.web.measures.models import Measure
from lianzhang.web.registry.frames import enterprise_frame


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The verdict of each measure on each enterprise, in the order of the registry."""

    enterprises: int
    by_measure: Mapping[UUID, list[Verdict]]

    def of(self, measure: Measure) -> list[Verdict]:
        """One verdict an enterprise."""
        return self.by_measure[measure.pk]


def verdicts_of(measures: Sequence[Measure], *, on: date) -> Verdicts:
    """Judge the measures on all enterprises as they are known on a day; invented samples are left out."""
    trees = {row.pk: rule_of(row).on(on) for row in measures}
    wanted = {name for tree in trees.values() for name in facts_of(tree)}
    names = sorted(wanted | {name for rule in DERIVATIONS if rule.fact in wanted for name in rule.needs})
    frame = enterprise_frame(as_of=on, facts=names)
    frame = frame.filter(~frame["sample"])
    rows = [derive(facts, on=on) for facts in _facts(frame.iter_rows(named=True), names)]
    return Verdicts(len(rows), {pk: [judge(tree, facts) for facts in rows] for pk, tree in trees.items()})


def _facts(rows: Iterable[Mapping[str, Any]], names: Sequence[str]) -> Iterator[dict[str, Any]]:
    for row in rows:
        known = {name: row.get(name) for name in names}
        yield {
            name: frozenset(value) if isinstance(value, list) else value
            for name, value in known.items()
            if value is not None
        }
