"""Number mentions: what a text states, what a tool found, and how many of the stated were found.

A label states up to two numbers (a value and a change). Ours must give the value in its unit and the change
with its sign. Other tools make no records, so they are met half way: the amount alone counts, without sign,
and 1.5倍 or 两成 may be told as 1.5 or 2. What was found must overlap the label's words, and serves one
mention only.
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


@dataclass(frozen=True, slots=True)
class Found:
    """One figure found: its place, its amount in single units, its sort (money, usd, percent, number)."""

    start: int
    end: int
    amount: float
    sort: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One number a text states; `also` are other amounts it is fair to give for the same words."""

    start: int
    end: int
    amount: float
    sort: str
    also: tuple[float, ...] = ()


def amount_and_sort(value: float, unit: str | None) -> tuple[float, str]:
    """A value in single units and its sort: 318.4 亿元 is 31 840 000 000 money."""
    unit = (unit or "").removesuffix("/年")
    if unit in ("%", "‰"):
        return (value if unit == "%" else value / 10), "percent"
    if unit.endswith("百分点"):  # no hundreds
        return value, "number"
    scale, base = _UNIT.match(unit).groups()  # type: ignore[union-attr]
    sort = {"元": "money", "美元": "usd"}.get(base, "number")
    return round(value * _SCALE[scale], 6), sort


def stated(labels: Iterable[Mapping[str, Any]], spans: Iterable[tuple[int, int]]) -> list[Mention]:
    """The mentions that labels state at these places; damaged and optional ones state none."""
    mentions = []
    for label, (start, end) in zip(labels, spans, strict=True):
        if label.get("damaged") or label.get("optional"):
            continue
        if label["value"] is not None:
            amount, sort = amount_and_sort(float(label["value"]), label["unit"])
            mentions.append(Mention(start, end, amount, sort, _other_wordings(amount, sort, label["unit"])))
        if label["change_pct"] is not None:
            change = float(label["change_pct"])
            mentions.append(Mention(start, end, change, "percent", _other_wordings(change, "percent", "%")))
    return mentions


def _other_wordings(amount: float, sort: str, unit: str | None) -> tuple[float, ...]:
    size = abs(amount)
    if sort != "percent":
        return (size,)
    return (size, size / 100, size / 10, *((size * 10,) if unit == "‰" else ()))


def ours(claims: Iterable[Mapping[str, Any]]) -> list[Found]:
    """The figures that claims give."""
    found = []
    for claim in claims:
        if claim["damaged"]:
            continue
        place = (claim["start"], claim["end"])
        if claim["value"] is not None:
            found.append(Found(*place, *amount_and_sort(float(claim["value"]), claim["unit"])))
        if claim["change_pct"] is not None:
            found.append(Found(*place, float(claim["change_pct"]), "percent"))
    return found


def right(mentions: Sequence[Mention], found: Sequence[Found], *, strict: bool) -> dict[str, tuple[int, int]]:
    """Sort → (found, stated). Strict asks for sign, sort and exact amount; otherwise fair wordings count."""
    free = sorted(found, key=lambda item: item.start)
    tally: dict[str, tuple[int, int]] = {}
    for mention in mentions:
        at = next((i for i, item in enumerate(free) if _agrees(mention, item, strict)), None)
        if at is not None:
            free.pop(at)
        hits, of = tally.get(mention.sort, (0, 0))
        tally[mention.sort] = (hits + (at is not None), of + 1)
    return tally


def _agrees(mention: Mention, item: Found, strict: bool) -> bool:
    if item.start >= mention.end or mention.start >= item.end:
        return False
    if strict:
        return item.sort == mention.sort and _same(item.amount, mention.amount)
    return any(_same(abs(item.amount), amount) for amount in mention.also)


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(other))
