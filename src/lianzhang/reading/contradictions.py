"""Where a document contradicts itself, or announces more than it names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from lianzhang.kernel import Claim, ClaimKind, Qualifier, Quantity, Text
from lianzhang.kernel.quantity import split_scale
from lianzhang.reading.numerals import worded_number
from lianzhang.reading.reading import Contradiction

_SPELLED_OUT = re.compile(
    r"“(?P<count>\d{1,2})”(?:主要)?(?:是|即|指|包括|包含|为)(?P<list>[^。;!\n]{4,160}?)(?=[。;!\n]|,“\d{1,2}”|$)"
)
_COUNTED_LIST = re.compile(
    r"(?P<count>\d{1,2}|[二两三四五六七八九十]{1,2})(?:个|项|条|张|大|家|类|种)(?P<noun>[\u3400-\u9fff]{2,8}?),?(?:分别是|分别为|包括|包含|即|:)(?P<list>[^。;!\n,:]{5,160})"
)
#: 合规指导、政策集成、服务发展和轻微免罚“四张清单”: taken only when the count is borne out.
_LIST_BEFORE = re.compile(
    r"(?P<list>(?:[^,。;:、\n“”]{2,14}、)+[^,。;:、\n“”]{2,16})“(?P<count>[二两三四五六七八九十])(?:张|大|项|个)[\u3400-\u9fff]{2,4}”"
)
_OPEN_END = re.compile(r"等[^、]{0,10}$")
_SLACK = Decimal("0.05")
_AND = re.compile(r"、|以及|及其|和|及|与")


@dataclass(frozen=True, slots=True)
class _Enumeration:
    """A count and the list that spells it out."""

    announced: int
    named: tuple[str, ...]
    open: bool
    claims: tuple[int, ...]


def check(text: str, claims: Sequence[Claim]) -> tuple[tuple[Claim, ...], tuple[Contradiction, ...]]:
    """The claims, each announced count told how many items the text names beside it, and the contradictions.

    Contradictions are values that cannot both hold, and counts that the lists beside them do not bear out.
    """
    enumerations = _enumerations(text, claims)
    told = list(claims)
    for item in enumerations:
        for index in item.claims:
            told[index] = replace(told[index], found=len(item.named))
    unequal = [item for item in enumerations if len(item.named) != item.announced]
    return tuple(told), (*_conflicting_values(claims), *(_difference(item) for item in unequal))


def _conflicting_values(claims: Sequence[Claim]) -> list[Contradiction]:
    """Two values, or two growths, that one thing cannot have in one period."""
    by_statement: dict[tuple[str, str, str, str, str], list[int]] = defaultdict(list)
    for index, claim in enumerate(claims):
        told = claim.quantity is not None and claim.period is not None and claim.subject and not claim.planned
        if not told or claim.kind is ClaimKind.PROJECT or claim.quantity is None:
            continue
        unit = split_scale(claim.quantity.unit)[1]
        by_statement[(claim.subject, claim.indicator, str(claim.period), unit, claim.scope)].append(index)
    found = []
    for (subject, indicator, *_), indexes in by_statement.items():
        pairs = [(one, two) for one in indexes for two in indexes if one < two]
        clash = {index for pair in pairs if _clash(claims[pair[0]], claims[pair[1]]) for index in pair}
        if clash:
            labels = "、".join(sorted(_label(claims[index]) for index in clash))
            found.append(
                Contradiction(
                    Text(
                        f"{subject}的{indicator}在同一时期有不同的数：{labels}。",
                        f"{indicator} of {subject} has different values for one period: {labels}.",
                    ),
                    tuple(sorted(clash)),
                )
            )
    return found


def _clash(left: Claim, right: Claim) -> bool:
    """Whether two statements on one thing cannot both hold; 12.3亿元 and 超12亿元 can."""
    one, two = left.quantity, right.quantity
    if one is None or two is None:
        return False
    apart = not _overlap(_bounds(one), _bounds(two))
    growths = left.change is not None and right.change is not None and left.change.base == right.change.base
    return apart or growths and left.change != right.change


def _bounds(quantity: Quantity) -> tuple[Decimal, Decimal]:
    """Between which amounts in the base unit the stated one lies; about is ±5 %, as stored elsewhere."""
    scale = split_scale(quantity.unit)[0]
    if quantity.low is not None and quantity.high is not None:
        return quantity.low * scale, quantity.high * scale
    value = (quantity.value or Decimal(0)) * scale
    slack = abs(value) * _SLACK
    return {
        Qualifier.OVER: (value, value + 10 * slack),
        Qualifier.AT_LEAST: (value, value + 10 * slack),
        Qualifier.NEAR: (value - 2 * slack, value),
        Qualifier.AT_MOST: (value - 10 * slack, value),
        Qualifier.ABOUT: (value - slack, value + slack),
    }.get(quantity.qualifier, (value, value))


def _overlap(one: tuple[Decimal, Decimal], two: tuple[Decimal, Decimal]) -> bool:
    return one[0] <= two[1] and two[0] <= one[1]


def _label(claim: Claim) -> str:
    growth = f"（{claim.change.label()}）" if claim.change else ""
    return f"{claim.quantity.label() if claim.quantity else ''}{growth}"


def _enumerations(text: str, claims: Sequence[Claim]) -> list[_Enumeration]:
    found = []
    patterns = (_SPELLED_OUT, _COUNTED_LIST, _LIST_BEFORE) if "“" in text else (_COUNTED_LIST,)
    for pattern in patterns:
        for match in pattern.finditer(text):
            announced = int(match["count"]) if match["count"].isdigit() else worded_number(match["count"])
            named = _items(match["list"])
            if announced is None or announced < 2 or len(named) < 2:
                continue
            if pattern is _LIST_BEFORE and len(named) != announced:
                continue
            open_list = "等" in match["list"][-8:]
            found.append(_Enumeration(announced, named, open_list, _claims_of(announced, claims)))
    return found


def _items(listed: str) -> tuple[str, ...]:
    """The members of an enumeration; a leading verb belongs to the first, 等 and what follows to none."""
    listed = _OPEN_END.sub("", listed)
    return tuple(item for item in _AND.split(listed) if len(item) >= 2)


def _difference(item: _Enumeration) -> Contradiction:
    announced, count, items = item.announced, len(item.named), "、".join(item.named)
    if item.open and count < announced:
        what = Text(
            f"宣布{announced}项，文中列举{count}项并以“等”收尾：{items}。其余未列，未补。",
            f"{announced} are announced, {count} are named and the list is left open: {items}. "
            "The rest is not invented.",
        )
    else:
        what = Text(
            f"宣布{announced}项，文中只列出{count}项：{items}。请核对原文。",
            f"{announced} are announced, {count} are named: {items}. Please check the source.",
        )
    return Contradiction(what, item.claims)


def _claims_of(announced: int, claims: Sequence[Claim]) -> tuple[int, ...]:
    return tuple(
        index
        for index, claim in enumerate(claims)
        if claim.kind is ClaimKind.POLICY_COUNT
        and claim.quantity is not None
        and claim.quantity.value == announced
    )
