"""Reading one column of text: each distinct value once, the answers spread back over the rows."""

from __future__ import annotations

import re
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

#: Signs that nobody sees: zero-width ones, soft hyphens, marks of direction and of byte order.
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
HIDDEN = [sign for sign in map(chr, range(0xAD, 0x10000)) if _HIDDEN.match(sign)]

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
    nothing = pl.Series(values=[None], dtype=dtype)
    sure = known(distinct) if known is not None else nothing.new_from_index(0, len(distinct))
    unsure = sure.is_null().arg_true()
    judged = [judge(visible(text)) for text in distinct.gather(unsure)]
    answers = pl.Series(values=[item.value for item in judged], dtype=dtype, strict=False)
    # The place after the last text is that of the nulls.
    values = pl.concat([sure.scatter(unsure, answers), nothing], rechunk=True)
    read = ReadColumn(values.gather(codes).alias(column.name))
    if any(item.qualifier for item in judged):
        empty = pl.Series(values=[None], dtype=pl.String).new_from_index(0, len(values))
        said = empty.scatter(unsure, [item.qualifier or None for item in judged])
        read.qualifiers = said.gather(codes)
    read.refusals.extend(_refused(judged, unsure.to_numpy(), codes))
    return read


def merge(column: pl.Series, fast: pl.Series, sound: pl.Series, slow: ReadColumn) -> ReadColumn:
    """Join the values of the fast way (where `sound`) with those of the slow way over the remaining rows."""
    rows = np.flatnonzero(~sound.to_numpy())
    if not len(rows):
        return ReadColumn(fast.alias(column.name))
    # Where the slow way found nothing either, marking cells as empty spares a copy of the column.
    values = fast.zip_with(sound, pl.Series([None], dtype=fast.dtype))
    told = slow.values.is_not_null()
    if bool(told.any()):
        values = values.scatter(rows[told.to_numpy()], slow.values.filter(told).cast(fast.dtype))
    read = ReadColumn(values.alias(column.name))
    if slow.qualifiers is not None:
        empty = pl.Series(values=[None], dtype=pl.String).new_from_index(0, len(column))
        read.qualifiers = empty.scatter(pl.Series(rows), slow.qualifiers)
    read.refusals = [Refusals(rows[part.rows], part.which, part.reasons) for part in slow.refusals]
    return read


def visible(text: str) -> str:
    """The text without signs that nobody sees; a cell that is copied from a web page often has some."""
    return text if text.isascii() else _HIDDEN.sub("", text)


def may_hide(column: pl.Series) -> bool:
    """Whether any cell may have a sign that nobody sees: sought by their first bytes, which hardly any text has."""
    signs = column.str.join("").cast(pl.Binary)[0] or b""
    return b"\xe2" in signs or b"\xc2" in signs or b"\xef" in signs and b"\xef\xbb\xbf" in signs


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
    categories = pl.Categories.random()
    coded = column.cast(pl.Categorical(categories))
    distinct = categories.to_series()  # they are forgotten with the last column that uses them
    return coded.to_physical().fill_null(len(distinct)).to_numpy(), distinct


def _refused(judged: list[Judged], places: np.ndarray, codes: np.ndarray) -> Iterable[Refusals]:
    """The rows of the refused among `judged`; these are the texts numbered `places`."""
    refused = [
        (place, item.reason) for place, item in zip(places.tolist(), judged, strict=True) if item.reason
    ]
    if not refused:
        return
    order = np.full(int(codes.max()) + 1, -1, np.int32)
    order[[place for place, _ in refused]] = np.arange(len(refused))
    which = order[codes]
    rows = np.flatnonzero(which >= 0)
    yield Refusals(rows, which[rows].astype(np.uint32), tuple(item for _, item in refused))
