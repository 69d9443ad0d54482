"""The four groups an enterprise sees: 可享, 差一点, 待核实, 不适用 (UX-90). Never a bare score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lianzhang.kernel import Text, Verdict
from lianzhang.policy import Evaluation, Facts, Reason, evaluate, steps_to
from lianzhang.web.matches.offers import Offered

#: More conditions than this to go, and it is no near miss.
NEAR = 2


@dataclass(frozen=True, slots=True)
class Match:
    """One offer judged for one enterprise."""

    offered: Offered
    evaluation: Evaluation
    group: str
    gaps: tuple[Reason, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts that would have to be known."""
        return self.evaluation.missing

    @property
    def first_failed(self) -> Reason | None:
        """The first condition that is not met."""
        return next((reason for reason in self.evaluation.reasons if _stands_against(reason)), None)


def _stands_against(reason: Reason) -> bool:
    wanted = Verdict.YES if reason.negated else Verdict.NO
    return reason.counts is wanted


def match(offered: Offered, facts: Facts, *, on: date) -> Match:
    """Judge one offer. A near miss fails in at most two conditions, and none of them is out of reach."""
    evaluation = evaluate(offered.rule, facts, on=on)
    if evaluation.verdict is Verdict.YES:
        return Match(offered, evaluation, "entitled", ())
    if evaluation.verdict is Verdict.UNKNOWN:
        return Match(offered, evaluation, "open", ())
    steps = steps_to(evaluation)
    reachable = 0 < len(steps) <= NEAR and all(step.effort < _OUT_OF_REACH for step in steps)
    gaps = tuple(step.reason for step in steps)
    return Match(offered, evaluation, "near" if reachable else "not_for", gaps if reachable else ())


_OUT_OF_REACH = 3

GROUPS = {
    "entitled": Text("可享", "entitled"),
    "near": Text("差一点", "nearly"),
    "open": Text("待核实", "to be checked"),
    "not_for": Text("不适用", "not for you"),
}


def grouped(offered: Iterable[Offered], facts: Facts, *, on: date) -> dict[str, list[Match]]:
    """All offers by group, in the order of `GROUPS`; near misses with the smallest gap first."""
    found: dict[str, list[Match]] = {name: [] for name in GROUPS}
    for item in offered:
        one = match(item, facts, on=on)
        found[one.group].append(one)
    found["near"].sort(key=lambda one: len(one.gaps))
    found["open"].sort(key=lambda one: len(one.missing))
    return found


def gap_words(reason: Reason) -> Text:
    """`研发费用占比 2.6%，要求不低于3%，差0.4%`."""
    have, need, fact = reason.have, reason.need, reason.fact
    label = fact.label if fact is not None else Text("", "")
    zh, en = f"{label.zh}{have.zh}，要求{need.zh}", f"{label.en}: {have.en}; needed: {need.en}"
    gap = reason.gap
    if gap is not None and fact is not None:
        amount = fact.write(abs(Decimal(gap)))
        zh, en = f"{zh}，差{amount}", f"{en}; short by {fact.write(abs(Decimal(gap)), 'en')}"
    return Text(zh, en)
