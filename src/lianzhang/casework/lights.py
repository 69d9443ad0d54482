"""The light of a project, computed by rule from its dates; nobody sets a colour by hand.

Rules, the gravest first. Red: a milestone is more than 30 days late, or the stage has outstayed its limit by more
than 30 days. Yellow: a milestone or the stage is late by less, an end comes within 7 days, a date was moved
twice or more, or nobody has reported for more than 45 days. Grey: there is no milestone to judge by. Green:
none of these. Days are civil days. The thresholds are the product's own proposal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lianzhang.kernel import Text

FAR_LATE, NEAR, SILENT, MOVED_OFTEN = 30, 7, 45, 2


class Light(StrEnum):
    """How a project stands; always shown with its word and its reason."""

    red = "red"
    yellow = "yellow"
    green = "green"
    grey = "grey"

    @property
    def label(self) -> Text:
        """The light in words."""
        return _LABELS[self]


_LABELS = {
    Light.red: Text("红灯", "red"),
    Light.yellow: Text("黄灯", "yellow"),
    Light.green: Text("绿灯", "green"),
    Light.grey: Text("无法判断", "cannot be judged"),
}


@dataclass(frozen=True, slots=True)
class Milestone:
    """A thing to be done by a day; `done` is the day on which it was, `moved` how often the day was put off."""

    name: str
    due: date
    done: date | None = None
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """A light and the one reason that decided it."""

    light: Light
    why: Text


def light_of(
    milestones: Iterable[Milestone],
    *,
    today: date,
    stage_ends: date | None = None,
    reported: date | None = None,
) -> Judgement:
    """The light today. `stage_ends` is the usual end of the present stage, `reported` the day of the last report."""
    milestones = list(milestones)
    open_ones = sorted(
        (one for one in milestones if one.done is None), key=lambda one: (one.due, -one.moved, one.name)
    )
    first = open_ones[0] if open_ones else None
    if first is not None and (today - first.due).days > FAR_LATE:
        return Judgement(Light.red, _late(first.name, (today - first.due).days))
    if stage_ends is not None and (today - stage_ends).days > FAR_LATE:
        return Judgement(Light.red, _stage_late((today - stage_ends).days))
    if first is not None and first.due < today:
        return Judgement(Light.yellow, _late(first.name, (today - first.due).days))
    if stage_ends is not None and stage_ends < today:
        return Judgement(Light.yellow, _stage_late((today - stage_ends).days))
    if first is not None and first.due <= today + timedelta(days=NEAR):
        return Judgement(
            Light.yellow,
            Text(f"“{first.name}”{(first.due - today).days}天后到期", f"“{first.name}” is due soon"),
        )
    often = next((one for one in open_ones if one.moved >= MOVED_OFTEN), None)
    if often is not None:
        return Judgement(
            Light.yellow,
            Text(f"“{often.name}”已改期{often.moved}次", f"“{often.name}” was put off {often.moved} times"),
        )
    if reported is not None and (today - reported).days > SILENT:
        return Judgement(
            Light.yellow,
            Text(f"{(today - reported).days}天没有报进展", f"no report for {(today - reported).days} days"),
        )
    if not milestones:
        return Judgement(Light.grey, Text("没有节点，无法判断", "there are no milestones to judge by"))
    return Judgement(Light.green, Text("按计划推进", "on schedule"))


def _late(name: str, days: int) -> Text:
    return Text(f"“{name}”已超{days}天", f"“{name}” is {days} days late")


def _stage_late(days: int) -> Text:
    return Text(f"本阶段已超常规时限{days}天", f"the stage has outstayed its limit by {days} days")
