"""A plan as a document: sections of statements and tables, each with its source; nothing is said without one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, where it comes from, the address of that source, and what is doubtful about it."""

    text: str
    source: str
    href: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the last column of each row says where it comes from unless `source` speaks for all rows."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str = ""

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """The rows, each cell with the name of its column."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part. `empty` is said where there is neither a statement nor a table."""

    title: str
    empty: str
    statements: tuple[Statement, ...] = ()
    grids: tuple[Grid, ...] = ()

    @property
    def given(self) -> bool:
        """Whether anything is on record."""
        return bool(self.statements or any(grid.rows for grid in self.grids))


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole document; `lines` stand below the title: state, day, what it is made from."""

    title: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Titles of the sections for which nothing is on record."""
        return tuple(section.title for section in self.sections if not section.given)


def section(
    title: str, empty: str, *, statements: Iterable[Statement] = (), grids: Iterable[Grid] = ()
) -> Section:
    """A section; tables without rows are left out."""
    return Section(title, empty, tuple(statements), tuple(grid for grid in grids if grid.rows))
