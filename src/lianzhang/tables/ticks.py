"""Titles that are ticked in columns of their own: what is said to be held, what is said not to be."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from lianzhang.tables.check import Checked
from lianzhang.tables.mapping import TICKED
from lianzhang.tables.unfolding import part_numbers
from lianzhang.tables.values.ticks import NO, YES

#: What else a list says of a title goes for those that are ticked only where no column of the row names another one.
_OF_TITLE = (
    "level",
    "batch",
    "awarded",
    "valid_until",
    "state",
    "rechecked",
    "state_on",
    "because",
    "document",
)


def _nobody() -> pl.DataFrame:
    return pl.DataFrame(
        schema=dict.fromkeys(("name", "credit_code", "title", "level"), pl.String) | {"row": pl.UInt32}
    )


@dataclass(slots=True)
class Ticks:
    """Rows of the sheet that say nothing of any title; by row of `good` the ticked titles; what is said not to be."""

    silent: list[int] = field(default_factory=list)
    held: frozenset[int] = frozenset()
    #: `row`, `name`, `credit_code`, `title`, `level`
    denied: pl.DataFrame = field(default_factory=_nobody)


def take_ticks(checked: Checked) -> Ticks:
    """Take what the columns of ticks of the good rows say.

    A list of titles gets a row for each ticked title. A table of enterprises keeps a column for each, with 是 where the
    title is held. 否 and blank cells say nothing there: that a title is not held is for people to look at.
    """
    columns = [
        column for column in checked.columns if column.field == TICKED and column.key in checked.good.columns
    ]
    if not columns:
        return Ticks()
    keys = list(dict.fromkeys(column.key for column in columns))
    parts = {column.key: (column.title, column.level) for column in columns}
    denied = _long(checked.good, keys, NO)
    told = [parts[key] for key in denied["key"]]
    denied = denied.drop("key").with_columns(
        pl.Series("title", [title for title, _ in told], dtype=pl.String),
        pl.Series("level", [level for _, level in told], dtype=pl.String),
    )
    if "title" not in checked.kind:
        held = [pl.when(pl.col(key) == YES).then(key).alias(key) for key in keys]
        checked.good = checked.good.with_columns(held)
        return Ticks(denied=denied)
    return _rows(checked, keys, parts, denied)


def _long(good: pl.DataFrame, keys: list[str], said: str) -> pl.DataFrame:
    """Each cell that says so: `row`, `name`, `credit_code`, `key`."""
    who = [
        pl.col(name) if name in good.columns else pl.lit(None, dtype=pl.String).alias(name)
        for name in ("name", "credit_code")
    ]
    long = [good.filter(pl.col(key) == said).select("row", *who, pl.lit(key).alias("key")) for key in keys]
    return pl.concat(long).sort("row", maintain_order=True)


def _rows(
    checked: Checked, keys: list[str], parts: dict[str, tuple[str, str]], denied: pl.DataFrame
) -> Ticks:
    """The list with a row for each title; the first of a row of the sheet keeps its number."""
    good = checked.good.drop(keys)
    has_title = "title" in good.columns
    nothing = pl.lit(None, dtype=pl.String)
    own = good.filter(pl.col("title").is_not_null()) if has_title else good.clear()
    ticks = (
        _long(checked.good, keys, YES)
        .select("row", "key")
        .join(good, on="row", how="left", maintain_order="left")
    )
    ticks = ticks.with_columns(
        pl.Series("title", [parts[key][0] for key in ticks["key"]], dtype=pl.String),
        pl.Series("own_level", [parts[key][1] or None for key in ticks["key"]], dtype=pl.String),
    )
    beside = [name for name in _OF_TITLE if name in ticks.columns and has_title]
    ticks = ticks.with_columns(pl.lit(None, dtype=good.schema[name]).alias(name) for name in beside)
    level = pl.col("level") if "level" in ticks.columns else nothing
    ticks = ticks.with_columns(pl.coalesce("own_level", level).alias("level")).drop("key", "own_level")
    told = pl.concat(
        [own.with_columns(ticked=False), ticks.with_columns(ticked=True)], how="diagonal_relaxed"
    )
    told = told.sort("row", maintain_order=True)
    told = told.with_columns(part_numbers(checked, told["row"]))
    held = frozenset(told.filter("ticked")["row"].to_list())
    silent = good.filter(~pl.col("row").is_in([checked.parts.get(row, row) for row in told["row"]]))[
        "row"
    ].to_list()
    checked.good = told.drop("ticked", *([] if told["level"].null_count() < told.height else ["level"]))
    return Ticks(silent, held, denied)
