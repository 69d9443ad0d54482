"""Follow the registry: place again the enterprises whose words have changed since they were last placed."""

from __future__ import annotations

from hashlib import blake2b

import polars as pl
from django.db import transaction

from lianzhang.casework import PROGRAM
from lianzhang.web.chains.actions.place import place_among
from lianzhang.web.chains.models import Chain, PlacedText, PlacingRun
from lianzhang.web.chains.placing import registry_table

_AT_ONCE = 2000


def follow() -> int:
    """Place changed, new and departed enterprises again on every map the registry was placed on; how many changed.

    Proposals follow the words; what a person confirmed stays, and is marked where its words are gone.
    """
    if not PlacingRun.objects.exists():
        return 0
    with transaction.atomic():
        placed = Chain.objects.filter(maps__runs__isnull=False).distinct().values_list("pk", flat=True)
        chains = list(Chain.objects.select_for_update().filter(pk__in=list(placed)))
        table = registry_table()
        now, before = _marks(table), dict(PlacedText.objects.values_list("enterprise", "mark"))
        changed = [each for each, mark in now.items() if before.get(each) != mark]
        gone = [each for each in before if each not in now]
        if changed or gone:
            for chain in chains:
                place_among(PROGRAM, chain, [*changed, *gone], table)
            _keep({each: now[each] for each in changed}, gone)
    return len(changed) + len(gone)


def _marks(table: pl.DataFrame) -> dict[str, str]:
    """A hash of what placing reads of each enterprise."""
    columns = ("uscc", "name", "scope", "products", "industry")
    return {
        row[0]: blake2b(repr(row[1:]).encode(), digest_size=16).hexdigest()
        for row in table.select(columns).iter_rows()
    }


def _keep(marks: dict[str, str], gone: list[str]) -> None:
    PlacedText.objects.bulk_create(
        [PlacedText(enterprise=each, mark=mark) for each, mark in marks.items()],
        batch_size=_AT_ONCE,
        update_conflicts=True,
        update_fields=["mark"],
        unique_fields=["enterprise"],
    )
    for start in range(0, len(gone), _AT_ONCE):
        PlacedText.objects.filter(pk__in=gone[start : start + _AT_ONCE]).delete()
