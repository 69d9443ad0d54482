"""What a published list says once, in the line above its header, and not in a column: which title, batch and year."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import polars as pl

from lianzhang.tables.headings import heading, title_year, unit_line
from lianzhang.tables.kinds import Kind
from lianzhang.tables.layout import Layout
from lianzhang.tables.mapping import Column, How
from lianzhang.tables.sheet import Sheet

_LIST = re.compile(r"名单|名录|公示|公告|汇总表|一览表|花名册")
_FRAME = re.compile(r"[(（]?(?:名单|名录|汇总表|一览表|花名册)[)）]?$|^附件\s*\d*\s*[:：.、]?\s*")
_YEAR = re.compile(r"(?:19|20)\d{2}\s*年\s*(?:度)?")
_BATCH = re.compile(r"\(?(第[一二三四五六七八九十百\d]+批)次?\)?")
_PLACE = "（标题）"


def told_above(
    sheet: Sheet, layout: Layout, columns: tuple[Column, ...], kind: Kind
) -> tuple[Sheet, Layout, tuple[Column, ...]]:
    """The table with a further column for each thing that only its title line says; unchanged where that is none."""
    have = {column.field for column in columns}
    if "title" not in kind or "title" in have:
        return sheet, layout, columns
    lines = (cell for row in range(max(0, layout.header)) for cell in sheet.row(row) if cell)
    line = next((text for text in lines if _LIST.search(text) and not unit_line(text)), "")
    said = {field: text for field, text in _said(line).items() if text and field not in have}
    if "title" not in said:
        return sheet, layout, columns
    for field, text in said.items():
        index, name = sheet.width, f"{kind[field].label.zh}{_PLACE}"
        cells = [None] * sheet.cells.height
        rows = pl.int_range(sheet.cells.height, eager=True)
        column = pl.Series(str(index), cells, dtype=pl.String).scatter(
            rows.filter(rows >= layout.first), text
        )
        sheet = replace(sheet, cells=sheet.cells.with_columns(column.scatter(_last(layout), name)))
        columns = (*columns, Column(index, heading(name), field, How.CONTENT))
        layout = replace(layout, headings=(*layout.headings, heading(name)))
    return sheet, layout, columns


def _last(layout: Layout) -> int:
    return layout.header + layout.height - 1


def _said(line: str) -> dict[str, str]:
    plain = unicodedata.normalize("NFKC", line).strip()
    batch = _BATCH.search(plain)
    title = _BATCH.sub("", _YEAR.sub("", plain))
    for _ in range(2):
        title = _FRAME.sub("", title.strip()).strip()
    return {"title": title, "batch": batch[1] if batch else "", "awarded": title_year(plain)}
