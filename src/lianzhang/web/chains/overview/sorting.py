"""Which part of the page a fact belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings

from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.pack import open_pack
from lianzhang.kernel.period import Period


class Stated(Protocol):
    """What this page needs to know of an accepted fact."""

    id: Any
    subject: str
    subject_kind: str
    indicator: str
    kind: str
    period: str
    period_end: date | None
    value: Decimal | None
    unit: str
    change_pct: Decimal | None
    title: str
    level: str
    sub_field: str
    project: str
    planned: bool
    scope: str
    as_of: date | None


class Part(StrEnum):
    """The parts of the page, in reading order."""

    SCALE = "scale"
    TITLES = "titles"
    TRADE = "trade"
    PROJECTS = "projects"
    COUNTIES = "counties"
    POLICY = "policy"
    REST = "rest"


_BY_KIND = {
    "title": Part.TITLES,
    "title_count": Part.TITLES,
    "assignment": Part.COUNTIES,
    "policy_count": Part.POLICY,
    "project": Part.PROJECTS,
    "project_count": Part.PROJECTS,
}
#: A market that something is sold to; market shares and market bureaus are none.
_MARKET = re.compile("市场(?=$|[)） ])|市场(?!占有|份额|主体|监管).*销")
_TRADE = re.compile("出口|外贸|进口|进出口|海外|境外")


def part_of(fact: Stated) -> Part:
    """The part of the page where `fact` is shown; each fact is shown once."""
    if fact.kind in _BY_KIND:
        return _BY_KIND[fact.kind]
    if fact.project:
        return Part.PROJECTS
    about = f"{fact.indicator} {fact.scope}"
    if group_of(fact.indicator) == "trade" or _TRADE.search(about) or _MARKET.search(about):
        return Part.TRADE
    if is_chain_itself(fact) and fact.kind in ("metric", "share", "rank", "count"):
        return Part.SCALE
    return Part.REST


def is_chain_itself(fact: Stated) -> bool:
    """Whether the fact speaks of the whole chain and not of a county, a firm or an office."""
    return fact.subject_kind == "chain"


def newest_first(facts: Iterable[Any]) -> list[Any]:
    """Later period first; of two that end together the shorter one first; undated ones last."""
    return sorted(facts, key=_age, reverse=True)


def _age(fact: Stated) -> tuple[date, date]:
    try:
        period = Period.parse(fact.period)
    except LianzhangError:
        return (date.min, date.min)
    return (period.end, period.start)


def grain_of(fact: Stated) -> str:
    """`year`, `half`, `quarter`, `month`, `day`, `range`, or empty for an undated fact."""
    try:
        return Period.parse(fact.period).kind.value
    except LianzhangError:
        return ""


def group_of(indicator: str) -> str:
    """The group the pack's lexicon puts an indicator in, such as scale, trade or people."""
    groups = _groups(settings.LIANZHANG_PACK)
    return groups.get(indicator, "")


@lru_cache(maxsize=4)
def _groups(pack_id: str) -> dict[str, str]:
    rows = open_pack(pack_id).read_yaml("lexicon/indicators.yaml")
    return {row["name"]: row.get("group", "") for row in rows}
