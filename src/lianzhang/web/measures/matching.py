"""Measures judged on the enterprises of the registry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.conf import settings

from lianzhang.kernel import Verdict, fact_dictionary
from lianzhang.kernel.pack import open_pack
from lianzhang.policy import Rule, facts_of
from lianzhang.web.measures.conditions import rule_of
from lianzhang.web.measures.known import known_frame
from lianzhang.web.measures.models import Measure


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
    # What the engine brings (numba, scipy) takes sixty megabytes; a server that judges nothing does without.
    from lianzhang.engines import Match
    from lianzhang.engines.match import VERDICTS

    trees = {row.pk: rule_of(row).on(on) for row in measures}
    wanted = {name for tree in trees.values() for name in facts_of(tree)}
    frame = known_frame(on=on, facts=wanted)
    frame = frame.filter(~frame["sample"])
    if not frame.height:
        return Verdicts(0, {pk: [] for pk in trees})
    rules = [_named(rule_of(row), str(row.pk)) for row in measures]
    found = Match(rules, frame, fact_dictionary(open_pack(settings.LIANZHANG_PACK)), on=on).run()
    return Verdicts(
        frame.height,
        {row.pk: [VERDICTS[code] for code in found.codes(str(row.pk))] for row in measures},
    )


def _named(rule: Rule, name: str) -> Rule:
    """The rule under an id of its own: a draft and its former text have one code."""
    return replace(rule, id=name)
