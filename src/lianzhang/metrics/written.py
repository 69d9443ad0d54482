"""Tables as people and spreadsheets write them: CSV in any of three encodings, all cells as text."""

from __future__ import annotations

import codecs
import re
from io import BytesIO
from pathlib import Path

import polars as pl

from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

#: How Polars names a column whose name stands there before.
_REPEATED = re.compile(r"_duplicated_\d+$")


def frame_of_csv(source: Path | bytes, *, name: str) -> pl.DataFrame:
    """The table as text (UTF-8, GB 18030, or UTF-16 with its mark); `name` is what errors call it.

    Raises `LianzhangError` for an empty file, rows that do not fit the first line, a column named twice;
    `OSError` for a file that cannot be opened.
    """
    with BytesIO(source) if isinstance(source, bytes) else source.open("rb") as opened:
        wide = opened.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    try:
        if wide:
            return _as_written(pl.read_csv(_recoded(source, "utf-16"), infer_schema=False), name)
        try:
            return _as_written(pl.read_csv(source, infer_schema=False), name)
        except pl.exceptions.ComputeError as error:
            if "utf-8" not in str(error).lower():
                raise
            return _as_written(pl.read_csv(_recoded(source, "gb18030"), infer_schema=False), name)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise unreadable(name, error) from error


def unreadable(name: str, error: Exception) -> LianzhangError:
    """What to say about a table that is empty or no table."""
    if isinstance(error, pl.exceptions.NoDataError):
        return LianzhangError(
            Text(f"“{name}”是空文件。", f"“{name}” is empty."),
            Text(
                "第一行应为列名，其后每行一条。",
                "The first line names the columns; one row per line follows.",
            ),
        )
    first = str(error).strip().splitlines()[0]
    return LianzhangError(
        Text(f"“{name}”不是能读的表（{first}）。", f"“{name}” is no readable table ({first})."),
        Text(
            "请另存为 CSV（UTF-8），每行的列数与第一行相同。",
            "Save it as CSV (UTF-8) with as many columns in each row as in the first.",
        ),
    )


def _recoded(source: Path | bytes, encoding: str) -> BytesIO:
    content = source if isinstance(source, bytes) else source.read_bytes()
    return BytesIO(content.decode(encoding).encode())


def _as_written(frame: pl.DataFrame, file: str) -> pl.DataFrame:
    """Column names without blanks around them, each once; no blank rows at the end, as spreadsheets leave them."""
    names = [name.strip() for name in frame.columns]
    twice = [name for name in names if _REPEATED.search(name) and _REPEATED.sub("", name) in names]
    twice += [name for name in names if names.count(name) > 1]
    if twice:
        name = _REPEATED.sub("", twice[0])
        raise LianzhangError(
            Text(f"“{file}”有两列都叫 {name}。", f"“{file}” has two columns called {name}."),
            Text("请改名或删去一列。", "Rename or delete one of them."),
        )
    frame.columns = names
    if frame.is_empty():
        return frame
    filled = frame.select(pl.any_horizontal(pl.all().is_not_null() & (pl.all() != ""))).to_series()
    blank = int(filled.reverse().arg_max() or 0) if filled.any() else len(filled)
    return frame.head(len(frame) - blank)
