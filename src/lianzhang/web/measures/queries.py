"""Reads of lists, versions and measures. The first argument is always who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from lianzhang.casework import Actor, may_ever
from lianzhang.casework.measure_list import PUBLIC
from lianzhang.web.measures.actions.draft import WRITTEN
from lianzhang.web.measures.models import ListVersion, Measure, MeasureList


def visible_to(actor: Actor) -> QuerySet[ListVersion]:
    """Versions that were ever in force are open to everybody; the others to officers."""
    if may_ever(actor, "measure.prepare").allowed:
        return ListVersion.objects.all()
    return ListVersion.objects.filter(state__in=PUBLIC)


def lists(actor: Actor) -> list[MeasureList]:
    """Every list that has a version the actor may see, with `current` and `prepared` versions on it."""
    versions = visible_to(actor).prefetch_related("measures")
    rows = MeasureList.objects.select_related("chain", "owner")
    rows = rows.prefetch_related(Prefetch("versions", queryset=versions, to_attr="seen"))
    found: list[Any] = []
    for row in rows:
        row.current = next((v for v in row.seen if v.state in ("published", "suspended")), None)
        row.prepared = next((v for v in row.seen if v.state not in PUBLIC), None)
        if row.seen or may_ever(actor, "measure.draft").allowed:
            found.append(row)
    return found


def one(actor: Actor, version_id: UUID) -> ListVersion | None:
    """One version with its list, measures and opinions."""
    rows = visible_to(actor).select_related("list__owner", "list__chain", "drafted_by")
    return (
        rows.prefetch_related("measures", "opinions__by", "opinions__organisation")
        .filter(pk=version_id)
        .first()
    )


def history(actor: Actor, measures: MeasureList) -> list[ListVersion]:
    """All versions of a list that the actor may see, newest first."""
    return list(visible_to(actor).filter(list=measures).order_by("-number"))


def valid_on(actor: Actor, measures: MeasureList, day: date) -> ListVersion | None:
    """The version that was in force on a day; None where there was none, or it was suspended."""
    begun = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))
    rows = visible_to(actor).filter(begun, list=measures, state__in=PUBLIC).order_by("-valid_from")
    version = rows.first()
    return None if version is None or _paused(version, day) else version


def _paused(version: ListVersion, day: date) -> bool:
    return any(
        date.fromisoformat(pause["from"]) <= day
        and (pause["to"] is None or day <= date.fromisoformat(pause["to"]))
        for pause in version.pauses
    )


def measure(actor: Actor, measure_id: UUID) -> Measure | None:
    """One measure of a version that the actor may see."""
    rows = Measure.objects.filter(version__in=visible_to(actor)).select_related("version__list__owner")
    return rows.filter(pk=measure_id).first()


def measures_in_force(actor: Actor, day: date) -> list[Measure]:
    """Every measure whose version is in force on a day, by list and position."""
    begun = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))
    versions = visible_to(actor).filter(begun, state__in=PUBLIC).select_related("list")
    ids = [version.pk for version in versions if not _paused(version, day)]
    rows = Measure.objects.filter(version__in=ids).select_related("version__list__owner")
    return list(rows.order_by("version__list__position", "position"))


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure in two versions: added, removed, changed (with the columns) or the same."""

    code: str
    before: Measure | None
    after: Measure | None
    columns: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """`added`, `removed`, `changed` or `same`."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "changed" if self.columns else "same"


def compare(before: ListVersion | None, after: ListVersion) -> list[Difference]:
    """Every measure of two versions side by side, in the order of the newer one, removed ones last."""
    old = {row.code: row for row in before.measures.all()} if before else {}
    new = {row.code: row for row in after.measures.all()}
    found = [Difference(code, old.get(code), row, _changed(old.get(code), row)) for code, row in new.items()]
    return found + [Difference(code, row, None) for code, row in old.items() if code not in new]


def _changed(before: Measure | None, after: Measure) -> tuple[str, ...]:
    if before is None:
        return ()
    names = (name for name in WRITTEN if name != "position")
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def version_before(actor: Actor, version: ListVersion) -> ListVersion | None:
    """The version of the same list that was in force before this one, or is while this one is prepared."""
    rows = visible_to(actor).filter(list=version.list_id, number__lt=version.number, state__in=PUBLIC)
    return rows.prefetch_related("measures").order_by("-number").first()
