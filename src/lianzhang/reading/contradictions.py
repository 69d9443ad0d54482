"""Where a document contradicts itself, or announces more than it names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from lianzhang.kernel import Claim, ClaimKind, Text
from lianzhang.reading.numerals import worded_number
from lianzhang.reading.reading import Contradiction

_SPELLED_OUT = re.compile(
    r"“(?P<count>\d{1,2})”(?:主要)?(?:是|即|指|包括|包含|为)(?P<list>[^。;!\n]{4,160}?)(?=[。;!\n]|,“\d{1,2}”|$)"
)
_COUNTED_LIST = re.compile(
    r"(?P<count>\d{1,2}|[二两三四五六七八九十]{1,2})(?:个|项|条|张|大|家|类|种)(?P<noun>[\u3400-\u9fff]{2,8}?)(?:分别是|分别为|包括|包含|即|,即|:)(?P<list>[^。;!\n,:]{5,160})"
)
_AND = re.compile(r"、|以及|及其|和|及|与")


def find_contradictions(text: str, claims: Sequence[Claim]) -> tuple[Contradiction, ...]:
    """Values that cannot both hold, and counts that the lists beside them do not bear out."""
    return (*_conflicting_values(claims), *_announced_against_named(text, claims))


def _conflicting_values(claims: Sequence[Claim]) -> list[Contradiction]:
    by_statement: dict[tuple[str, str, str, str, str], list[int]] = defaultdict(list)
    for index, claim in enumerate(claims):
        if (
            claim.quantity is None
            or claim.period is None
            or not claim.subject
            or claim.kind is ClaimKind.PROJECT
        ):
            continue
        if claim.planned:
            continue
        key = (claim.subject, claim.indicator, str(claim.period), claim.quantity.unit, claim.scope)
        by_statement[key].append(index)
    found = []
    for (subject, indicator, *_), indexes in by_statement.items():
        values = {claims[index].quantity for index in indexes}
        if len(values) > 1:
            labels = "、".join(sorted(q.label() for q in values if q is not None))
            found.append(
                Contradiction(
                    Text(
                        f"{subject}的{indicator}在同一时期有不同的数：{labels}。",
                        f"{indicator} of {subject} has different values for one period: {labels}.",
                    ),
                    tuple(indexes),
                )
            )
    return found


def _announced_against_named(text: str, claims: Sequence[Claim]) -> list[Contradiction]:
    found = []
    for pattern in (_SPELLED_OUT, _COUNTED_LIST):
        for match in pattern.finditer(text):
            announced = int(match["count"]) if match["count"].isdigit() else worded_number(match["count"])
            named = _items(match["list"])
            if announced is None or announced < 2 or len(named) < 2 or len(named) == announced:
                continue
            open_list = "等" in match["list"][-8:]
            found.append(_difference(announced, named, open_list, _claims_of(announced, claims)))
    return found


def _items(listed: str) -> list[str]:
    """The members of an enumeration; a leading verb belongs to the first, 等 and what follows to none."""
    listed = re.sub(r"等[^、]{0,10}$", "", listed)
    return [item for item in _AND.split(listed) if len(item) >= 2]


def _difference(announced: int, named: list[str], open_list: bool, claims: tuple[int, ...]) -> Contradiction:
    items = "、".join(named)
    if open_list and len(named) < announced:
        return Contradiction(
            Text(
                f"宣布{announced}项，文中列举{len(named)}项并以“等”收尾：{items}。其余未列，未补。",
                f"{announced} are announced, {len(named)} are named and the list is left open: {items}. "
                "The rest is not invented.",
            ),
            claims,
        )
    return Contradiction(
        Text(
            f"宣布{announced}项，文中只列出{len(named)}项：{items}。请核对原文。",
            f"{announced} are announced, {len(named)} are named: {items}. Please check the source.",
        ),
        claims,
    )


def _claims_of(announced: int, claims: Sequence[Claim]) -> tuple[int, ...]:
    return tuple(
        index
        for index, claim in enumerate(claims)
        if claim.kind is ClaimKind.POLICY_COUNT
        and claim.quantity is not None
        and claim.quantity.value == announced
    )
