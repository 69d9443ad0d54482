"""A sheet of text put together from its cells, as the general reader would give it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np
import polars as pl

from lianzhang.tables.plain.cells import Cells, Meaning, read_cells
from lianzhang.tables.plain.stretches import Stretches
from lianzhang.tables.plain.strings import unescaped
from lianzhang.tables.plain.styles import Shown
from lianzhang.tables.plain.words import give_up
from lianzhang.tables.sheet import as_percent, perhaps_rounded

#: Rows times columns; a sheet with more is so empty that other ways are cheaper.
_MOST_PLACES = 20_000_000
#: The general reader shows so many decimals.
_DECIMALS = 9
_NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{1,25})?(?:[eE][-+]?\d{1,3})?", re.ASCII)
#: Up to fifteen digits, which a double holds exactly as they are written.
_USUAL = r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]{0,8}[1-9])?$"
_SHORTEST_CODE = 16
_DAY_ZERO = date(1899, 12, 30)


def read_sheet(
    pieces: Iterable[bytes], texts: pl.Series, styles: list[Shown], *, most_columns: int
) -> tuple[pl.DataFrame, frozenset[tuple[int, int]], tuple[int, ...], bytes]:
    """All cells as text, null where empty, row `i` and column `i` being the sheet's; the places of numbers that may
    once have been codes; the numbers of hidden rows; and the XML after the cells. Raises `NotPlain`."""
    stretches = Stretches(pieces)
    cells = read_cells(stretches, shared=len(texts), styles=styles)
    if not cells.parts:
        return pl.DataFrame(), frozenset(), (), stretches.rest
    height = 1 + max(int(part.row[-1]) for part in cells.parts)
    width = 1 + max(int(part.column.max()) for part in cells.parts)
    if width > most_columns or height * width > _MOST_PLACES:
        give_up("size")
    numbers = _numbers(cells.numbers)
    pool, starts = _pool(cells, texts, numbers)
    grid = np.full((width, height), len(pool) - 1, np.uint32)  # the last of the pool is no value
    for part in cells.parts:
        grid[part.column, part.row] = part.index + starts[part.meaning]
    frame = pl.DataFrame([pool.gather(places).alias(str(index)) for index, places in enumerate(grid)])
    return frame, frozenset(_rounded(cells, numbers)), tuple(cells.hidden), stretches.rest


def _rounded(cells: Cells, numbers: pl.Series) -> Iterator[tuple[int, int]]:
    """The places of numbers that may be what is left of a code."""
    doubtful = np.zeros(len(numbers), bool)
    long = (numbers.str.len_bytes() >= _SHORTEST_CODE).arg_true()
    doubtful[long.to_numpy()] = [perhaps_rounded(text) for text in numbers.gather(long)]
    for part in cells.parts:
        if part.meaning is Meaning.NUMBER:
            some = doubtful[part.index]
            yield from zip(part.row[some].tolist(), part.column[some].tolist(), strict=True)


def _pool(cells: Cells, texts: pl.Series, numbers: pl.Series) -> tuple[pl.Series, list[int]]:
    """Every value as text, an empty place after them, and where the values of each kind begin."""
    parts = {
        Meaning.SHARED: texts,
        Meaning.WHOLE: _joined(cells.wholes).cast(pl.String),
        Meaning.DAY: _days(_joined(cells.days)),
        Meaning.NUMBER: numbers,
        Meaning.PERCENT: pl.Series(values=list(map(as_percent, _numbers(cells.percents))), dtype=pl.String),
        Meaning.TEXT: _texts(cells.texts),
    }
    lengths = [len(parts[meaning]) for meaning in Meaning]
    starts = [sum(lengths[:place]) for place in range(len(lengths))]
    nothing = pl.Series(values=[None], dtype=pl.String)
    filled = [parts[meaning].rename("") for meaning in Meaning if len(parts[meaning])]
    return pl.concat([*filled, nothing], rechunk=True), starts


def _joined(values: list[np.ndarray]) -> pl.Series:
    return pl.Series(values=np.concatenate(values) if values else np.zeros(0, np.int64))


def _days(values: pl.Series) -> pl.Series:
    zero = (_DAY_ZERO - date(1970, 1, 1)).days
    return (values + zero).cast(pl.Int32).cast(pl.Date).dt.strftime("%Y-%m-%d 00:00:00")


def _numbers(values: list[bytes]) -> pl.Series:
    """Numbers as the general reader shows them, which most are already written like."""
    numbers = _decoded(values)
    usual = numbers.str.contains(_USUAL) & (numbers.str.len_bytes() <= _SHORTEST_CODE)
    unusual = (~usual).arg_true()
    return _scattered(numbers, unusual, map(_number, numbers.gather(unusual)))


def _number(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        give_up("number")
    return f"{float(text):.{_DECIMALS}f}".rstrip("0").rstrip(".")


def _texts(values: list[bytes]) -> pl.Series:
    texts = _decoded(values)
    unusual = texts.str.contains_any(["&", "_x", "\r", "<"]).arg_true()
    return _scattered(texts, unusual, map(unescaped, texts.gather(unusual)))


def _decoded(values: list[bytes]) -> pl.Series:
    try:
        return pl.Series(values=values, dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.PolarsError:
        give_up("no UTF-8")


def _scattered(texts: pl.Series, places: pl.Series, others: Iterable[str]) -> pl.Series:
    return texts.scatter(places, pl.Series(values=list(others), dtype=pl.String)) if len(places) else texts
