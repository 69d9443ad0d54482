"""What is known of one enterprise, as the judge takes it: each value with its period and source."""

from __future__ import annotations

from datetime import date

from lianzhang.kernel import FactValue, KnownFact, LianzhangError
from lianzhang.policy import derive
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
    return derive(found, on=on)
