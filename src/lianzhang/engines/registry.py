"""Opening a registry file: Parquet or CSV, columns named by facts, every cell of the type the dictionary gives."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from lianzhang.engines.columns import TableError
from lianzhang.kernel.fact import Fact, FactType
from lianzhang.kernel.text import Text

#: The column that names an enterprise in the verdicts: the first of these that the file has.
ID_COLUMNS = ("id", "credit_code", "uscc", "统一社会信用代码")
#: What stands between several choices in one cell of a CSV.
_BETWEEN = "|"
_NUMERIC = {FactType.NUMBER, FactType.INTEGER}


def read_registry(path: Path, facts: Mapping[str, Fact]) -> pl.DataFrame:
    """One row per enterprise: an `id` column of text and the columns that are facts; raises `TableError`.

    Parquet keeps its types, which must fit the dictionary. CSV cells are read by it: empty is not known, several
    choices stand between “|”, yes or no may be written 是/否, true/false, yes/no. Other columns are left out.
    """
    frame = _parquet(path) if path.suffix.lower() == ".parquet" else _csv(path, facts)
    kept = [name for name in frame.columns if name in facts]
    if not set(kept) - set(ID_COLUMNS):
        raise TableError(
            Text(f"“{path.name}”没有一列是事实。", f"No column of “{path.name}” is a fact."),
            Text(
                "列名应为事实的英文名，如 revenue_ly、employees；见数据包的 facts。",
                "Columns are named by facts, such as revenue_ly, employees; see the facts of the pack.",
            ),
        )
    identity = next((name for name in ID_COLUMNS if name in frame.columns), None)
    ids = (
        frame[identity].cast(pl.String)
        if identity
        else pl.int_range(1, frame.height + 1, eager=True).cast(pl.String)
    )
    _check_ids(ids, identity, path)
    return frame.select(kept).insert_column(0, ids.alias("id"))


def _check_ids(ids: pl.Series, identity: str | None, path: Path) -> None:
    if ids.null_count():
        row = int(ids.is_null().arg_max() or 0)
        raise TableError(
            Text(
                f"“{path.name}”第{row + 1}行没有“{identity}”。",
                f"Row {row + 1} of “{path.name}” has no {identity}.",
            ),
            Text("请补上，或删去该行。", "Fill it in, or remove the row."),
        )
    if ids.n_unique() != len(ids):
        twice = ids.filter(ids.is_duplicated())[0]
        raise TableError(
            Text(f"“{path.name}”中“{twice}”出现两次。", f"“{twice}” stands twice in “{path.name}”."),
            Text("每家企业只能有一行。", "Each enterprise has one row."),
        )


def _parquet(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise _unreadable(path, error) from error


def _csv(path: Path, facts: Mapping[str, Fact]) -> pl.DataFrame:
    try:
        raw = pl.read_csv(path, infer_schema=False, encoding="utf8", null_values="")
    except (OSError, UnicodeDecodeError, pl.exceptions.PolarsError) as error:
        raise _unreadable(path, error) from error
    raw = raw.rename({name: name.lstrip("\ufeff").strip() for name in raw.columns})
    return raw.with_columns([_cells(raw[name], facts[name]) for name in raw.columns if name in facts])


def _unreadable(path: Path, error: Exception) -> TableError:
    return TableError(
        Text(f"打不开企业表“{path}”：{error}", f"The registry “{path}” cannot be read: {error}"),
        Text("请给出 Parquet 或 UTF-8 的 CSV 文件。", "Give a Parquet file, or a CSV file in UTF-8."),
    )


def _cells(raw: pl.Series, fact: Fact) -> pl.Series:
    texts = raw.cast(pl.String).str.strip_chars()
    texts = texts.set(texts == "", None)
    if fact.type in _NUMERIC:
        read = texts.str.replace_all(r"[,，]", "").cast(pl.Float64, strict=False)
        read = read.set(read.is_nan() | read.is_infinite(), None)
    elif fact.type is FactType.BOOLEAN:
        words = {"true": True, "是": True, "yes": True, "false": False, "否": False, "no": False}
        read = texts.str.to_lowercase().replace_strict(words, default=None, return_dtype=pl.Boolean)
    elif fact.type is FactType.DATE:
        read = texts.str.to_date("%Y-%m-%d", strict=False)
    elif fact.type is FactType.CHOICES:
        read = texts.str.split(_BETWEEN)
    else:
        read = texts
    lost = texts.is_not_null() & read.is_null()
    if lost.any():
        row = int(lost.arg_max() or 0)
        raise TableError(
            Text(
                f"第{row + 1}行的“{fact.name}”是“{texts[row]}”，不是{fact.type}。",
                f"Row {row + 1}, {fact.name}: “{texts[row]}” is not a {fact.type}.",
            ),
            Text("请改正，或不知道时留空。", "Correct it, or leave it empty when it is not known."),
        )
    return read.alias(raw.name)
