"""Number mentions: what a text states, what a tool found, and how many of the stated were found.

A label states up to two numbers (a value and a change). Two questions are put to every side alike:
- the amount: is it there? Sign and unit may be missing, 1.5倍 may be told as 1.5 and 两成 as 2;
- the statement: amount with sign, unit and hedge (近, 超, 多, 约 …)?
What was found must overlap the label's words, and serves one mention only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_SCALE = {
    "": 1,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
_UNIT = re.compile(r"^(百万|千万|百|千|万|亿|)(.*)$")
_SAME_UNIT = {"户": "家", "名": "人", "位": "人", "台套": "台", "台(套)": "台", "月": "个月"}
_SAME_HEDGE = {"at_least": "over", None: "exact", "": "exact"}


@dataclass(frozen=True, slots=True)
class Found:
    """One figure found: its place, the amount in single units, the unit (empty if untold) and the hedge."""

    start: int
    end: int
    amount: float
    unit: str
    hedge: str = "exact"


@dataclass(frozen=True, slots=True)
class Mention:
    """One number a text states; `also` are amounts it is fair to give for the same words.

    A hedge of None: the label does not say, any will do.
    """

    start: int
    end: int
    amount: float
    unit: str
    hedge: str | None
    also: tuple[float, ...]

    @property
    def sort(self) -> str:
        """What kind of number this is, for the table."""
        return {"元": "yuan", "美元": "dollars", "%": "percent"}.get(self.unit, "counts and others")


def single_units(value: float, unit: str | None) -> tuple[float, str]:
    """A value in single units: 318.4 亿元 is 31 840 000 000 元, 2 ‰ is 0.2 %."""
    unit = (unit or "").removesuffix("/年")
    if unit == "‰":
        return value / 10, "%"
    if unit.endswith("百分点"):  # no hundreds
        return value, "百分点"
    scale, base = _UNIT.match(unit).groups()  # type: ignore[union-attr]
    return round(value * _SCALE[scale], 6), _SAME_UNIT.get(base, base)


def stated(labels: Iterable[Mapping[str, Any]], places: Iterable[tuple[int, int]]) -> list[Mention]:
    """The mentions that labels state at these places; damaged and optional ones state none."""
    mentions = []
    for label, (start, end) in zip(labels, places, strict=True):
        if label.get("damaged") or label.get("optional"):
            continue
        hedge = _SAME_HEDGE.get(label["qualifier"], label["qualifier"])
        if label["value"] is not None:
            amount, unit = single_units(float(label["value"]), label["unit"])
            mentions.append(Mention(start, end, amount, unit, hedge, _wordings(amount, unit, label["unit"])))
        if label["change_pct"] is not None:
            change = float(label["change_pct"])
            its_hedge = hedge if label["value"] is None else None
            mentions.append(Mention(start, end, change, "%", its_hedge, _wordings(change, "%", "%")))
    return mentions


def _wordings(amount: float, unit: str, written: str | None) -> tuple[float, ...]:
    size = abs(amount)
    if unit != "%":
        return (size,)
    return (size, size / 100, size / 10, *((size * 10,) if written == "‰" else ()))


def ours(claims: Iterable[Mapping[str, Any]]) -> list[Found]:
    """The figures that claims give."""
    found = []
    for claim in claims:
        if claim["damaged"]:
            continue
        place = (claim["start"], claim["end"])
        if claim["value"] is not None:
            found.append(
                Found(*place, *single_units(float(claim["value"]), claim["unit"]), claim["qualifier"])
            )
        if claim["change_pct"] is not None:
            found.append(Found(*place, float(claim["change_pct"]), "%", claim["change_qualifier"]))
    return found


def right(mentions: Sequence[Mention], found: Sequence[Found], *, whole: bool) -> dict[str, tuple[int, int]]:
    """Sort → (found, stated): the amounts alone, or `whole` statements with sign, unit and hedge."""
    free = sorted(found, key=lambda item: item.start)
    tally: dict[str, tuple[int, int]] = {}
    for mention in mentions:
        at = next((i for i, item in enumerate(free) if _agrees(mention, item, whole)), None)
        if at is not None:
            free.pop(at)
        hits, of = tally.get(mention.sort, (0, 0))
        tally[mention.sort] = (hits + (at is not None), of + 1)
    return tally


def _agrees(mention: Mention, item: Found, whole: bool) -> bool:
    if item.start >= mention.end or mention.start >= item.end:
        return False
    if not whole:
        return any(_same(abs(item.amount), amount) for amount in mention.also)
    hedge_agrees = mention.hedge in (None, _SAME_HEDGE.get(item.hedge, item.hedge))
    return hedge_agrees and item.unit == mention.unit and _same(item.amount, mention.amount)


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(other))
