"""Columns of facts: small in memory, and value by value what the table said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from lianzhang.engines import Column, Match, TableError, read_columns
from lianzhang.engines.columns import empty_column
from tests.agreement import trees

FACTS = trees.FACTS
TABLE = pl.DataFrame(
    {
        "id": ["a", "b", "c"],
        "revenue_ly": [1.25, None, 3.0],
        "employees": [7, 8, None],
        "has_own_brand": [True, None, False],
        "size_class": ["small", None, "small"],
        "holds": [["gazelle", "little_giant"], None, []],
        "established_on": [date(2020, 2, 29), None, date(1969, 12, 31)],
    }
)
SAID = {
    "revenue_ly": [Decimal("1.25"), None, Decimal(3)],
    "employees": [7, 8, None],
    "has_own_brand": [True, None, False],
    "size_class": ["small", None, "small"],
    "holds": [frozenset({"gazelle", "little_giant"}), None, frozenset()],
    "established_on": [date(2020, 2, 29), None, date(1969, 12, 31)],
}


def values(column: Column) -> list[object]:
    return [column.value(row) for row in range(len(column))]


@pytest.mark.parametrize("name", SAID)
def test_a_column_says_what_the_table_said(name: str) -> None:
    column = read_columns(TABLE, FACTS)[name]
    assert values(column) == SAID[name]
    assert column.known.tolist() == [value is not None for value in SAID[name]]


@pytest.mark.parametrize("name", SAID)
def test_a_changed_value_stands_and_the_others_stay(name: str) -> None:
    column, said = read_columns(TABLE, FACTS)[name], list(SAID[name])
    for row, value in ((1, said[0]), (0, None), (2, said[2])):
        column.change(row, value)
        said[row] = value
    assert values(column) == said
    assert TABLE[name].null_count() == SAID[name].count(None)  # the table itself is left alone


def test_a_word_that_nobody_had_can_be_written_many_times_over() -> None:
    column = empty_column(FACTS["holds"], 400)
    for row in range(400):
        column.change(row, frozenset({f"title {row}"}))
    assert values(column) == [frozenset({f"title {row}"}) for row in range(400)]


@pytest.mark.parametrize("name", SAID)
def test_a_fact_that_the_table_lacked_starts_unknown(name: str) -> None:
    column = empty_column(FACTS[name], 2)
    column.change(1, SAID[name][0])
    assert values(column) == [None, SAID[name][0]]


def test_a_file_that_is_not_read_yet_gives_the_same_columns(tmp_path: Path) -> None:
    TABLE.write_parquet(tmp_path / "registry.parquet")
    columns = read_columns(pl.scan_parquet(tmp_path / "registry.parquet"), FACTS)
    assert {name: values(column) for name, column in columns.items()} == SAID


def test_a_file_that_is_not_read_yet_is_judged_the_same(tmp_path: Path) -> None:
    rules, table = trees.rules(20, seed=31), trees.frame(trees.enterprises(70, seed=32))
    table.write_parquet(tmp_path / "registry.parquet")
    lazy = Match(rules, pl.scan_parquet(tmp_path / "registry.parquet"), FACTS, on=trees.DAY).run()
    assert lazy.rows == 70
    assert lazy.counts() == Match(rules, table, FACTS, on=trees.DAY).run().counts()


def test_a_number_that_is_none_is_refused_in_a_file_too(tmp_path: Path) -> None:
    pl.DataFrame({"revenue_ly": [1.0, float("nan")]}).write_parquet(tmp_path / "registry.parquet")
    with pytest.raises(TableError, match="第2行是nan"):
        read_columns(pl.scan_parquet(tmp_path / "registry.parquet"), FACTS)
