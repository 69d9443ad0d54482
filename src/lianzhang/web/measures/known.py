"""What is known of one enterprise, or of all at once, as the judge takes it: stated values and what follows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl
from django.conf import settings

from lianzhang.kernel import FactValue, KnownFact, LianzhangError, fact_dictionary
from lianzhang.kernel.fact import Fact, FactType
from lianzhang.kernel.pack import open_pack
from lianzhang.policy import DERIVATIONS, derive, size_class
from lianzhang.policy.size_class import standard_on
from lianzhang.web.chains.queries import chains_by_enterprise, chains_of
from lianzhang.web.registry.base_facts import value_of
from lianzhang.web.registry.current import newest_of, standings
from lianzhang.web.registry.frames import enterprise_frame
from lianzhang.web.registry.queries import choices_of, cluster_of, values_of
from lianzhang.web.registry.same_titles import tier_of
from lianzhang.web.registry.titles import holdings_in_force, tiers_held


def known_facts(enterprise_id: str, *, on: date) -> dict[str, FactValue | KnownFact | None]:
    """The value that counts for each fact, what follows from it, and the titles valid on the day.

    `holds` is absent while no title of any tier is on record: nobody has said that the enterprise holds none.
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
    held = tiers_held(holdings, on)
    if held is not None:
        first = next(row for row in holdings if tier_of(row))
        found["holds"] = KnownFact(held, on.isoformat(), first.recording.source)
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


#: What the size class follows from, besides the industry.
_SIZED_BY = ("size_industry", "employees", "revenue_ly", "total_assets")


def known_frame(*, on: date, facts: Iterable[str] | None = None) -> pl.DataFrame:
    """One row an enterprise with `id`, `name`, `sample` and what is known: the same as `known_facts` of each.

    `facts` names those that are wanted; what they follow from is read as well.
    """
    dictionary = fact_dictionary(open_pack(settings.LIANZHANG_PACK))
    wanted = None if facts is None else _with_sources({name for name in facts if name in dictionary})
    frame = enterprise_frame(as_of=on, facts=wanted)
    derived = [rule.fact for rule in DERIVATIONS] + ["size_class", "chains"]
    derived = [name for name in dict.fromkeys(derived) if wanted is None or name in wanted]
    sources = [name for name in _with_sources(set(derived)) if name in frame.columns]
    placed = chains_by_enterprise() if "chains" in derived else {}
    found: dict[str, list[Any]] = {name: [] for name in derived}
    for row in frame.iter_rows(named=True):
        known = {name: _known(row, name) for name in sources if row[name] is not None}
        if "chains" in found and "chains" not in known and row["id"] in placed:
            known["chains"] = placed[row["id"]]
        known = _with_size(derive(known, on=on), on=on)
        for name, column in found.items():
            column.append(_bare(known.get(name)))
    columns = [pl.Series(name, column, _kind(dictionary[name])) for name, column in found.items()]
    return frame.with_columns(columns)


def _with_sources(names: set[str]) -> set[str]:
    """The facts and those from which they can follow, at any remove."""
    found = set(names)
    if "size_class" in found:
        found.update(_SIZED_BY)
    for rule in reversed(DERIVATIONS):
        if rule.fact in found:
            found.update(rule.needs)
    return found


def _known(row: dict[str, Any], name: str) -> FactValue | KnownFact:
    value = frozenset(row[name]) if isinstance(row[name], list) else row[name]
    period = row.get(f"{name}__period")
    return KnownFact(value, period) if period else value


def _bare(known: FactValue | KnownFact | None) -> Any:
    value = known.value if isinstance(known, KnownFact) else known
    return sorted(value) if isinstance(value, frozenset) else value


def _kind(fact: Fact) -> Any:
    kinds: dict[FactType, Any] = {
        FactType.NUMBER: pl.Decimal(38, 6),
        FactType.INTEGER: pl.Int64,
        FactType.BOOLEAN: pl.Boolean,
        FactType.DATE: pl.Date,
        FactType.CHOICES: pl.List(pl.String),
    }
    return kinds.get(fact.type, pl.String)
