"""How far the claims of a reading agree with hand-written labels.

A label is *whole* when one claim about the same place agrees in value, unit, change, period, qualifier and
subject, and *right in number* when value, unit and change agree. Only quantitative labels count: those with a
value, a change, or a damaged value. `alternatives` of a label name other fair readings of the same words;
`optional` labels may be claimed or not; `occurrences` says how often the document repeats the statement, so
that a further claim of it is not an extra one. A damaged label is met only by a claim that says damaged and
states no value; a plain value read over a damaged place is *silently accepted*, the one error never allowed.
A period of None in a label means that the text names none, and any period agrees.
"""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Fields = Mapping[str, Any]

WHOLE, NUMBER = "whole", "number"
_SAME_UNIT = {"户": "家", "名": "位", "位次": "位", "个位次": "位", "个百分点": "百分点"}
_SAME_QUALIFIER = {None: "exact", "": "exact", "at_least": "over"}
#: Quotes speak of the same place when this many characters in a row are common to both.
_COMMON_RUN = 6


@dataclass(slots=True)
class Agreement:
    """What one document's claims got right; add several up with `+`."""

    labels: int = 0
    claims: int = 0
    whole: int = 0
    number: int = 0
    extra: int = 0
    silent: int = 0
    remarks: list[str] = field(default_factory=list)

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(
            self.labels + other.labels,
            self.claims + other.claims,
            self.whole + other.whole,
            self.number + other.number,
            self.extra + other.extra,
            self.silent + other.silent,
            self.remarks + other.remarks,
        )

    @property
    def whole_share(self) -> float:
        """Share of required labels met in every part."""
        return self.whole / max(1, self.labels)

    @property
    def number_share(self) -> float:
        """Share of required labels whose value, unit and change were read."""
        return self.number / max(1, self.labels)

    @property
    def extra_share(self) -> float:
        """Share of claims that answer to no label."""
        return self.extra / max(1, self.claims)

    def __str__(self) -> str:
        return (
            f"{self.labels} labels, {self.claims} claims: whole {self.whole_share:.3f}, "
            f"number {self.number_share:.3f}, extra {self.extra_share:.3f}, "
            f"silently accepted damaged {self.silent}"
        )


def labels_of(path: Path) -> list[dict[str, Any]]:
    """The labels of one document."""
    labels: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return labels


def publication_dates(folder: Path) -> dict[str, str]:
    """Document name → date of publication, from the folder's index.csv."""
    with (folder / "index.csv").open(encoding="utf-8", newline="") as lines:
        return {row["name"]: row["doc_date"] for row in csv.DictReader(lines)}


def judge(claims: Iterable[Fields], labels: Iterable[Fields]) -> Agreement:
    """Compare the claims of one document with its labels."""
    wanted = sorted((label for label in labels if _quantitative(label)), key=_is_optional)
    stated = [claim for claim in claims if _quantitative(claim)]
    free = list(range(len(stated)))
    grade_of: dict[int, str] = {}
    for grade in (WHOLE, NUMBER):
        for position, label in enumerate(wanted):
            if position not in grade_of and _take(stated, free, label, {grade}) is not None:
                grade_of[position] = grade
    for label in wanted:
        for _ in range(int(label.get("occurrences", 1)) - 1):
            _take(stated, free, label, {WHOLE, NUMBER})
    required = [position for position, label in enumerate(wanted) if not _is_optional(label)]
    return Agreement(
        labels=len(required),
        claims=len(stated),
        whole=sum(grade_of.get(position) == WHOLE for position in required),
        number=sum(position in grade_of for position in required),
        extra=len(free),
        silent=sum(_silently_accepted(claim, label) for label in wanted for claim in stated),
        remarks=[
            *(
                f"{'partly' if position in grade_of else 'missed'} {_brief(wanted[position])}"
                for position in required
                if grade_of.get(position) != WHOLE
            ),
            *(f"extra  {_brief(stated[position])}" for position in free),
        ],
    )


def grade(claim: Fields, label: Fields) -> str:
    """`whole`, `number` or nothing: the best any fair reading of the label gives this claim."""
    readings: Sequence[Fields] = [label, *({**label, **other} for other in label.get("alternatives", ()))]
    grades = {_grade_of_reading(claim, reading) for reading in readings}
    return WHOLE if WHOLE in grades else NUMBER if NUMBER in grades else ""


def _take(stated: Sequence[Fields], free: list[int], label: Fields, grades: set[str]) -> int | None:
    for position in free:
        if grade(stated[position], label) in grades:
            free.remove(position)
            return position
    return None


def _grade_of_reading(claim: Fields, reading: Fields) -> str:
    if not same_place(claim.get("quote"), reading["quote"]):
        return ""
    if reading.get("damaged"):
        return WHOLE if claim.get("damaged") and _figure(claim.get("value")) is None else ""
    if any(_figure(claim.get(name)) != _figure(reading[name]) for name in ("value", "change_pct")):
        return ""
    if reading["value"] is not None and _unit(claim.get("unit")) != _unit(reading["unit"]):
        return ""
    period_agrees = reading["period"] is None or (claim.get("period") or "") == reading["period"]
    qualifier_agrees = _qualifier(claim.get("qualifier")) == _qualifier(reading["qualifier"])
    subject_agrees = same_subject(claim.get("subject"), reading["subject"])
    return WHOLE if period_agrees and qualifier_agrees and subject_agrees else NUMBER


def same_place(one: str | None, other: str | None) -> bool:
    """Whether two quotes share a run of characters, punctuation apart."""
    short, long = sorted((_letters(one), _letters(other)), key=len)
    if not short:
        return False
    size = min(_COMMON_RUN, len(short))
    return any(short[start : start + size] in long for start in range(len(short) - size + 1))


def same_subject(one: str | None, other: str | None) -> bool:
    """Whether two names are near enough: one within the other, or half of the shorter's pairs shared."""
    left, right = _letters(one), _letters(other)
    if not left or not right:
        return left == right
    if left in right or right in left:
        return True
    pairs_left = {left[at : at + 2] for at in range(len(left) - 1)}
    pairs_right = {right[at : at + 2] for at in range(len(right) - 1)}
    if not pairs_left or not pairs_right:
        return False
    return 2 * len(pairs_left & pairs_right) >= min(len(pairs_left), len(pairs_right))


def _quantitative(item: Fields) -> bool:
    return item.get("value") is not None or item.get("change_pct") is not None or bool(item.get("damaged"))


def _is_optional(label: Fields) -> bool:
    return bool(label.get("optional"))


def _silently_accepted(claim: Fields, label: Fields) -> bool:
    if not label.get("damaged") or claim.get("damaged") or _figure(claim.get("value")) is None:
        return False
    return same_place(claim.get("quote"), label["quote"])


def _figure(value: Any) -> float | None:
    return None if value is None or value == "" else round(float(value), 6)


def _letters(text: str | None) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text or "") if sign.isalnum())


def _unit(unit: str | None) -> str:
    plain = _letters((unit or "").removesuffix("/年")).replace("台套", "台")
    return _SAME_UNIT.get(plain, plain)


def _qualifier(qualifier: str | None) -> str | None:
    return _SAME_QUALIFIER.get(qualifier, qualifier)


def _brief(item: Fields) -> str:
    names = ("subject", "indicator", "value", "change_pct", "unit", "period", "qualifier")
    return " | ".join(str(item.get(name) or "–") for name in names) + f" | {item.get('quote')}"
