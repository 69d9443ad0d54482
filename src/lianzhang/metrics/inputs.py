"""What comes in from outside is checked here: columns, identifiers, numbers. Errors name table, row and column."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

#: The first line of a table holds the names of its columns, so its first row stands on line 2.
FIRST_LINE = 2
#: Amounts beyond these have been garbled on their way: their squares and products would leave the numbers
#: that a computer has, and turn results into NaN or 0 without a word.
LARGEST, SMALLEST = 1e60, 1e-60


class InputError(LianzhangError):
    """A table that cannot be used as it is."""


def require_columns(frame: pl.DataFrame, columns: Sequence[str], *, table: str) -> None:
    """Raise `InputError` if one of the columns is not there."""
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        names, there = ", ".join(missing), ", ".join(frame.columns)
        raise InputError(
            Text(
                f"“{table}”缺少列 {names}；现有列：{there}。",
                f"“{table}” lacks the column {names}; it has: {there}.",
            ),
            Text("请按说明改列名或补上这一列。", "Rename or add the column as the documentation says."),
        )


def require_rows(frame: pl.DataFrame, *, table: str) -> None:
    """Raise `InputError` if the table is empty."""
    if frame.is_empty():
        raise InputError(
            Text(f"“{table}”没有数据行。", f"“{table}” has no rows."),
            Text("请核对文件，至少要有一行。", "Check the file; it needs at least one row."),
        )


def identifiers(frame: pl.DataFrame, column: str, *, table: str, unique: bool = False) -> pl.Series:
    """The column as text, as given; empty cells and, if `unique`, repetitions are errors."""
    if frame[column].dtype.is_nested():
        raise InputError(
            Text(
                f"“{table}”的 {column} 列每格是一组值，不能当编号。",
                f"The column {column} of “{table}” holds lists, which are no identifiers.",
            ),
            Text("请每格只放一个编号。", "Put one identifier into each cell."),
        )
    values = frame[column].cast(pl.String)
    empty = values.is_null() | (values == "")
    if empty.any():
        row = int(empty.arg_max() or 0)
        raise InputError(
            Text(f"{_where(table, row, column).zh}是空的。", f"{_where(table, row, column).en} is empty."),
            Text("请补上编号。", "Fill in the identifier."),
        )
    if unique and values.n_unique() < len(values):
        row = int((~values.is_first_distinct()).arg_max() or 0)
        raise InputError(
            Text(
                f"{_where(table, row, column).zh}的“{values[row]}”前面已经出现过。",
                f"{_where(table, row, column).en}: “{values[row]}” stands there before.",
            ),
            Text("每个编号只能有一行，请合并或删去。", "Each identifier has one row; merge or delete."),
        )
    return values


def coded(frame: pl.DataFrame, column: str, *, table: str) -> tuple[NDArray[np.int32], pl.Series]:
    """(number of each row's value, the distinct values in natural order)."""
    values = identifiers(frame, column, table=table)
    distinct = natural_order(values.unique())
    return numbered(values, distinct), distinct


def numbered(values: pl.Series, distinct: pl.Series) -> NDArray[np.int32]:
    """The place of each value among the distinct ones; -1 where it is not among them."""
    found = values.replace_strict(
        distinct, pl.int_range(len(distinct), dtype=pl.Int32, eager=True), default=-1, return_dtype=pl.Int32
    )
    return found.to_numpy(writable=True)


def natural_order(values: pl.Series) -> pl.Series:
    """Sorted as numbers where all are whole numbers, else as text."""
    numbers = values.cast(pl.Int64, strict=False)
    if numbers.null_count() == 0 and len(values):
        return pl.DataFrame({"value": values, "number": numbers}).sort("number", "value")["value"]
    return values.sort()


def place(
    frame: pl.DataFrame,
    column: str,
    *,
    known: pl.Series,
    table: str,
    known_table: str = "",
    unknown: int | None = None,
) -> NDArray[np.int32]:
    """The place of each row's identifier among the known ones.

    An identifier that is not known is an error, or gets the number `unknown` where that is given.
    """
    values = identifiers(frame, column, table=table)
    found = numbered(values, known)
    if unknown is None and (found < 0).any():
        row = int(np.argmax(found < 0))
        count = int((found < 0).sum())
        raise InputError(
            Text(
                f"{_where(table, row, column).zh}的“{values[row]}”不在“{known_table}”里（共 {count} 处）。",
                f"{_where(table, row, column).en}: “{values[row]}” is not in “{known_table}” ({count} such cells).",
            ),
            Text("请补上这些编号，或删去这些行。", "Add the identifiers there, or remove these rows."),
        )
    return found


def finite(
    frame: pl.DataFrame,
    column: str,
    *,
    table: str,
    least: float | None = None,
    most: float | None = None,
    one_of: Sequence[float] = (),
) -> NDArray[np.float64]:
    """The column as numbers; anything empty, not finite, or outside the bounds is an error.

    So is anything that no quantity of the world can be: beyond 1e60, or with `least` 0 (an amount) below 1e-60.
    """
    raw = frame[column]
    if raw.dtype.is_nested():
        raw = raw.cast(pl.List(pl.String), strict=False).list.join(", ")
    values = (raw.str.strip_chars() if raw.dtype == pl.String else raw).cast(pl.Float64, strict=False)
    numbers = values.fill_null(float("nan")).to_numpy()
    wrong = ~np.isfinite(numbers)
    wanted = Text("一个数", "a number")
    if not wrong.any():
        size = np.abs(numbers)
        wrong = (size > LARGEST) | ((size > 0) & (size < SMALLEST) if least == 0 else False)
        wanted = Text(
            f"0 或 {SMALLEST:g} 与 {LARGEST:g} 之间的数", f"0 or a number from {SMALLEST:g} to {LARGEST:g}"
        )
    if not wrong.any() and one_of:
        wrong = ~np.isin(numbers, one_of)
        listed = ", ".join(f"{value:g}" for value in one_of)
        wanted = Text(f"{listed} 之一", f"one of {listed}")
    if not wrong.any() and least is not None:
        wrong = numbers < least
        wanted = Text(f"不小于 {least:g} 的数", f"a number of at least {least:g}")
    if not wrong.any() and most is not None:
        wrong = numbers > most
        wanted = Text(f"不大于 {most:g} 的数", f"a number of at most {most:g}")
    if wrong.any():
        row = int(np.argmax(wrong))
        raise InputError(
            Text(
                f"{_where(table, row, column).zh}应为{wanted.zh}，现为“{_shown(raw[row])}”。",
                f"{_where(table, row, column).en} should be {wanted.en}, it is “{_shown(raw[row])}”.",
            ),
            Text(
                "请改正后再算；不知道的值请删去该行，不要填 0。",
                "Correct it; delete the row if the value is unknown, do not fill in 0.",
            ),
        )
    return numbers


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _where(table: str, row: int, column: str) -> Text:
    return Text(
        f"“{table}”第 {row + FIRST_LINE} 行 {column} 列",
        f"“{table}”, line {row + FIRST_LINE}, column {column}",
    )
