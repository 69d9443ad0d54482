"""A sheet as it came: text cells with their places in the file, before anybody knows what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from lianzhang.kernel import LianzhangError

#: Characters of a cell that are looked at when a header is sought.
LONGEST_HEADER = 300


#: Doubles near 10¹⁸ are 128 apart, so a code that passed through one is a multiple.
_SPACING = 128


class TableRefused(LianzhangError):
    """A file that is no table that can be imported, with the way out."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged block, both ends included; rows and columns count from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """A cell whose value is not what its author sees: `formula` never calculated, `error` such as #N/A."""

    row: int
    column: int
    what: str
    shown: str = ""


@dataclass(slots=True)
class Sheet:
    """All cells as text, null where empty. Row `i` of `cells` is row `i + 1` of the spreadsheet.

    `numbers` are the places of cells that look like a code and hold a number, not text. `hidden` are the numbers of the
    rows that a person does not see, which are read like all others; `filtered` says that a filter hides them.
    """

    name: str
    cells: pl.DataFrame
    merged: tuple[Merge, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    numbers: frozenset[tuple[int, int]] = frozenset()
    hidden: tuple[int, ...] = ()
    filtered: bool = False
    visible: bool = True

    @property
    def width(self) -> int:
        """How many columns there are."""
        return self.cells.width

    def row(self, index: int) -> list[str]:
        """The cells of one row as a header may have them: stripped and no longer than one would be."""
        cells = self.cells.row(index)
        return [str(cell)[:LONGEST_HEADER].strip() if cell is not None else "" for cell in cells]


@dataclass(slots=True)
class Workbook:
    """The sheets of one file, its format, for text the encoding found, and the names of hidden sheets, not read."""

    sheets: list[Sheet]
    format: str
    encoding: str = ""
    hidden: tuple[str, ...] = ()


def column_name(index: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The place of a column by its letters: A is 0."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def perhaps_rounded(text: str) -> bool:
    """Whether a text of digits may be what a double has left of a code."""
    return 16 <= len(text) <= 20 and text.isdecimal() and int(text) % _SPACING == 0


def as_percent(number: str) -> str:
    """A number as a cell formatted in percent shows it: 0.056 is 5.6%."""
    shown = f"{Decimal(number) * 100:f}"
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown}%"
