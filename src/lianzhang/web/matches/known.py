"""What is known of one enterprise, as the judge takes it: each value with its period and source."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings

from lianzhang.kernel import FactValue, KnownFact, LianzhangError
from lianzhang.kernel.pack import open_pack
from lianzhang.policy import derive, size_class
from lianzhang.policy.size_class import standard_on
from lianzhang.web.chains.queries import chains_of
from lianzhang.web.registry.base_facts import value_of
from lianzhang.web.registry.current import newest_of, standings
from lianzhang.web.registry.queries import choices_of, cluster_of, values_of
from lianzhang.web.registry.titles import holdings_in_force, valid_on


def known_facts(enterprise_id: str, *, on: date) -> dict[str, FactValue | KnownFact | None]:
    """The value that counts for each fact, what follows from it, and the titles valid on the day.

    `holds` is absent while no title is on record: nobody has said that the enterprise holds none.
    """
    ids = cluster_of([enterprise_id])
    found: dict[str, FactValue | KnownFact | None] = {}
    for fact, standing in newest_of(standings(values_of(ids), choices_of(ids))).items():
        row = standing.current
        try:
            value = value_of(row)
        except LianzhangError:  # a value of an older dictionary: unknown rather than misread
            continue
        if value is not None:
            found[fact] = KnownFact(value, row.period or row.as_of.isoformat(), row.recording.source)
    holdings = list(holdings_in_force().filter(enterprise__in=ids))
    if holdings:
        held = frozenset(row.tier for row in holdings if row.tier and valid_on(row, on))
        found["holds"] = KnownFact(held, on.isoformat(), holdings[0].recording.source)
    placed = chains_of(ids)
    if placed and "chains" not in found:
        found["chains"] = KnownFact(placed, on.isoformat(), "推得：产业图谱上的落位")
    return _with_size(derive(found, on=on), on=on)


def _with_size(facts: dict[str, FactValue | KnownFact | None], *, on: date) -> dict[str, Any]:
    """The size class as well, where nobody stated it and the figures settle it."""
    if facts.get("size_class") is not None:
        return facts
    standard = standard_on(open_pack(settings.LIANZHANG_PACK), on)
    settled = size_class(standard, facts).settled
    if settled is not None:
        facts["size_class"] = KnownFact(settled, on.isoformat(), f"推得：{standard.title.zh}")
    return facts
