"""Compute the columns of `Enterprise` again from the rows they repeat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F

from lianzhang.web.registry import queries
from lianzhang.web.registry.actions.bulk import update
from lianzhang.web.registry.current import COLUMNS, columns_of
from lianzhang.web.registry.models import Enterprise, EnterpriseName, EnterpriseValue, ValueChoice

#: Enterprises looked at together: keeps the lists of ids and the rows in memory short.
_AT_ONCE = 500


def refresh(ids: Iterable[str], *, bump: bool = False) -> None:
    """Write the columns of these enterprises, and of those they are merged into, as their rows have them.

    `bump` raises the version, so that a page opened before is told. Part of the caller's transaction.
    """
    wanted = set(ids)
    if not wanted:
        return
    with transaction.atomic():
        for some in _chunks(sorted(wanted | _heads(wanted))):
            _refresh(some, bump=bump)


def raise_version(ids: Iterable[str]) -> None:
    """Let pages that were opened before know that there is something new."""
    with transaction.atomic():
        for some in _chunks(sorted(ids)):
            Enterprise.objects.filter(pk__in=some).update(version=F("version") + 1)


def _heads(ids: set[str]) -> set[str]:
    heads: set[str] = set()
    for some in _chunks(sorted(ids)):
        rows = Enterprise.objects.filter(pk__in=some).exclude(merged_into=None)
        heads.update(rows.values_list("merged_into_id", flat=True))
    return heads


def _chunks(ids: list[str]) -> Iterable[list[str]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _refresh(ids: list[str], *, bump: bool) -> None:
    rows = {row.pk: row for row in Enterprise.objects.filter(pk__in=ids)}
    #: Whose rows count for whom: its own, and for the head of a merger those of the merged.
    shown_by: dict[str, list[str]] = {pk: [pk] for pk in rows}
    merged = Enterprise.objects.filter(merged_into__in=rows).values_list("pk", "merged_into_id")
    for member, head in merged:
        shown_by[head].append(member)
    members = {member for group in shown_by.values() for member in group}
    names = _by_enterprise(EnterpriseName.objects.filter(**queries.STANDING), members)
    listed = EnterpriseValue.objects.filter(fact__in=queries.LISTED_FACTS, **queries.IN_FORCE)
    values = _by_enterprise(listed.select_related("recording"), members)
    choices = _by_enterprise(ValueChoice.objects.filter(fact__in=queries.LISTED_FACTS), members)
    changed = []
    for row in rows.values():
        group = shown_by[row.pk]
        found = columns_of(
            [name for member in group for name in names[member]],
            [value for member in group for value in values[member]],
            [choice for member in group for choice in choices[member]],
            name=row.name,
        )
        # The head keeps its own name; those of the merged are further names by which it is found.
        found["name"] = columns_of(names[row.pk], (), name=row.name)["name"]
        if any(getattr(row, column) != found[column] for column in COLUMNS):
            changed.append((*(found[column] for column in COLUMNS), row.pk))
    update(Enterprise, COLUMNS, changed)
    if bump:
        raise_version(rows)


def _by_enterprise(rows: Any, ids: set[str]) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = defaultdict(list)
    for row in rows.filter(enterprise__in=ids):
        grouped[row.enterprise_id].append(row)
    return grouped
