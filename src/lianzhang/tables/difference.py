"""What an import would change: each good row compared with what is known, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import polars as pl

from lianzhang.tables.check import Checked
from lianzhang.tables.kinds import Kind


class Outcome(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"


class Known(Protocol):
    """What the caller knows already."""

    def match(self, rows: pl.DataFrame) -> pl.DataFrame:
        """For rows with `row` and a text for each key: `row`, `known` (its id, null for a new one) and `like`
        (ids of what it may be the same as, blank-separated; empty when it is clear). Further columns are kept."""
        ...

    def values(self, ids: pl.Series, keys: list[str]) -> pl.DataFrame:
        """For each id a row: `known`, and the present value of each key as canonical text or null."""
        ...


@dataclass(slots=True)
class Difference:
    """`outcomes` has `row`, `outcome`, `known`, `like`; `changes` has `row`, `key`, `old`, `new`.

    A blank cell says nothing and changes nothing.
    """

    outcomes: pl.DataFrame
    changes: pl.DataFrame
    errors: int

    def count(self, outcome: Outcome) -> int:
        """How many rows have this outcome."""
        return int((self.outcomes["outcome"] == outcome.value).sum())

    @property
    def counts(self) -> dict[str, int]:
        """The five counts of a preview."""
        return {**{item.value: self.count(item) for item in Outcome}, "errors": self.errors}


def compare(
    checked: Checked,
    known: Known,
    *,
    same: Mapping[str, Callable[[str, str], bool]] | None = None,
    additions_are_new: bool = False,
) -> Difference:
    """Compare the good rows of `checked` with what `known` knows.

    `same` tells for some keys whether a new and an old text say the same, where equality is too strict.
    `additions_are_new` counts rows of known things as new when nothing was known of any figure in them.
    """
    good = canonical(checked.good)
    found = known.match(good)
    outcomes = good.select("row").join(found, on="row", how="left", maintain_order="left")
    keys = [name for name in good.columns if name != "row"]
    ids = outcomes["known"].drop_nulls().unique()
    changes, kept = _no_changes(), pl.Series("row", [], dtype=pl.UInt32)
    if len(ids):
        changes, kept = _changes(good, outcomes, known.values(ids, keys), keys, same or {})
    changed = changes["row"].unique()
    fresh = pl.lit(False)
    if additions_are_new:
        before = pl.col("old").is_not_null() & pl.col("key").str.contains("@", literal=True)
        had = pl.concat([kept, changes.filter(before)["row"]]).unique()
        fresh = pl.col("row").is_in(changed.implode()) & ~pl.col("row").is_in(had.implode())
    outcomes = outcomes.with_columns(
        pl.when(pl.col("like").fill_null("") != "")
        .then(pl.lit(Outcome.DUPLICATE.value))
        .when(pl.col("known").is_null() | fresh)
        .then(pl.lit(Outcome.NEW.value))
        .when(pl.col("row").is_in(changed.implode()))
        .then(pl.lit(Outcome.CHANGED.value))
        .otherwise(pl.lit(Outcome.UNCHANGED.value))
        .alias("outcome")
    )
    return Difference(outcomes, changes, checked.bad_rows)


def by_year(good: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    """Yearly figures under keys with their year: a row of 2024 with `revenue` gets `revenue@2024`."""
    if "year" not in good.columns or not any(item.yearly for item in kind.fields):
        return good
    years = good["year"].drop_nulls().unique().sort().to_list()
    columns = []
    for series in good.iter_columns():
        field_id = series.name.rstrip("~")
        if series.name == "year" or field_id not in kind or not kind[field_id].yearly:
            columns += [series] if series.name != "year" else []
            continue
        mark = "~" if series.name.endswith("~") else ""
        for year in years:
            own = series.set((good["year"] != year).fill_null(True), None)
            if own.null_count() < len(own):
                columns.append(own.alias(f"{field_id}@{year}{mark}"))
    return pl.DataFrame(columns)


def canonical(good: pl.DataFrame) -> pl.DataFrame:
    """Every value as the text it is compared and stored by; qualifiers become part of it (`over 3000`)."""
    columns = []
    for series in good.iter_columns():
        if series.name == "row":
            columns.append(series)
        elif not series.name.endswith("~"):
            text = _text(series)
            if f"{series.name}~" in good.columns:
                text = _qualified(text, good[f"{series.name}~"])
            columns.append(text.alias(series.name))
    return pl.DataFrame(columns)


def _text(series: pl.Series) -> pl.Series:
    if series.dtype == pl.String:
        return series
    if series.dtype == pl.Date:
        return series.dt.to_string("%Y-%m-%d")
    # Decimals print with all their places; 1200.500000 is 1200.5.
    return series.cast(pl.String).str.strip_chars_end("0").str.strip_chars_end(".")


def _qualified(text: pl.Series, qualifier: pl.Series) -> pl.Series:
    frame = pl.DataFrame({"text": text, "word": qualifier})
    joined = (
        pl.when(pl.col("word").is_null()).then("text").otherwise(pl.concat_str("word", "text", separator=" "))
    )
    return frame.select(joined.alias("text")).to_series()


def _no_changes() -> pl.DataFrame:
    return pl.DataFrame(schema={"row": pl.UInt32, "key": pl.String, "old": pl.String, "new": pl.String})


def _changes(
    good: pl.DataFrame,
    outcomes: pl.DataFrame,
    current: pl.DataFrame,
    keys: list[str],
    same: Mapping[str, Callable[[str, str], bool]],
) -> tuple[pl.DataFrame, pl.Series]:
    """One row for each cell whose value is given and differs; and the rows whose figures say the same."""
    matched = outcomes.filter(pl.col("known").is_not_null()).select("row", "known")
    rows = matched.join(good, on="row", how="left", maintain_order="left")
    rows = rows.join(current, on="known", how="left", suffix="~old", maintain_order="left")
    parts, kept = [_no_changes()], [pl.Series("row", [], dtype=pl.UInt32)]
    for key in keys:
        old = f"{key}~old"
        if old not in rows.columns:
            continue
        differs = pl.col(key).ne_missing(pl.col(old))
        said = rows.filter(pl.col(key).is_not_null())
        part = said.filter(differs)
        if key in same and part.height:
            alike = [
                before is not None and same[key](now, before)
                for now, before in zip(part[key], part[old], strict=True)
            ]
            part = part.filter(~pl.Series(alike, dtype=pl.Boolean))
        if "@" in key:
            kept.append(said.filter(~differs)["row"])
        if part.height:
            parts.append(
                part.select(
                    "row", pl.lit(key).alias("key"), pl.col(old).alias("old"), pl.col(key).alias("new")
                )
            )
    return pl.concat(parts).sort("row", maintain_order=True), pl.concat(kept)
