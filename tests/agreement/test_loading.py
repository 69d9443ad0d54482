"""A table that lost its nulls on the way, or carries NaN, is refused before anything is judged."""

from __future__ import annotations

import polars as pl
import pytest

from lianzhang.engines import TableError
from tests.agreement import trees

ibis = pytest.importorskip("ibis", reason="ibis is not installed: pip install 'lianzhang[scale]'")
pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'lianzhang[scale]'")


def check(frame: pl.DataFrame, nulls: dict[str, int] | None = None) -> None:
    from lianzhang.engines.database import check_table

    table = ibis.duckdb.connect().create_table("registry", frame.to_arrow())
    check_table(table, trees.FACTS, nulls=nulls)


def test_a_sound_table_passes_with_its_nulls() -> None:
    from lianzhang.engines.database import null_counts

    frame = trees.frame(trees.enterprises(20, seed=1))
    check(frame, null_counts(frame))


def test_nan_is_refused_because_it_would_meet_every_floor() -> None:
    with pytest.raises(TableError, match="有1个NaN"):
        check(pl.DataFrame({"id": ["a", "b"], "revenue_ly": [1.0, float("nan")]}))


def test_a_null_that_became_a_value_is_noticed() -> None:
    with pytest.raises(TableError, match="来源缺2个，装载后缺1个"):
        check(pl.DataFrame({"id": ["a", "b"], "size_class": ["NaN", None]}), {"size_class": 2})


def test_a_number_kept_as_text_is_refused() -> None:
    with pytest.raises(TableError, match="revenue_ly"):
        check(pl.DataFrame({"id": ["a"], "revenue_ly": ["5000"]}))
