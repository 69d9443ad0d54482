"""The list of enterprises as a file for Excel and WPS: what is seen, where it comes from, no cell that runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from lianzhang.casework import Actor
from lianzhang.kernel import clock
from lianzhang.tables.export import Cell, Listing, export_xlsx
from lianzhang.web.facts.export import safe
from lianzhang.web.registry.columns import Column, shown_rows

_AT_ONCE = 500


def workbook(actor: Actor, rows: Iterable[Any], columns: Sequence[Column], *, filters: str) -> bytes:
    """An .xlsx: text stays text, numbers are numbers, and the lines on top say what it is and whence."""
    listing = Listing(
        gettext("企业名录"),
        tuple(about(actor, filters=filters)),
        tuple(column.label for column in columns),
        _cells(actor, rows, columns),
    )
    return export_xlsx(listing)


def lines(actor: Actor, rows: Iterable[Any], columns: Sequence[Column], *, filters: str) -> Iterator[bytes]:
    """A CSV piece by piece: UTF-8 with a byte-order mark, the same lines on top, the head, one line a row."""
    yield b"\xef\xbb\xbf"
    for label, value in about(actor, filters=filters):
        yield _line([label, safe(value)])
    yield _line([column.label for column in columns])
    for row in _cells(actor, rows, columns):
        yield _line([_text(cell) for cell in row])


def about(actor: Actor, *, filters: str) -> list[tuple[str, str]]:
    """What stands above the table."""
    return [
        (gettext("表名"), gettext("企业名录")),
        (gettext("来源"), gettext("链长企业库；各项的出处和日期见企业档案")),
        (gettext("数据截至"), clock.today().isoformat()),
        (gettext("筛选条件"), filters or gettext("无")),
        (gettext("导出人"), f"{actor.name} {actor.organisation_name}".strip()),
        (gettext("导出时间"), f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        (gettext("标识"), gettext("内部资料")),
    ]


def _cells(actor: Actor, rows: Iterable[Any], columns: Sequence[Column]) -> Iterator[list[Cell]]:
    rows = iter(rows)
    while piece := list(islice(rows, _AT_ONCE)):
        for shown in shown_rows(actor, piece, columns):
            yield [column.cell(shown) for column in columns]


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, int | date):
        return str(cell)
    # Spreadsheets turn eighteen digits into a rounded number unless something tells them not to.
    return f"\t{cell}" if cell.isascii() and cell.isdigit() and len(cell) > 15 else safe(cell)


def _line(cells: Iterable[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode("utf-8")
