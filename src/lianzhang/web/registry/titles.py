"""Titles over time: ever named, valid on a day, lapsed, revoked, or nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from lianzhang.casework.clocks import add_months
from lianzhang.kernel.fact import unsure
from lianzhang.kernel.pack import open_pack
from lianzhang.policy import rule_book
from lianzhang.web.registry.models import TitleChange, TitleHolding, TitleJudgement
from lianzhang.web.registry.same_titles import as_one, tier_of

VALID, LAPSED, REVOKED, UNKNOWN, NOT_YET = "valid", "lapsed", "revoked", "unknown", "not_yet"


def holdings_in_force() -> QuerySet[TitleHolding]:
    """Holdings with their changes and what was judged of them; those of withdrawn recordings are left out."""
    changes = TitleChange.objects.filter(recording__withdrawn_at=None).order_by("on", "pk")
    judged = TitleJudgement.objects.select_related("by").order_by("pk")
    return TitleHolding.objects.filter(
        recording__withdrawn_at=None, enterprise__recording__withdrawn_at=None
    ).prefetch_related(
        Prefetch("changes", changes, to_attr="told_changes"),
        Prefetch("judged_left", judged, to_attr="told_judgements"),
    )


def state_on(holding: Any, day: date) -> str:
    """Where a title stands on `day`: valid, lapsed, revoked, not_yet, or unknown where no end was stated."""
    if holding.awarded_from is not None and day < holding.awarded_from:
        return NOT_YET
    until, held_on, ended = holding.valid_until, None, ""
    for change in holding.told_changes:
        if change.what == TitleChange.What.CONFIRMED:
            # A later source speaks of all the time since the award, not of the days after it alone.
            ended_before = change.valid_until is not None and change.valid_until < change.on
            until, held_on, ended = change.valid_until or until, None if ended_before else change.on, ""
        elif change.on > day:
            continue
        elif change.what == TitleChange.What.REVOKED:
            return REVOKED
        elif change.what == TitleChange.What.LAPSED:
            ended = LAPSED
        else:
            until, held_on, ended = change.valid_until or until, change.on, ""
    if ended:
        return ended
    if held_on is not None and day <= held_on:
        return VALID
    if until is None:
        return UNKNOWN
    return VALID if day <= until else LAPSED


def held_on(holding: Any, day: date) -> bool | None:
    """Whether a title is held on `day`; None where nobody knows. Without an end of its own it is held as long as the
    rules let one of its tier stand; after that it may have passed a re-check."""
    state = state_on(holding, day)
    if state != UNKNOWN:
        return state == VALID
    years = _years(tier_of(holding))
    start = holding.awarded_from
    return True if years and start is not None and day < add_months(start, 12 * years) else None


def tiers_held(holdings: Iterable[Any], day: date) -> frozenset[str] | None:
    """The tiers that the holdings of one enterprise give it on `day`; None where nobody knows of any.

    A tier of which nobody knows whether it still stands is marked (`unsure`); one that is absent is not held.
    """
    told = [(tier, held_on(row, day)) for row in as_one(holdings) if (tier := tier_of(row))]
    if all(is_held is None for _, is_held in told):
        return None
    held = {tier for tier, is_held in told if is_held}
    return frozenset(held | {unsure(tier) for tier, is_held in told if is_held is None and tier not in held})


def _years(tier: str) -> int:
    book = rule_book(open_pack(settings.LIANZHANG_PACK))
    return (book[tier].valid_years or 0) if tier in book else 0


def valid_until(holding: Any) -> date | None:
    """The last day on which the title holds, as the latest word on it says; None while nobody said."""
    told = [change.valid_until for change in holding.told_changes if change.valid_until is not None]
    until: date | None = told[-1] if told else holding.valid_until
    return until


def valid_on(holding: Any, day: date) -> bool:
    """Whether the title is known to be valid on `day`."""
    return state_on(holding, day) == VALID


@dataclass(frozen=True, slots=True)
class TitleCount:
    """How many enterprises were ever named, how many are valid on the day, and of how many nobody knows."""

    title: str
    level: str
    ever: int
    valid: int
    unknown: int


def count_titles(holdings: Iterable[Any], day: date) -> list[TitleCount]:
    """Counts by title and level, each enterprise once; the most frequent title first.

    A title entered with its level and again without it is one title, of that level.
    """
    of_firm: dict[str, list[Any]] = {}
    for row in holdings:
        of_firm.setdefault(row.enterprise_id, []).append(row)
    groups: dict[tuple[str, str], dict[str, set[str]]] = {}
    for holding in (title for rows in of_firm.values() for title in as_one(rows)):
        state = state_on(holding, day)
        if state == NOT_YET:
            continue
        states = groups.setdefault((holding.title, holding.level), {})
        for key in ("ever", state):
            states.setdefault(key, set()).add(holding.enterprise_id)
    counts = [
        TitleCount(
            title,
            level,
            ever=len(states["ever"]),
            valid=len(states.get(VALID, ())),
            unknown=len(states.get(UNKNOWN, set()) - states.get(VALID, set())),
        )
        for (title, level), states in groups.items()
    ]
    return sorted(counts, key=lambda row: (-row.ever, row.title))
