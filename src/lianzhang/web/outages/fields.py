"""One county, one sub-field (一县一细分领域) as the numbers see it: who is strong in what, what lies near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from lianzhang.metrics import Complexity, complexity, recommend_fields
from lianzhang.web.chains import queries as chains
from lianzhang.web.chains import standing
from lianzhang.web.chains.queries import Chain, County

#: Fewer firms than this on all maps together say nothing about a city.
FEWEST_FIRMS = 20


@dataclass(frozen=True, slots=True)
class Cell:
    """One county in one field: firms, location quotient (None where it is not defined)."""

    chain: Chain
    firms: int
    quotient: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One county: its fields, how concentrated they are (HHI over fields), what it chose, what the numbers say.

    `strongest`: the field with the highest location quotient of those with an advantage; `near`: the absent
    field that the model would add, with its score and parts (0 to 1).
    """

    county: County
    cells: tuple[Cell, ...]
    hhi: float | None
    chosen: str
    strongest: Chain | None
    near: Chain | None
    score: float | None
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Fields:
    """The whole table; `firms`: how many firms were counted."""

    rows: tuple[Row, ...]
    fields: tuple[Chain, ...]
    firms: int


def fields_of(parent: Chain, subs: Sequence[Chain]) -> Fields | None:
    """The table for an overall chain; None while too few firms have been placed to say anything.

    Firms are counted, not employees or output: those are not known of most of them.
    """
    counts: dict[tuple[str, str], set[str]] = {}
    for chain in subs:
        for firms in standing.firms_of(chain).values():
            for firm in firms:
                if firm.county:
                    counts.setdefault((firm.county, chain.pk), set()).add(firm.id)
    everybody = set().union(*counts.values()) if counts else set()
    if len(everybody) < FEWEST_FIRMS:
        return None
    table = pl.DataFrame(
        [(county, field, float(len(ids))) for (county, field), ids in sorted(counts.items())],
        schema={"region": pl.String, "field": pl.String, "value": pl.Float64},
        orient="row",
    )
    measured = complexity(table)
    near = {row["region"]: row for row in recommend_fields(measured, most=2).chosen.iter_rows(named=True)}
    named = {chain.pk: chain for chain in subs}
    choices = {choice.county_id: choice.sub_field for choice in chains.choices_of(parent)}
    rows = [
        _row(county, subs, counts, measured, near.get(county.pk), named, choices.get(county.pk, ""))
        for county in chains.every_county()
    ]
    return Fields(tuple(rows), tuple(subs), len(everybody))


def _row(
    county: County,
    subs: Sequence[Chain],
    counts: dict[tuple[str, str], set[str]],
    measured: Complexity,
    near: dict[str, object] | None,
    named: dict[str, Chain],
    chosen: str,
) -> Row:
    numbers = [len(counts.get((county.pk, chain.pk), ())) for chain in subs]
    quotients = [_quotient(measured, county.pk, chain.pk) for chain in subs]
    strong = [(value, at) for at, value in enumerate(quotients) if value is not None and value >= 1]
    total = sum(numbers)
    field = named.get(str(near["field"])) if near and near["field"] else None
    parts = ("density", "complexity")
    return Row(
        county=county,
        cells=tuple(Cell(*cell) for cell in zip(subs, numbers, quotients, strict=True)),
        hhi=sum((number / total) ** 2 for number in numbers) if total else None,
        chosen=chosen,
        strongest=subs[max(strong)[1]] if strong else None,
        near=field,
        score=_number(near["score"]) if near and field else None,
        parts=tuple((name, _number(near[name]) or 0.0) for name in parts) if near and field else (),
    )


def _quotient(measured: Complexity, county: str, field: str) -> float | None:
    row, column = measured.regions.index_of(county), measured.fields.index_of(field)
    return None if row is None or column is None else _number(measured.rca[row, column])


def _number(value: object) -> float | None:
    found = float(value) if isinstance(value, int | float | np.floating) else float("nan")
    return None if np.isnan(found) else found
