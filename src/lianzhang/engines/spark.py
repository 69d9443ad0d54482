"""A province's registry on Spark: read from Parquet only, judged there, verdicts written by Spark itself.

`spark://MASTER/PATH`: MASTER is `local` or HOST:PORT of a cluster, PATH a Parquet file or folder that its
workers can read. Tables are never handed over from this process: on that way nulls become NaN and the word “NaN”.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any as Anything

from lianzhang.engines.columns import TableError
from lianzhang.engines.match import Counts
from lianzhang.engines.registry import ID_COLUMNS
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.fact import Fact
from lianzhang.kernel.text import Text
from lianzhang.policy import Rule

_SCHEME = "spark://"


def match_on_spark(
    address: str, rules: Sequence[Rule], facts: Mapping[str, Fact], *, on: date, out: Path
) -> tuple[dict[str, Counts], int]:
    """Judge a registry on Spark and write the verdicts to the folder `out`; the counts and the number of rows.

    Raises `TableError` for a table that would be misread and `LianzhangError` where Spark cannot be reached.
    """
    master, path = _parts(address)
    with connection(master) as backend:
        from lianzhang.engines.database import check_table, count_table, counts_of, rows_of, verdict_table

        table = read(backend, path, facts)
        check_table(table, facts)
        identity = next((name for name in ID_COLUMNS if name in table.columns), None)
        if identity is None:
            raise TableError(
                Text("企业表没有编号列。", "The registry has no column of ids."),
                Text(f"请加一列：{'、'.join(ID_COLUMNS)}之一。", f"Add one of {', '.join(ID_COLUMNS)}."),
            )
        verdicts = verdict_table(table, rules, on=on, identity=identity)
        row = rows_of(count_table(verdicts, rules))[0]
        _write(backend, verdicts, out)
        return counts_of(row, rules), int(row["rows"])


def read(backend: Anything, path: str, facts: Mapping[str, Fact]) -> Anything:
    """The registry at `path` as a table of its ids and facts; timestamps and other columns are left out."""
    table = backend.read_parquet(path)
    return table.select([name for name in table.columns if name in facts or name in ID_COLUMNS])


@contextmanager
def connection(master: str) -> Iterator[Anything]:
    """An ibis connection to Spark; closed at the end."""
    try:
        import ibis
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise LianzhangError(
            Text("这里没有安装Spark。", "Spark is not installed here."),
            Text("请运行 pip install 'lianzhang[spark]'。", "Run pip install 'lianzhang[spark]'."),
        ) from error
    if shutil.which("java") is None:
        raise LianzhangError(
            Text("Spark需要Java，这里没有。", "Spark needs Java, which is not here."),
            Text("请安装Java 17。", "Install Java 17."),
        )
    session = (
        SparkSession.builder.master("local[2]" if master == "local" else f"{_SCHEME}{master}")
        .appName("lianzhang")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "4" if master == "local" else "200")
        .getOrCreate()
    )
    try:
        yield ibis.pyspark.connect(session)
    finally:
        session.stop()


def _parts(address: str) -> tuple[str, str]:
    master, slash, path = address.removeprefix(_SCHEME).partition("/")
    if not slash or not path or not master:
        raise LianzhangError(
            Text(f"“{address}”不是Spark上的企业表。", f"“{address}” is no registry on Spark."),
            Text(
                "请写成 spark://主节点:7077/路径.parquet，本机写 spark://local/路径.parquet。",
                "Write spark://HOST:7077/PATH.parquet, or spark://local/PATH.parquet on this machine.",
            ),
        )
    # Paths of a shared store keep their scheme (spark://host:7077/hdfs://…); others are absolute.
    return master, path if "://" in path else f"/{path}"


def _write(backend: Anything, verdicts: Anything, out: Path) -> None:
    """Spark writes a folder; it is moved into place when it is whole."""
    partial = out.with_name(f".{out.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        backend.to_parquet(verdicts, str(partial))
        if out.is_dir():
            shutil.rmtree(out)
        partial.replace(out)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
