"""What the preview of an import shows, as JSON: counts, columns, the first of everything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import polars as pl

from lianzhang.kernel import Period, Text
from lianzhang.tables import Checked, Column, Kind
from lianzhang.tables.difference import Outcome
from lianzhang.web.imports.answers import NEW, Taken, address
from lianzhang.web.imports.examining import Examined
from lianzhang.web.imports.held import is_tick
from lianzhang.web.registry.actions.seal import masked
from lianzhang.web.registry.queries import names_of

#: Of each list so many are shown; the counts tell of all.
FIRST_FAULTS, FIRST_CHANGES, FIRST_DUPLICATES, FIRST_LINKED, FIRST_APART = 100, 100, 200, 200, 50
#: Of the enterprises that a name may mean so many are offered.
_OFFERED = 20


def preview_of(examined: Examined) -> dict[str, Any]:
    """Everything the page needs; none of it is needed to commit, which looks again."""
    checked, difference = examined.checked, examined.difference
    return {
        "format": examined.book.format,
        "encoding": examined.book.encoding,
        "sheet": checked.sheet.name,
        "header": checked.layout.header + 1,
        "header_rows": checked.layout.height,
        "unit": checked.layout.unit,
        "total": checked.total,
        "statements": checked.good.height if checked.parts else 0,
        "hidden": hidden_rows(checked),
        "filtered": checked.sheet.filtered,
        "hidden_sheets": list(examined.book.hidden),
        "counts": difference.counts,
        "bad_cells": sum(checked.by_rule().values()),
        "by_rule": checked.by_rule(),
        "totals": list(checked.rows.totals[:20]),
        "empty": checked.rows.empty,
        "columns": columns_of(checked.columns, checked.rows.cells, checked.kind),
        "faults": [
            {
                "row": fault.row,
                "column": fault.column,
                "value": fault.value.strip()[:80],
                "rule": fault.rule,
                "zh": fault.reason.zh,
                "en": fault.reason.en,
            }
            for fault in checked.faults(FIRST_FAULTS)
        ],
        "changes": _changes(examined),
        "duplicates": _duplicates(examined),
        "linked": _linked(examined),
        "other_sheets": list(examined.others),
        "overruled": [
            {
                "zh": checked.kind[one.field].label.zh,
                "en": checked.kind[one.field].label.en,
                "stated": one.stated,
                "told": one.told,
            }
            for one in examined.overruled
        ],
        "apart": _first(examined.several.apart),
        "apart_count": len(examined.several.apart),
        "doubtful": _first(examined.several.doubtful),
        "doubtful_count": len(examined.several.doubtful),
        "silent": examined.against.silent,
        "contradicted": [asdict(one) for one in examined.against.contradicted[:FIRST_APART]],
        "contradicted_count": len(examined.against.contradicted),
    }


def hidden_rows(checked: Checked) -> int:
    """How many rows of data a person does not see in the sheet; they are read like all others."""
    return int(np.isin(checked.rows.numbers, np.array(checked.sheet.hidden, np.int64)).sum())


def _first(rows: Mapping[int, Any]) -> list[dict[str, Any]]:
    """The first cells that hold several titles, or may."""
    return [{"row": row, "said": rows[row]} for row in sorted(rows)[:FIRST_APART]]


def columns_of(columns: Iterable[Column], cells: pl.DataFrame, kind: Kind) -> list[dict[str, Any]]:
    """What each column was taken for, with an example of what stands in it."""
    found = []
    for column in columns:
        values = cells[:, column.index].head(60).drop_nulls().to_list()
        sample = next((value.strip() for value in values if value.strip()), "")
        if not column.heading.text and not column.field and not sample:
            continue
        item = kind[column.field] if column.field else None
        found.append(
            {
                "index": column.index,
                "header": column.heading.text,
                "field": column.field,
                "zh": item.label.zh if item else "",
                "en": item.label.en if item else "",
                "how": column.how.value,
                "guess": column.is_guess,
                "unit": (column.unit or item.unit) if item else "",
                "year": column.year,
                "period": Period.parse(column.year).label() if column.year else "",
                "title": column.title,
                "level": column.level if column.level not in column.title else "",
                "why": column.why,
                "sample": shown(column.field, sample[:40]),
            }
        )
    return found


def shown(field: str, text: str) -> str:
    """A value as it may be kept beside the file: telephone numbers are masked everywhere."""
    return masked(text) if field == "contact_phone" else text


def _names(examined: Examined, rows: list[int]) -> dict[int, str]:
    good, fields = examined.checked.good, examined.checked.kind
    column = next(
        (name for name in ("name", "project", "supplier") if name in good.columns and name in fields), ""
    )
    if not column:
        return {}
    return dict(good.filter(pl.col("row").is_in(rows)).select("row", column).rows())


def _periods(examined: Examined, rows: list[int]) -> dict[int, Period]:
    """Of what a sheet with a column for each period states, the period; a row of it may state several."""
    good, fields = examined.checked.good, {item.dated_by for item in examined.checked.kind.fields}
    field = next((name for name in fields if name and name in good.columns), "")
    told = good.filter(pl.col("row").is_in(rows)).select("row", field).drop_nulls().rows() if field else []
    return {row: Period.parse(text) for row, text in told}


def _changes(examined: Examined) -> list[dict[str, Any]]:
    undecided = examined.difference.outcomes.filter(pl.col("outcome") != Outcome.CHANGED.value)["row"]
    part = examined.difference.changes.filter(~pl.col("row").is_in(undecided.implode())).head(FIRST_CHANGES)
    names = _names(examined, part["row"].to_list())
    kind = examined.checked.kind
    found = []
    periods = _periods(examined, part["row"].to_list())
    for row, key, old, new in part.iter_rows():
        field, _, year = key.partition("@")
        label = kind[field].label
        if is_tick(key):
            label, year = Text(f"称号：{year.partition('@')[0]}", f"title {year.partition('@')[0]}"), ""
        when = periods.get(row) or (Period.parse(year) if year else None)
        found.append(
            {
                "row": examined.checked.parts.get(row, row),
                "field": field,
                "name": names.get(row, ""),
                "zh": f"{when.label() if when else ''}{label.zh}",
                "en": f"{label.en} {when.label('en') if when else ''}".strip(),
                "old": old,
                "new": shown(field, new),
            }
        )
    return found


def _linked(examined: Examined) -> list[dict[str, Any]]:
    """Whom names that are written otherwise were taken for, and what people said: both may be changed."""
    good = set(examined.checked.good["row"]) - examined.checked.parts.keys()
    kept = [
        one
        for one in sorted(examined.taken.values(), key=lambda one: (one.row, one.end))
        if (one.answer and one.row not in examined.checked.parts) or (one.firm and one.row in good)
    ][:FIRST_LINKED]
    firms = names_of(pk for one in kept for pk in (one.firm, *one.candidates))
    return [
        {
            **_spoken_of(one),
            "id": one.firm,
            "firm": firms.get(one.firm, ""),
            "answer": one.answer,
            "by": one.said.by if one.said else "",
            "on": one.said.on.isoformat() if one.said else "",
        }
        for one in kept
    ]


def _spoken_of(one: Taken) -> dict[str, Any]:
    """A name and whom it may mean, as a form and what is remembered of it need them."""
    like = list(one.candidates[:_OFFERED])
    if one.answer and one.answer != NEW and one.answer not in like:
        like = [*like[:-1], one.answer]
    return {"row": one.row, "address": one.address, "name": one.name, "code": one.code, "like": like}


def _duplicates(examined: Examined) -> list[dict[str, Any]]:
    return [_spoken_of(one) for one in duplicates(examined, FIRST_DUPLICATES)]


def duplicates(examined: Examined, limit: int | None = None) -> list[Taken]:
    """The names that wait for a person, each with the enterprises that it may mean."""
    outcomes, parts = examined.difference.outcomes, list(examined.checked.parts)
    asked = (pl.col("outcome") == Outcome.DUPLICATE.value) & ~pl.col("row").is_in(parts)
    rows = outcomes.filter(asked)["row"]
    return [examined.taken[address(row, "name")] for row in (rows if limit is None else rows.head(limit))]


def remembered(examined: Examined) -> list[Taken]:
    """The names that an earlier answer decided, in the order of the rows."""
    kept = [one for one in examined.taken.values() if one.answer and one.said is not None]
    return sorted(kept, key=lambda one: (one.row, one.end))
