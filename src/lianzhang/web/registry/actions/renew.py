"""Exports and supply links said anew: the later word takes the place of the earlier one, which stays to be read.

Both would count otherwise, and sums over the registry would hold the same goods twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from django.db.models import Q

from lianzhang.tables.values.currencies import YUAN, currency_of
from lianzhang.web.registry import queries
from lianzhang.web.registry.entries import Entries, ExportEntry, SupplyEntry
from lianzhang.web.registry.models import Enterprise, ExportRecord, Recording, SupplyLink
from lianzhang.web.registry.search_keys import name_key

#: What a blank cell leaves as it was: a number, and what belongs to it.
_MONEY, _PIECES = ("amount", "unit", "qualifier"), ("quantity", "quantity_unit")
_AT_ONCE = 500
Entry = TypeVar("Entry", ExportEntry, SupplyEntry)


class Renewal:
    """The standing records of which `entries` speak, by what makes two records one."""

    def __init__(self, entries: Entries) -> None:
        ids = replace(entries, new=(), names=(), values=(), titles=(), brands=(), contacts=()).enterprises()
        group = queries.cluster_of(ids) if ids else []
        heads = Enterprise.objects.filter(pk__in=group).values_list("pk", "merged_into_id")
        self._heads = {pk: head or pk for pk, head in heads}
        self._there: dict[tuple[str, ...], list[Any]] = defaultdict(list)
        if entries.exports:
            for row in _standing(ExportRecord, ("enterprise",), group):
                self._there[self._of_export(row.enterprise_id, row)].append(row)
        if entries.supply:
            for row in _standing(SupplyLink, ("buyer", "supplier"), group):
                self._there[self._of_supply(row.supplier_id, row.buyer_id, row)].append(row)
        self._taken: list[Any] = []

    def of(self, entries: Entries) -> Entries:
        """The entries with what they leave blank and the earlier records say."""
        return replace(
            entries,
            exports=[self._export(entry) for entry in entries.exports],
            supply=[self._supply(entry) for entry in entries.supply],
        )

    def take_places(self, recording: Recording) -> None:
        """Let the records of which the entries spoke count no longer."""
        for model in (ExportRecord, SupplyLink):
            ids = [row.pk for row in self._taken if isinstance(row, model)]
            for start in range(0, len(ids), _AT_ONCE):
                some = model._default_manager.filter(pk__in=ids[start : start + _AT_ONCE])
                some.update(superseded=recording)

    def _export(self, entry: ExportEntry) -> ExportEntry:
        before = self._there.pop(self._of_export(entry.enterprise, entry), [])
        self._taken += before
        return _filled(entry, before, _MONEY, _PIECES)

    def _supply(self, entry: SupplyEntry) -> SupplyEntry:
        before = self._there.pop(self._of_supply(entry.supplier, entry.buyer, entry), [])
        self._taken += before
        return _filled(entry, before, _MONEY)

    def _of_export(self, enterprise: str, row: Any) -> tuple[str, ...]:
        money = currency_of(row.unit) or YUAN  # what was said in dollars is not said anew in yuan
        return ("export", self._heads.get(enterprise, enterprise), row.period, row.product, row.market, money)

    def _of_supply(self, supplier: str | None, buyer: str | None, row: Any) -> tuple[str, ...]:
        ends = ((supplier, row.supplier_name), (buyer, row.buyer_name))
        said = (self._heads.get(pk, pk) if pk else name_key(name) for pk, name in ends)
        return ("supply", *said, row.product, row.period)


def _standing(model: Any, ends: Sequence[str], group: Sequence[str]) -> Iterable[Any]:
    found: dict[int, Any] = {}
    for start in range(0, len(group), _AT_ONCE):
        some = group[start : start + _AT_ONCE]
        about = Q()
        for end in ends:
            about |= Q(**{f"{end}__in": some})
        found.update({row.pk: row for row in model.objects.filter(about, **queries.STANDING)})
    return (found[pk] for pk in sorted(found))


def _filled(entry: Entry, before: Sequence[Any], *groups: tuple[str, ...]) -> Entry:
    """The entry with the numbers that it leaves blank, from the latest earlier record that has them."""
    for names in groups:
        if getattr(entry, names[0]) is None:
            said = next((row for row in reversed(before) if getattr(row, names[0]) is not None), None)
            if said is not None:
                entry = replace(entry, **{name: getattr(said, name) for name in names})
    return entry
