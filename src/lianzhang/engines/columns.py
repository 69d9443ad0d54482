"""A registry as columns of facts: read from a table, checked, and never richer or poorer in nulls than its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any as Anything

import numpy as np
import polars as pl

from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.fact import Fact, FactType, FactValue
from lianzhang.kernel.text import Text

_EPOCH = date(1970, 1, 1)
_NUMERIC = {FactType.NUMBER, FactType.INTEGER}


class TableError(LianzhangError):
    """A registry table that cannot be judged as it is."""


def _number(raw: float) -> Decimal:
    return Decimal(int(raw)) if raw.is_integer() else Decimal(repr(raw))


def _day(raw: int) -> date:
    return _EPOCH + timedelta(days=int(raw))


_READ: dict[FactType, Callable[[Anything], FactValue]] = {
    FactType.NUMBER: _number,
    FactType.INTEGER: int,
    FactType.BOOLEAN: bool,
    FactType.DATE: _day,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One fact of every enterprise.

    `values` are floats for numbers, whole days since 1970 for dates, codes into `words` for texts and choices,
    0 or 1 for yes or no, and None for facts of several choices, whose `lists` hold one row of choices each.
    `known` is False where the value is missing.
    """

    fact: Fact
    values: np.ndarray[Anything, Anything] | None
    known: np.ndarray[Anything, np.dtype[np.bool_]]
    words: tuple[str, ...] = ()
    lists: pl.Series | None = None
    #: Lists that changed after reading, by row.
    changes: dict[int, frozenset[str]] = field(default_factory=dict)
    #: How a stored value becomes the judge's; found once, for explanations ask by the thousand.
    read: Callable[[Anything], FactValue] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        read = _READ.get(self.fact.type) or self.words.__getitem__
        object.__setattr__(self, "read", read)

    def value(self, row: int) -> FactValue | None:
        """The value of one row as the judge wants it; None when it is missing."""
        if not self.known.item(row):
            return None
        if self.values is not None:
            return self.read(self.values.item(row))
        assert self.lists is not None
        return self.changes[row] if row in self.changes else frozenset(self.lists[row])

    def holds(self, choice: str) -> np.ndarray[Anything, np.dtype[np.bool_]]:
        """Where a fact of several choices has this one."""
        assert self.lists is not None
        found = self.lists.list.contains(pl.lit(choice)).fill_null(False).to_numpy().copy()
        for row, chosen in self.changes.items():
            found[row] = choice in chosen
        return found

    def changed(self, row: int, value: FactValue | None) -> Column:
        """The column with another value in one row, written in place where it can be."""
        self.known[row] = value is not None
        if isinstance(value, frozenset):
            self.changes[row] = value
        elif self.lists is not None:
            self.changes[row] = frozenset()
        elif value is not None:
            assert self.values is not None
            if isinstance(value, str):
                if value not in self.words:
                    return replace(self, words=(*self.words, value)).changed(row, value)
                self.values[row] = self.words.index(value)
            else:
                self.values[row] = (
                    value.toordinal() - _EPOCH.toordinal() if isinstance(value, date) else value
                )
        return self


def empty_column(fact: Fact, rows: int) -> Column:
    """A column in which nothing is known yet."""
    kinds: dict[FactType, Anything] = {
        FactType.CHOICE: np.uint32,
        FactType.TEXT: np.uint32,
        FactType.BOOLEAN: np.uint8,
    }
    known = np.zeros(rows, bool)
    if fact.type is FactType.CHOICES:
        return Column(fact, None, known, lists=pl.Series([None] * rows, dtype=pl.List(pl.String)))
    return Column(fact, np.zeros(rows, kinds.get(fact.type, np.float64)), known, words=("",))


class RowFacts(Mapping[str, FactValue]):
    """What is known of one row, read only where it is asked for."""

    __slots__ = ("_columns", "_row")

    def __init__(self, columns: Mapping[str, Column], row: int) -> None:
        self._columns, self._row = columns, row

    def __getitem__(self, name: str) -> FactValue:
        value: FactValue | None = self.get(name)
        if value is None:
            raise KeyError(name)
        return value

    def get(self, name: str, default: Anything = None) -> Anything:
        """The value, or `default` when it is missing."""
        column = self._columns.get(name)
        value = None if column is None else column.value(self._row)
        return default if value is None else value

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._columns if self.get(name) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def read_columns(frame: pl.DataFrame, facts: Mapping[str, Fact]) -> dict[str, Column]:
    """The columns of `frame` that are facts; raises `TableError` for a wrong type, NaN or an infinite number.

    Columns that are no facts (ids, names) are left alone; a fact without a column is unknown for everybody.
    """
    columns = {name: _column(frame[name], facts[name]) for name in frame.columns if name in facts}
    for name, column in columns.items():
        missing = int((~column.known).sum())
        if missing != frame[name].null_count():
            raise _refuse(
                name,
                Text(
                    f"读入前缺{frame[name].null_count()}个，读入后缺{missing}个。",
                    f"{frame[name].null_count()} values were missing before reading, {missing} after.",
                ),
            )
    return columns


def _column(series: pl.Series, fact: Fact) -> Column:
    known = series.is_not_null().to_numpy().copy()
    if fact.type in _NUMERIC:
        return Column(fact, _numbers(series, fact), known)
    if fact.type is FactType.BOOLEAN:
        _want(series, fact, series.dtype == pl.Boolean or series.dtype == pl.Null)
        return Column(fact, _own(series.fill_null(False).cast(pl.UInt8)), known)
    if fact.type is FactType.DATE:
        _want(series, fact, series.dtype in (pl.Date, pl.Null))
        return Column(fact, _own(series.cast(pl.Date).to_physical().fill_null(0)), known)
    if fact.type is FactType.CHOICES:
        _want(series, fact, isinstance(series.dtype, pl.List) or series.dtype == pl.Null)
        return Column(fact, None, known, lists=series.cast(pl.List(pl.String)))
    return _words(series, fact, known)


def _numbers(series: pl.Series, fact: Fact) -> np.ndarray[Anything, Anything]:
    _want(series, fact, series.dtype.is_numeric() or series.dtype == pl.Null)
    numbers = series.cast(pl.Float64)
    bad = numbers.is_not_null() & ~numbers.is_finite()
    if bad.any():
        row = int(bad.arg_max() or 0)
        raise _refuse(
            fact.name,
            Text(
                f"第{row + 1}行是{numbers[row]}，不是有限的数；缺数请留空。",
                f"Row {row + 1} is {numbers[row]}, not a finite number; leave missing values empty.",
            ),
        )
    if fact.type is FactType.INTEGER and bool((numbers != numbers.floor()).any()):
        raise _refuse(
            fact.name,
            Text("有带小数的值，应为整数。", "Some values are not whole numbers."),
        )
    return _own(numbers.fill_null(0.0))


def _words(series: pl.Series, fact: Fact, known: np.ndarray[Anything, Anything]) -> Column:
    textual = series.dtype in (pl.String, pl.Null) or isinstance(series.dtype, pl.Categorical | pl.Enum)
    _want(series, fact, textual)
    texts = series.cast(pl.String)
    words = texts.drop_nulls().unique().sort().to_list() or [""]
    codes = texts.cast(pl.Enum(words)).to_physical().cast(pl.UInt32).fill_null(0)
    return Column(fact, _own(codes), known, tuple(words))


def _own(series: pl.Series) -> np.ndarray[Anything, Anything]:
    """An array of our own, which later changes may write into."""
    array = series.to_numpy()
    return array if array.flags.writeable and array.flags.owndata else array.copy()


def _want(series: pl.Series, fact: Fact, fits: bool) -> None:
    if not fits:
        raise _refuse(
            fact.name,
            Text(
                f"列的类型是{series.dtype}，“{fact.label.zh}”应为{fact.type}。",
                f"The column is {series.dtype}; {fact.label.en} wants {fact.type}.",
            ),
        )


def _refuse(name: str, what: Text) -> TableError:
    return TableError(
        Text(f"企业表的列“{name}”：{what.zh}", f"Column “{name}” of the registry: {what.en}"),
        Text("请在来源中改正后再算。", "Correct it in the source and run again."),
    )
