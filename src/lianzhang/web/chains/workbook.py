"""A map as an Excel workbook of two sheets, and back."""

from __future__ import annotations

import io
from collections.abc import Mapping

import xlsxwriter

from lianzhang.chain import (
    LINK_COLUMNS,
    NODE_COLUMNS,
    ChainMap,
    LinkKind,
    Stage,
    from_rows,
    link_rows,
    node_rows,
)
from lianzhang.kernel import Text
from lianzhang.tables import Sheet, open_workbook
from lianzhang.web.chains.refusals import MapFault

NODES, LINKS = "环节", "连接"
_TEXT_ONLY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_STAGES = [stage.label.zh for stage in Stage]
_KINDS = [kind.label.zh for kind in LinkKind]


def workbook_of(chain_map: ChainMap) -> bytes:
    """The .xlsx: sheets 环节 and 连接, every cell text, headings frozen, stages and kinds chosen from lists."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, dict(_TEXT_ONLY))
    head = book.add_format({"bold": True, "bg_color": "#E6EEF5", "border": 1})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for name, columns, rows in (
        (NODES, NODE_COLUMNS, node_rows(chain_map)),
        (LINKS, LINK_COLUMNS, link_rows(chain_map)),
    ):
        sheet = book.add_worksheet(name)
        for at, label in enumerate(columns.values()):
            sheet.write_string(0, at, label, head)
        for line, row in enumerate(rows, 1):
            for at, key in enumerate(columns):
                sheet.write_string(line, at, row[key], text)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, len(columns) - 1, 22)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        choices = {"stage": _STAGES, "kind": _KINDS}
        for at, key in enumerate(columns):
            if key in choices:
                sheet.data_validation(
                    1, at, len(rows) + 500, at, {"validate": "list", "source": choices[key]}
                )
    book.close()
    return out.getvalue()


def map_of_workbook(data: bytes, *, chain: str, name: Text) -> ChainMap:
    """The map in an uploaded workbook.

    Raises `TableRefused` for a file that is no workbook, `MapFault` for missing sheets or columns and
    `TableError` for a wrong row, each saying where.
    """
    sheets = {sheet.name.strip(): sheet for sheet in open_workbook(data).sheets}
    if NODES not in sheets:
        raise MapFault(
            Text(f"工作簿里没有“{NODES}”表。", "The workbook has no sheet of nodes (环节)."),
            Text("请先下载现有图谱的表格，在上面修改。", "Download the present table and change that."),
        )
    nodes = _rows(sheets[NODES], NODE_COLUMNS, needed=("id", "name"))
    links = _rows(sheets[LINKS], LINK_COLUMNS, needed=("source", "target")) if LINKS in sheets else []
    return from_rows(chain, name, nodes, links)


def _rows(sheet: Sheet, columns: Mapping[str, str], *, needed: tuple[str, ...]) -> list[dict[str, str]]:
    if sheet.cells.is_empty():
        return []
    of_label = {label: key for key, label in columns.items()}
    heads = [of_label.get(label.rstrip("*＊ "), "") for label in sheet.row(0)]
    missing = [columns[key] for key in needed if key not in heads]
    if missing:
        raise MapFault(
            Text(
                f"“{sheet.name}”表缺少列“{'”“'.join(missing)}”。",
                f"Sheet “{sheet.name}” lacks the columns {', '.join(missing)}.",
            ),
            Text("第一行应是列名。", "The first row holds the headings."),
        )
    return [
        {key: cell for key, cell in zip(heads, sheet.row(line), strict=False) if key}
        for line in range(1, sheet.cells.height)
    ]
