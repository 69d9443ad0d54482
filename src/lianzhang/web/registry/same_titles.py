"""One title that was entered twice: with its level and without, with its batch or day and without.

Rows stay as they were entered; who counts titles, or asks what an enterprise holds, takes such rows as one. What
people judged of two rows (`told_judgements` of the one entered first, oldest first) goes before what the rows say.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from lianzhang.kernel.pack import open_pack
from lianzhang.policy import tier_named

_SAME, _DIFFERENT, _UNSURE = "same", "different", "unsure"
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


@dataclass(frozen=True, slots=True)
class Double:
    """A row that seems to tell, or was judged on whether it tells, once more of the title that `full` tells of."""

    full: Any
    row: Any
    #: The latest judgement on the two; None while nobody judged.
    judged: Any = None

    @property
    def decision(self) -> str:
        """`same` or `different` as people judged; empty while it is open."""
        return self.judged.decision if self.judged and self.judged.decision != _UNSURE else ""

    @property
    def seen(self) -> int:
        """The id of the latest judgement, 0 without any."""
        return self.judged.pk if self.judged else 0

    @property
    def both(self) -> tuple[Any, Any]:
        """The two rows, the fuller first."""
        return self.full, self.row


def tier_of(holding: Any) -> str:
    """The tier of the rules: as it was entered, else as the title and its level mean it; empty where they mean none."""
    return holding.tier or tier_named(open_pack(settings.LIANZHANG_PACK), holding.title, holding.level)


def as_one(holdings: Iterable[Any]) -> list[OneTitle]:
    """The titles of one enterprise, each once, in the order of their first rows.

    Two rows tell of one title where its words or its tier are the same and level, batch and day of the award agree
    as far as both state them. A row that fits several goes with the one of the same end, else with the latest.
    Rows that people judged different are never one title, and those judged the same are.
    """
    rows = list(holdings)
    judged = {pair: one.decision for pair, one in _latest(rows).items()}
    named = {key for pair, decision in judged.items() if decision == _SAME for key in pair}
    groups: list[list[Any]] = []
    # Those judged the same first: what differs from one of them must not come between.
    for row in sorted(rows, key=lambda one: (one.pk not in named, *_fullness(one))):
        fitting = [group for group in groups if _fits(row, group, judged)]
        if fitting:
            max(fitting, key=lambda group: _nearness(row, group, judged)).append(row)
        else:
            groups.append([row])
    place = {id(row): at for at, row in enumerate(rows)}
    groups.sort(key=lambda group: min(place[id(row)] for row in group))
    return [OneTitle(tuple(sorted(group, key=_fullness))) for group in groups]


def doubles_of(titles: Sequence[OneTitle]) -> list[Double]:
    """The rows that tell once more of a title, with what was judged; then those that were judged to be apart."""
    rows = [row for title in titles for row in title.rows]
    latest, of_key = _latest(rows), {row.pk: row for row in rows}
    found = [Double(full, row, latest.get(_pair(full, row))) for full, row in _counted_once(titles, latest)]
    for pair, judged in latest.items():
        if judged.decision == _DIFFERENT and all(key in of_key for key in pair):
            full, row = sorted((of_key[key] for key in pair), key=_fullness)
            found.append(Double(full, row, judged))
    return found


def _counted_once(titles: Sequence[OneTitle], latest: Mapping[Any, Any]) -> Iterator[tuple[Any, Any]]:
    for title in titles:
        for place, row in enumerate(title.rows[1:], 1):
            before = title.rows[:place]
            judged = (one for one in before if _decision(latest.get(_pair(one, row))) == _SAME)
            yield next(judged, title.rows[0]), row


def _latest(rows: Sequence[Any]) -> dict[tuple[int, int], Any]:
    """The latest judgement on each pair of rows."""
    return {(said.left_id, said.right_id): said for row in rows for said in row.told_judgements}


def _pair(one: Any, other: Any) -> tuple[int, int]:
    return min(one.pk, other.pk), max(one.pk, other.pk)


def _decision(judged: Any) -> str:
    return judged.decision if judged else ""


def _fits(row: Any, group: list[Any], judged: Mapping[tuple[int, int], str]) -> bool:
    said = {judged.get(_pair(row, other), "") for other in group}
    if _DIFFERENT in said:
        return False
    return _SAME in said or all(_is_same(row, other) for other in group)


def _fullness(row: Any) -> tuple[int, int]:
    return -_stated(row), _entered(row)


def _stated(row: Any) -> int:
    return sum(bool(said) for said in (row.level, row.batch, row.awarded_from, row.valid_until))


def _entered(row: Any) -> int:
    return row.pk or 0


def _nearness(row: Any, group: list[Any], judged: Mapping[tuple[int, int], str]) -> tuple[bool, bool, date]:
    named = any(judged.get(_pair(row, other)) == _SAME for other in group)
    ends = {other.valid_until for other in group}
    days = [other.awarded_from for other in group if other.awarded_from]
    return named, row.valid_until in ends, max(days, default=date.min)


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
