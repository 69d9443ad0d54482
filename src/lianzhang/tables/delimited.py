"""CSV files and pasted blocks: the encoding and the separator found, every record kept in its place."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter

import polars as pl

from lianzhang.kernel import Text, UnreadableDocument
from lianzhang.tables.sheet import Sheet, TableRefused

MAX_BYTES = 200 * 1024 * 1024
MAX_COLUMNS = 500
#: Larger files with broken quotation marks are refused; the careful reader is slow and takes memory.
_CAREFUL_UP_TO = 24 * 1024 * 1024
_HEAD_LINES = 60
_HEAD_BYTES = 256 * 1024
_SEPARATORS = (",", "\t", ";", "|")
_AS_UTF8 = Text("请另存为“CSV UTF-8”或 .xlsx 再上传。", "Save it as “CSV UTF-8” or as .xlsx.")


def read_delimited(data: bytes, *, pasted: bool = False) -> tuple[Sheet, str, str]:
    """The one sheet of a text file, its encoding and its separator. Raises `TableRefused`."""
    if len(data) > MAX_BYTES:
        raise TableRefused(
            Text(
                f"文件有{len(data) // 2**20} MB，超过{MAX_BYTES // 2**20} MB的上限。",
                f"The file has {len(data) // 2**20} MB; the limit is {MAX_BYTES // 2**20} MB.",
            ),
            Text("请拆成几份上传。", "Split it into several files."),
        )
    content, encoding = _as_utf8(data)
    if b"\r" in content and b"\n" not in content:
        content = content.replace(b"\r", b"\n")
    separator, width = _shape(content, pasted=pasted)
    try:
        cells = _fast(content, separator, width)
    except pl.exceptions.PolarsError as error:
        if encoding.startswith("UTF-8") and "utf" in str(error).lower():
            content, encoding = _decoded(data)
        cells = _careful(content, separator)
    return Sheet("CSV" if not pasted else "粘贴", _tidy(cells)), encoding, separator


def _as_utf8(data: bytes) -> tuple[bytes, str]:
    if data.startswith(codecs.BOM_UTF8):
        return data[3:], "UTF-8（带BOM）"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data:
        return _decoded(data)
    try:
        # The first block tells; the rest is checked while the cells are read.
        codecs.getincrementaldecoder("utf-8")().decode(data[:_HEAD_BYTES])
    except UnicodeDecodeError:
        return _decoded(data)
    return data, "UTF-8"


def _decoded(data: bytes) -> tuple[bytes, str]:
    # Few files need it, and it brings the grammar of bulletins along, which takes a third of a second to load.
    from lianzhang.reading.decode import decode

    try:
        found = decode(data)
    except UnreadableDocument as error:
        raise TableRefused(error.what, _AS_UTF8) from error
    return found.text.encode("utf-8", "replace"), found.encoding


def _shape(content: bytes, *, pasted: bool) -> tuple[str, int]:
    """The separator and the number of columns, from the first lines."""
    head = content[:_HEAD_BYTES].decode("utf-8", "replace")
    lines = head.splitlines()[:_HEAD_LINES]
    if not any(line.strip() for line in lines):
        raise TableRefused(
            Text("文件里没有内容。", "The file is empty."),
            Text("请核对原文件，重新保存后再上传。", "Check the original and save it again."),
        )
    candidates = ("\t", *_SEPARATORS) if pasted else _SEPARATORS
    separator = max(candidates, key=lambda sign: _fitness(sign, lines))
    longest = max(lines, key=len)
    width = max(line.count(separator) for line in lines) + 1
    if width > MAX_COLUMNS:
        raise TableRefused(
            Text(
                f"表里有{width}列，超过上限{MAX_COLUMNS}列（最长的一行以“{longest[:20]}”开头）。",
                f"The table has {width} columns; the limit is {MAX_COLUMNS}.",
            ),
            Text("请删去多余的列。", "Delete surplus columns."),
        )
    return separator, width


def _fitness(sign: str, lines: list[str]) -> tuple[int, int]:
    """In how many lines it stands equally often, and how often in all: lists within cells use such signs as well."""
    counts = Counter(count for line in lines if (count := min(line.count(sign), 50)))
    return max(counts.values(), default=0), sum(count * lines for count, lines in counts.items())


def _fast(content: bytes, separator: str, width: int) -> pl.DataFrame:
    # One column more than the head shows: what spills over is seen there and not cut off in silence.
    schema = {str(index): pl.String for index in range(width + 1)}
    return pl.read_csv(
        content,
        has_header=False,
        infer_schema=False,
        schema=schema,
        separator=separator,
        null_values=[""],
        missing_columns="insert",
        truncate_ragged_lines=True,
    )


def _careful(content: bytes, separator: str) -> pl.DataFrame:
    """The way for files whose quotation marks do not pair, as spreadsheet programs would read them."""
    if len(content) > _CAREFUL_UP_TO:
        raise TableRefused(
            Text("文件里的引号不成对，读不出行列。", "Quotation marks in the file do not pair."), _AS_UTF8
        )
    text = content.decode("utf-8", "replace")
    csv.field_size_limit(1024 * 1024)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise TableRefused(
            Text(f"读不出行列（{error}）。", f"Rows and columns cannot be told apart ({error})."), _AS_UTF8
        ) from error
    width = max(map(len, rows), default=0)
    if width > MAX_COLUMNS:
        raise TableRefused(
            Text(f"表里有{width}列，超过上限{MAX_COLUMNS}列。", f"The table has {width} columns."), _AS_UTF8
        )
    columns = {
        str(index): pl.Series(
            values=[row[index] if index < len(row) else None for row in rows], dtype=pl.String
        )
        for index in range(width + 1)
    }
    return pl.DataFrame(columns)


def _tidy(cells: pl.DataFrame) -> pl.DataFrame:
    """Without the columns at the end that hold nothing."""
    width = cells.width
    while width > 1 and cells[:, width - 1].null_count() == cells.height:
        width -= 1
    return cells[:, :width]
