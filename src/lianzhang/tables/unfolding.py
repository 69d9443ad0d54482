"""Tables with a column for each period, or for each kind of money: one row for each thing that is stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import takewhile

import polars as pl

from lianzhang.tables.check import NOTHING_TO_KEEP, Checked
from lianzhang.tables.money import MONEY

#: The period and the money that some columns state something of.
_Of = tuple[str, str]
_PLACE = "place"


def each_statement(checked: Checked) -> None:
    """Give each period and each money of a good row a row of its own, with the period and `currency` as values.

    Further rows get numbers behind the last one; `checked.parts` knows which row of the sheet they are of.
    """
    stated = _stated(checked)
    if not stated:
        return
    dated = {key for keys in stated.values() for key in keys.values()}
    kept = [name for name in checked.good.columns if name.rstrip(f"~{MONEY}") not in dated]
    parts = [
        _one(checked, of, stated, kept).with_columns(pl.lit(place).alias(_PLACE))
        for place, of in enumerate(stated)
    ]
    told = pl.concat(parts, how="diagonal").sort("row", _PLACE, maintain_order=True).drop(_PLACE)
    silent = checked.good.filter(~pl.col("row").is_in(told["row"].implode()))["row"].to_list()
    told = told.select(name for name in told.columns if told[name].null_count() < told.height or name in kept)
    checked.refuse_rows(silent, "", NOTHING_TO_KEEP)
    if told["row"].is_duplicated().any():
        told = told.with_columns(part_numbers(checked, told["row"]))
    checked.good = told


def part_numbers(checked: Checked, rows: pl.Series) -> pl.Series:
    """A number of its own for each of these rows, like ones together: the first keeps that of the sheet, those of
    further ones stand in `parts`."""
    numbers, further, before = [], max([int(checked.rows.numbers.max()), *checked.parts]) + 1, None
    for row in rows.to_list():
        numbers.append(further if row == before else row)
        if row == before:
            checked.parts[further] = checked.parts.get(row, row)
            further += 1
        before = row
    return pl.Series("row", numbers, dtype=pl.UInt32)


def _stated(checked: Checked) -> dict[_Of, dict[str, str]]:
    """By period and money the key of each field that is stated so; what was counted is there for every money."""
    kind = checked.kind
    keys = [name for name in checked.good.columns if not name.endswith(("~", MONEY))]
    told = [
        (key, *_parts(key)) for key in keys if (field := key.split("@")[0]) in kind and kind[field].dated_by
    ]
    found: dict[_Of, dict[str, str]] = {}
    for key, field, of in sorted(told, key=lambda one: (one[2][0], not kind[one[1]].foreign)):
        alike = [] if kind[field].foreign else [other for other in found if other[0] == of[0]]
        for one in alike or [of]:
            found.setdefault(one, {})[field] = key
    return found


def _parts(key: str) -> tuple[str, _Of]:
    field, period, money = (*key.split("@"), "", "")[:3]
    return field, (period, money)


def _one(
    checked: Checked, of: _Of, stated: Mapping[_Of, Mapping[str, str]], kept: Iterable[str]
) -> pl.DataFrame:
    """The rows that state something of one period and money."""
    good, columns, keys = checked.good, [pl.col(name) for name in kept], stated[of]
    units = {column.key: column.unit for column in checked.columns}
    for field, key in keys.items():
        value = (
            pl.col(key) if checked.kind[field].foreign else pl.when(_told_here(checked, of, stated)).then(key)
        )
        columns.append(value.alias(field))
        if f"{key}~" in good.columns:
            columns.append(pl.col(f"{key}~").alias(f"{field}~"))
        if f"{key}{MONEY}" in good.columns:
            columns.append(pl.col(f"{key}{MONEY}").alias("currency"))
        if not checked.kind[field].unit and units.get(key):
            columns.append(pl.lit(units[key]).alias(f"{field}_unit"))
    rows = good.select(columns).filter(pl.any_horizontal(pl.col(field).is_not_null() for field in keys))
    dated_by = {checked.kind[field].dated_by for field in keys}
    return rows.with_columns(pl.lit(of[0]).alias(field) for field in dated_by if of[0])


def _told_here(checked: Checked, of: _Of, stated: Mapping[_Of, Mapping[str, str]]) -> pl.Expr:
    """Whether what was counted in the period is told with this money: the first in which its row has an amount."""
    amounts = {
        other: next((pl.col(key) for field, key in keys.items() if checked.kind[field].foreign), pl.lit(None))
        for other, keys in stated.items()
        if other[0] == of[0]
    }
    before = [amounts[other].is_null() for other in takewhile(lambda other: other != of, amounts)]
    if not before:
        return amounts[of].is_not_null() | pl.all_horizontal(amount.is_null() for amount in amounts.values())
    return amounts[of].is_not_null() & pl.all_horizontal(before)
