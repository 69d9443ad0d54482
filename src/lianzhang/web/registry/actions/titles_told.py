"""Store what a list says about titles: those that are new, and what became of those that are there already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from lianzhang.kernel import Period
from lianzhang.web.registry.entries import TitleEntry
from lianzhang.web.registry.models import Recording, TitleChange, TitleHolding
from lianzhang.web.registry.titles import holdings_in_force, valid_until

What = TitleChange.What
#: What makes two entries speak of one holding.
_IDENTITY = ("title", "level", "batch", "awarded")
_AT_ONCE = 500


def enter_titles(entries: Sequence[TitleEntry], recording: Recording, day: date) -> None:
    """Each title is held once: a further entry about it adds changes. `day` is that of the source."""
    there = _there({entry.enterprise for entry in entries})
    fresh: list[TitleHolding] = []
    changes: list[TitleChange] = []
    for entry in entries:
        key = (entry.enterprise, *(getattr(entry, name) for name in _IDENTITY))
        holding = there.get(key)
        if holding is None:
            holding = there[key] = _holding(entry, recording)
            fresh.append(holding)
        told = [
            change for change in _changes(entry, holding, recording, day) if not _is_told(holding, change)
        ]
        holding.told_changes += told  # type: ignore[attr-defined]
        changes += told
    with transaction.atomic():
        TitleHolding.objects.bulk_create(fresh, batch_size=_AT_ONCE)
        TitleChange.objects.bulk_create(changes, batch_size=_AT_ONCE)


def _there(enterprises: Iterable[str]) -> dict[tuple[str, ...], Any]:
    """The holdings of these enterprises, and of what is merged into them, under the enterprise's id."""
    found, ids = {}, sorted(enterprises)
    held = holdings_in_force().annotate(head=Coalesce("enterprise__merged_into_id", F("enterprise_id")))
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        for row in held.filter(Q(enterprise__in=some) | Q(enterprise__merged_into__in=some)):
            key = tuple(getattr(row, name) for name in _IDENTITY)
            found[row.enterprise_id, *key] = row
            found.setdefault((row.head, *key), row)
    return found


def _holding(entry: TitleEntry, recording: Recording) -> TitleHolding:
    period = Period.parse(entry.awarded) if entry.awarded else None
    holding = TitleHolding(
        enterprise_id=entry.enterprise,
        title=entry.title,
        tier=entry.tier,
        level=entry.level,
        batch=entry.batch,
        awarded=entry.awarded,
        awarded_from=period.start if period else None,
        awarded_by=period.end if period else None,
        valid_until=entry.valid_until,
        document=entry.document,
        doubt=entry.doubt,
        recording=recording,
    )
    holding.told_changes = []  # type: ignore[attr-defined]
    return holding


def _changes(entry: TitleEntry, holding: Any, recording: Recording, day: date) -> Iterator[TitleChange]:
    """What the entry says beyond the holding itself."""

    def told(what: str, on: date, **columns: Any) -> TitleChange:
        return TitleChange(holding=holding, what=what, on=on, recording=recording, **columns)

    since = entry.state_on or day
    rechecked = entry.rechecked or (since if entry.state == What.RECHECKED else None)
    if rechecked is not None:
        yield told(What.RECHECKED, rechecked, valid_until=entry.valid_until)
    if entry.state in (What.LAPSED, What.REVOKED):
        yield told(entry.state, since, because=entry.because[:200])
    anew = entry.valid_until is not None and rechecked is None and entry.valid_until != valid_until(holding)
    papers = bool(entry.document) and entry.document not in _documents(holding)
    nobody_said = entry.state == What.CONFIRMED and (valid_until(holding) or date.min) < day
    if anew or papers or nobody_said:
        until = entry.valid_until if anew else None
        yield told(What.CONFIRMED, since, valid_until=until, document=entry.document if papers else "")


def _documents(holding: Any) -> set[str]:
    return {holding.document, *(change.document for change in holding.told_changes)}


def _is_told(holding: Any, change: TitleChange) -> bool:
    said = (change.what, change.on, change.valid_until, change.document)
    return any((one.what, one.on, one.valid_until, one.document) == said for one in holding.told_changes)
