"""Reading one column of text: each distinct value once, the answers spread back over the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl

from lianzhang.kernel import Text

#: What people write into a cell to leave it empty.
BLANKS = frozenset(
    (
        "",
        "-",
        "--",
        "---",
        "—",
        "——",
        "－",
        "―",
        "/",
        "//",
        "\\",
        "无",
        "暂无",
        "空",
        "不详",
        "N/A",
        "n/a",
        "null",
        "NULL",
    )
)
_BLANK_WORDS = sorted(BLANKS)
#: No blank word is longer, in bytes.
_LONGEST_BLANK = max(len(word.encode()) for word in BLANKS)

Value = str | date | Decimal | int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a cell is refused: the rule's name, and what is wrong with what is allowed."""

    rule: str
    text: Text


@dataclass(frozen=True, slots=True)
class Judged:
    """One value as read: the value, or the reason against it, or neither for an empty cell."""

    value: Value | None = None
    reason: Reason | None = None
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Refusals:
    """Rows of one column with the same kind of trouble: `reasons[which[i]]` speaks of row `rows[i]`."""

    rows: np.ndarray
    which: np.ndarray
    reasons: tuple[Reason, ...]


@dataclass(slots=True)
class ReadColumn:
    """Typed values (null = empty or refused), how exact each is said to be, and what was refused."""

    values: pl.Series
    qualifiers: pl.Series | None = None
    refusals: list[Refusals] = field(default_factory=list)


def spread(
    column: pl.Series,
    judge: Callable[[str], Judged],
    dtype: Any,
    *,
    known: Callable[[pl.Series], pl.Series] | None = None,
) -> ReadColumn:
    """Judge each distinct text of `column` once. Nulls are empty cells and are not judged.

    `known` reads the usual shape of many texts at once; what it leaves null is judged one by one.
    """
    if not len(column) or column.null_count() == len(column):
        return ReadColumn(pl.Series(column.name, [None] * len(column), dtype=dtype))
    codes, distinct = _coded(column)
    texts = distinct.to_list()
    sure = known(distinct).to_list() if known is not None else [None] * len(texts)
    judged = [
        judge(text) if value is None else Judged(value) for text, value in zip(texts, sure, strict=True)
    ]
    judged.append(Judged())  # the nulls
    values = _spread_values([item.value for item in judged], codes, dtype).alias(column.name)
    read = ReadColumn(values)
    if any(item.qualifier for item in judged):
        read.qualifiers = _spread_values([item.qualifier or None for item in judged], codes, pl.String)
    read.refusals.extend(_refused(judged, codes))
    return read


def merge(column: pl.Series, fast: pl.Series, sound: pl.Series, slow: ReadColumn) -> ReadColumn:
    """Join the values of the fast way (where `sound`) with those of the slow way over the remaining rows."""
    rows = np.flatnonzero(~sound.to_numpy())
    if not len(rows):
        return ReadColumn(fast.alias(column.name))
    values = fast.clone().scatter(pl.Series(rows), slow.values.cast(fast.dtype))
    read = ReadColumn(values.alias(column.name))
    if slow.qualifiers is not None:
        empty = pl.Series(values=[None], dtype=pl.String).new_from_index(0, len(column))
        read.qualifiers = empty.scatter(pl.Series(rows), slow.qualifiers)
    read.refusals = [Refusals(rows[part.rows], part.which, part.reasons) for part in slow.refusals]
    return read


def blank(column: pl.Series) -> pl.Series:
    """Which cells are empty or say so in one of the usual words. Expects stripped text."""
    short = (column.str.len_bytes() <= _LONGEST_BLANK).fill_null(True)
    rows = short.arg_true()
    if not len(rows):
        return short
    empty = column.gather(rows).fill_null("").is_in(_BLANK_WORDS)
    return short if bool(empty.all()) else short.scatter(rows, empty)


def refuse(rows: np.ndarray, reason: Reason) -> Refusals:
    """The same reason for all `rows`."""
    return Refusals(rows, np.zeros(len(rows), np.uint32), (reason,))


def reason(rule: str, zh: str, en: str) -> Reason:
    """A reason in both languages."""
    return Reason(rule, Text(zh, en))


def shown(value: str, limit: int = 40) -> str:
    """A value as a message quotes it."""
    return value if len(value) <= limit else f"{value[: limit - 1]}…"


def _coded(column: pl.Series) -> tuple[np.ndarray, pl.Series]:
    """A number for each distinct text, and the texts in that order; nulls get the number after the last."""
    coded = column.cast(pl.Categorical(pl.Categories.random())).to_physical()
    highest = coded.max()
    count = int(highest) + 1 if isinstance(highest, int) else 0
    codes = coded.fill_null(count).to_numpy()
    first = np.zeros(count + 1, np.uint32)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1, dtype=np.uint32)
    return codes, column.gather(first[:count])


def _spread_values(values: list[Any], codes: np.ndarray, dtype: Any) -> pl.Series:
    return pl.Series(values=values, dtype=dtype, strict=False).gather(codes)


def _refused(judged: Iterable[Judged], codes: np.ndarray) -> Iterable[Refusals]:
    judged = list(judged)
    marks = np.array([item.reason is not None for item in judged])
    if not marks.any():
        return
    rows = np.flatnonzero(marks[codes])
    order = np.cumsum(marks) - 1
    reasons = tuple(item.reason for item in judged if item.reason is not None)
    yield Refusals(rows, order[codes[rows]].astype(np.uint32), reasons)
