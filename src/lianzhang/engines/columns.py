"""A registry as columns of facts: read from a table, checked, and never richer or poorer in nulls than its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any as Anything

import numpy as np
import polars as pl

from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.fact import Fact, FactType, FactValue, choices_unsure
from lianzhang.kernel.text import Text

_EPOCH = date(1970, 1, 1)
_NUMERIC = {FactType.NUMBER, FactType.INTEGER}


class TableError(LianzhangError):
    """A registry table that cannot be judged as it is."""


def _number(raw: float) -> Decimal:
    return Decimal(int(raw)) if raw.is_integer() else Decimal(repr(raw))


def _day(raw: int) -> date:
    return _EPOCH + timedelta(days=int(raw))


#: Of the types whose values are numbers.
_READ: dict[FactType, Callable[[Anything], FactValue]] = {
    FactType.NUMBER: _number,
    FactType.INTEGER: int,
    FactType.DATE: _day,
}


@dataclass(slots=True)
class Column:
    """One fact of every enterprise, in as little memory as its values allow.

    Numbers and dates: `values` are floats (dates as days since 1970), NaN where the value is missing, and `words`
    is empty. Anything else: `values` are codes into `words`, which are the values met, each once (choices as sets);
    code 0 stands for a missing value.
    """

    fact: Fact
    values: np.ndarray[Anything, Anything]
    words: list[FactValue | None] = field(default_factory=list)
    #: How a number becomes the judge's value; found once, for explanations ask by the thousand.
    _read: Callable[[Anything], FactValue] | None = field(init=False, compare=False, repr=False)
    #: The code of each word; made when the first value is changed.
    _codes: dict[FactValue | None, int] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._read = _READ.get(self.fact.type)

    def __len__(self) -> int:
        return len(self.values)

    @property
    def known(self) -> np.ndarray[Anything, np.dtype[np.bool_]]:
        """Where the value is there."""
        known: np.ndarray[Anything, Anything] = self.values != 0 if self.words else self.values == self.values
        return known

    @property
    def has_marks(self) -> bool:
        """Whether some choices are marked as not known."""
        return any(isinstance(word, frozenset) and choices_unsure(word) for word in self.words)

    def value(self, row: int) -> FactValue | None:
        """The value of one row as the judge wants it; None when it is missing."""
        raw: Anything = self.values.item(row)
        if self._read is None:
            word: FactValue | None = self.words[raw]
            return word
        return self._read(raw) if raw == raw else None

    def change(self, row: int, value: FactValue | None) -> None:
        """Another value in one row; None when it is no longer known."""
        if not self.values.flags.writeable:  # still the memory of the table it was read from
            self.values = self.values.copy()
        if self.words:
            self.values[row] = self._code(value)
        elif isinstance(value, date):
            self.values[row] = value.toordinal() - _EPOCH.toordinal()
        else:
            self.values[row] = np.nan if value is None else float(value)  # type: ignore[arg-type]

    def _code(self, value: FactValue | None) -> int:
        if not self._codes:
            self._codes = {word: code for code, word in enumerate(self.words)}
        code = self._codes.get(value)
        if code is None:
            code = self._codes[value] = len(self.words)
            self.words.append(value)
            self.values = self.values.astype(_width(len(self.words)), copy=False)
        return code


def _width(words: int) -> type[np.unsignedinteger[Anything]]:
    """The narrowest type of codes for so many words."""
    return np.uint8 if words <= 1 << 8 else np.uint16 if words <= 1 << 16 else np.uint32


def empty_column(fact: Fact, rows: int) -> Column:
    """A column in which nothing is known yet."""
    if fact.type in _READ:
        return Column(fact, np.full(rows, np.nan))
    return Column(fact, np.zeros(rows, np.uint8), [None])


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


def read_columns(table: pl.DataFrame | pl.LazyFrame, facts: Mapping[str, Fact]) -> dict[str, Column]:
    """The columns of `table` that are facts; raises `TableError` for a wrong type, NaN or an infinite number.

    Columns that are no facts (ids, names) are left alone; a fact without a column is unknown for everybody. Of a
    lazy table (a Parquet file that is not read yet) one column at a time is in memory.
    """
    names = [name for name in table.lazy().collect_schema().names() if name in facts]
    return {name: _column(table.lazy().select(name).collect()[name], facts[name]) for name in names}


def _column(series: pl.Series, fact: Fact) -> Column:
    if fact.type in _NUMERIC:
        column = Column(fact, _numbers(series, fact))
    elif fact.type is FactType.DATE:
        _want(series, fact, series.dtype in (pl.Date, pl.Null))
        column = Column(fact, series.cast(pl.Date).to_physical().cast(pl.Float64).to_numpy())
    elif fact.type is FactType.BOOLEAN:
        _want(series, fact, series.dtype in (pl.Boolean, pl.Null))
        codes = (series.cast(pl.Boolean).cast(pl.UInt8) + 1).fill_null(0).to_numpy()
        column = Column(fact, codes, [None, False, True])
    elif fact.type is FactType.CHOICES:
        _want(series, fact, isinstance(series.dtype, pl.List) or series.dtype == pl.Null)
        column = _coded(series.cast(pl.List(pl.String)), fact)
    else:
        textual = series.dtype in (pl.String, pl.Null) or isinstance(series.dtype, pl.Categorical | pl.Enum)
        _want(series, fact, textual)
        column = _coded(series.cast(pl.String), fact)
    missing = len(column) - int(np.count_nonzero(column.known))
    if missing != series.null_count():
        raise _refuse(
            fact.name,
            Text(
                f"读入前缺{series.null_count()}个，读入后缺{missing}个。",
                f"{series.null_count()} values were missing before reading, {missing} after.",
            ),
        )
    return column


def _numbers(series: pl.Series, fact: Fact) -> np.ndarray[Anything, Anything]:
    _want(series, fact, series.dtype.is_numeric() or series.dtype == pl.Null)
    numbers = series.cast(pl.Float64)
    bad = ~numbers.is_finite()
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
    return numbers.to_numpy()


def _coded(series: pl.Series, fact: Fact) -> Column:
    """Every text, or every list of choices, once, and a code a row in their place."""
    met = pl.DataFrame({"value": series, "row": pl.int_range(len(series), dtype=pl.UInt32, eager=True)})
    groups = met.group_by("value", maintain_order=True).agg("row")
    words = [frozenset(word) if isinstance(word, pl.Series) else word for word in groups["value"]]
    counts, rows = groups["row"].list.len().to_numpy(), groups["row"].explode().to_numpy()
    order = [None, *(word for word in words if word is not None)]
    numbers = np.cumsum([word is not None for word in words]) * [word is not None for word in words]
    codes = np.empty(len(series), _width(len(order)))
    codes[rows] = np.repeat(numbers.astype(codes.dtype), counts)
    return Column(fact, codes, order)


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
