"""One title that was entered twice: with its level and without, with its batch or day and without.

Rows stay as they were entered; who counts titles, or asks what an enterprise holds, takes such rows as one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from lianzhang.kernel.pack import open_pack
from lianzhang.policy import tier_named

_UNHEARD = str.maketrans("", "", " 　“”\"'‘’「」《》〈〉")


@dataclass(frozen=True, slots=True)
class OneTitle:
    """A title of one enterprise, whatever number of rows tells of it: each column as the fullest row states it.

    It has the columns of a holding, so that all that reads a holding reads it.
    """

    rows: tuple[Any, ...]

    def _first(self, name: str) -> Any:
        return next(
            (getattr(row, name) for row in self.rows if getattr(row, name)), getattr(self.rows[0], name)
        )

    @property
    def enterprise_id(self) -> Any:
        """The enterprise, as the fullest row has it."""
        return self.rows[0].enterprise_id

    @property
    def title(self) -> Any:
        """The words of the title."""
        return self.rows[0].title

    @property
    def level(self) -> Any:
        """The level, where any row states it."""
        return self._first("level")

    @property
    def tier(self) -> Any:
        """The tier that was entered, where any row has one."""
        return self._first("tier")

    @property
    def awarded_from(self) -> date | None:
        """The first day on which it may have been awarded, by the row that tells the day most narrowly."""
        told = [row for row in self.rows if row.awarded_from is not None]
        found: date | None = max((row.awarded_from for row in told), default=None)
        return found

    @property
    def valid_until(self) -> date | None:
        """The end that was stated when it was entered, by the row entered last."""
        told = [row for row in sorted(self.rows, key=_entered) if row.valid_until is not None]
        found: date | None = told[-1].valid_until if told else None
        return found

    @property
    def told_changes(self) -> list[Any]:
        """What became of it, in the order of the days."""
        return sorted((change for row in self.rows for change in row.told_changes), key=lambda one: one.on)


def tier_of(holding: Any) -> str:
    """The tier of the rules: as it was entered, else as the title and its level mean it; empty where they mean none."""
    return holding.tier or tier_named(open_pack(settings.LIANZHANG_PACK), holding.title, holding.level)


def as_one(holdings: Iterable[Any]) -> list[OneTitle]:
    """The titles of one enterprise, each once, in the order of their first rows.

    Two rows tell of one title where its words or its tier are the same and level, batch and day of the award agree
    as far as both state them. A row that fits several goes with the one of the same end, else with the latest.
    """
    rows = list(holdings)
    groups: list[list[Any]] = []
    for row in sorted(rows, key=lambda one: (-_stated(one), _entered(one))):
        fitting = [group for group in groups if all(_is_same(row, other) for other in group)]
        if fitting:
            max(fitting, key=lambda group: _nearness(row, group)).append(row)
        else:
            groups.append([row])
    place = {id(row): at for at, row in enumerate(rows)}
    groups.sort(key=lambda group: min(place[id(row)] for row in group))
    return [OneTitle(tuple(group)) for group in groups]


def doubles_among(titles: Sequence[OneTitle]) -> frozenset[int]:
    """The keys of rows that seem to tell once more of a title that a fuller row tells of."""
    return frozenset(row.pk for title in titles for row in title.rows[1:])


def _stated(row: Any) -> int:
    return sum(bool(said) for said in (row.level, row.batch, row.awarded_from, row.valid_until))


def _entered(row: Any) -> int:
    return row.pk or 0


def _nearness(row: Any, group: list[Any]) -> tuple[bool, date]:
    ends = {other.valid_until for other in group}
    days = [other.awarded_from for other in group if other.awarded_from]
    return row.valid_until in ends, max(days, default=date.min)


def _is_same(one: Any, other: Any) -> bool:
    return (
        _agree(one.level, other.level)
        and _agree(one.batch, other.batch)
        and _same_day(one, other)
        and _same_title(one, other)
    )


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _same_day(one: Any, other: Any) -> bool:
    if one.awarded_from is None or other.awarded_from is None:
        return True
    return bool(one.awarded_from <= other.awarded_by and other.awarded_from <= one.awarded_by)


def _same_title(one: Any, other: Any) -> bool:
    tiers = tier_of(one), tier_of(other)
    if all(tiers):
        return tiers[0] == tiers[1]
    return _heard(one.title) == _heard(other.title)


def _heard(title: str) -> str:
    return unicodedata.normalize("NFKC", title).translate(_UNHEARD)
