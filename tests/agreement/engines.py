"""The engines that must agree: how each takes a table in, and what it says of every enterprise and rule."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from lianzhang.engines import Match
from lianzhang.kernel import Verdict
from lianzhang.policy import Rule, judge
from tests.agreement import trees

Verdicts = list[list[Verdict]]
#: Databases plan whole queries; a hundred deep rules in one would be planned longer than they run.
RULES_AT_ONCE = 20
OF_SQL = {True: Verdict.YES, False: Verdict.NO, None: Verdict.UNKNOWN}


def reference(rows: list[dict[str, Any]], rules: Sequence[Rule], _folder: Path) -> Verdicts:
    """The judge, one enterprise and one rule at a time."""
    return [[judge(rule.on(trees.DAY), row) for rule in rules] for row in rows]


def batch(rows: list[dict[str, Any]], rules: Sequence[Rule], _folder: Path) -> Verdicts:
    """Bit planes."""
    match = Match(rules, trees.frame(rows), trees.FACTS, on=trees.DAY).run()
    return [[match.verdict(place, rule.id) for rule in rules] for place in range(len(rows))]


def through_ibis(connect: Callable[[pl.DataFrame, Path], Any]) -> Callable[..., Verdicts]:
    """An engine behind ibis; `connect` loads the table and yields it."""

    def judged(rows: list[dict[str, Any]], rules: Sequence[Rule], folder: Path) -> Verdicts:
        _ibis()
        from lianzhang.engines.database import check_table, null_counts, rows_of, verdict_table

        frame = trees.frame(rows)
        with connect(frame, folder) as table:
            check_table(table, trees.FACTS, nulls=null_counts(frame))
            found: Verdicts = [[] for _ in rows]
            for at in range(0, len(rules), RULES_AT_ONCE):
                some = rules[at : at + RULES_AT_ONCE]
                told = rows_of(verdict_table(table, some, on=trees.DAY))
                by_id = {row["id"]: row for row in told}
                for place in range(len(rows)):
                    found[place] += [OF_SQL[by_id[f"e{place:04d}"][rule.id]] for rule in some]
            return found

    return judged


@contextmanager
def polars_table(frame: pl.DataFrame, _folder: Path) -> Iterator[Any]:
    ibis = _ibis()
    yield ibis.polars.connect({"registry": frame.lazy()}).table("registry")


@contextmanager
def duckdb_table(frame: pl.DataFrame, _folder: Path) -> Iterator[Any]:
    ibis = _ibis()
    pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'lianzhang[scale]'")
    backend = ibis.duckdb.connect()
    try:
        yield backend.create_table("registry", frame.to_arrow())
    finally:
        backend.disconnect()


@contextmanager
def postgres_table(frame: pl.DataFrame, _folder: Path) -> Iterator[Any]:
    address = os.environ.get("LIANZHANG_TEST_DATABASE", "")
    if not address.startswith("postgres"):
        pytest.skip("no PostgreSQL: set LIANZHANG_TEST_DATABASE=postgres://…")
    ibis = _ibis()
    backend = ibis.connect(address)
    name = f"agreement_{os.getpid()}"
    try:
        yield backend.create_table(name, frame.to_arrow(), overwrite=True)
    finally:
        backend.drop_table(name, force=True)
        backend.disconnect()


@contextmanager
def spark_table(frame: pl.DataFrame, folder: Path) -> Iterator[Any]:
    pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'lianzhang[spark]'")
    _ibis()
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17, which is not on this machine")
    from lianzhang.engines.spark import connection, read

    path = folder / "registry.parquet"
    frame.write_parquet(path)
    with connection("local") as backend:
        yield read(backend, str(path), trees.FACTS)


def _ibis() -> Any:
    return pytest.importorskip("ibis", reason="ibis is not installed: pip install 'lianzhang[scale]'")


ENGINES: dict[str, Callable[..., Verdicts]] = {
    "batch": batch,
    "polars": through_ibis(polars_table),
    "duckdb": through_ibis(duckdb_table),
    "postgres": through_ibis(postgres_table),
    "spark": through_ibis(spark_table),
}
