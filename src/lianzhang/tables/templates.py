"""Workbooks to fill in: 填写 (the rows), 填表说明 (what goes where), 字典 (what the drop-downs offer)."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import xlsxwriter

from lianzhang.kernel.regions import Regions
from lianzhang.tables.kinds import Field, FieldType, Kind

VERSION = "1"
#: Rows of the sheet that carry formats and drop-downs.
_ROWS = 2000
_SHEETS = ("填写", "填表说明", "字典")
_TEXT_TYPES = frozenset({FieldType.CODE, FieldType.PHONE, FieldType.TEXT, FieldType.LIST, FieldType.INDUSTRY})
_DAYS = frozenset({FieldType.DATE, FieldType.DUE})


def template(kind: Kind, *, regions: Regions | None = None) -> bytes:
    """An .xlsx for `kind`. Its kind and version stand in the document's properties, not in a cell."""
    kind = replace(kind, fields=tuple(item for item in kind.fields if item.type is not FieldType.TICK))
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_custom_property("lianzhang-kind", kind.id)
    book.set_custom_property("lianzhang-template", VERSION)
    book.set_properties({"title": f"{kind.label.zh}模板"})
    fill, guide, words = (book.add_worksheet(name) for name in _SHEETS)
    offered = _offered(kind, regions)
    places = _write_words(book, words, offered)
    _write_form(book, fill, kind, places)
    _write_guide(book, guide, kind, offered)
    fill.activate()
    book.close()
    return out.getvalue()


def _offered(kind: Kind, regions: Regions | None) -> dict[str, list[str]]:
    """What each field with a drop-down offers."""
    found: dict[str, list[str]] = {}
    for field in kind.fields:
        if field.type is FieldType.CHOICE:
            found[field.id] = list(dict.fromkeys(field.words.values()))
        elif field.type is FieldType.COUNTY and regions is not None:
            found[field.id] = [region.name for region in regions if region.level != "city"]
    return found


def _write_words(book: Any, sheet: Any, offered: dict[str, list[str]]) -> dict[str, str]:
    """The lists, one a column; returns the range of each."""
    head = book.add_format({"bold": True, "bg_color": "#E6EEF5", "border": 1})
    places = {}
    for column, (field_id, items) in enumerate(offered.items()):
        letter = chr(65 + column)
        sheet.write_string(0, column, field_id, head)
        for row, item in enumerate(items, 1):
            sheet.write_string(row, column, item)
        sheet.set_column(column, column, 24)
        places[field_id] = f"={_SHEETS[2]}!${letter}$2:${letter}${len(items) + 1}"
    return places


def _write_form(book: Any, sheet: Any, kind: Kind, places: dict[str, str]) -> None:
    plain = book.add_format(
        {"bold": True, "bg_color": "#E6EEF5", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    star = book.add_format({"bold": True, "font_color": "#C00000"})
    label = book.add_format({"bold": True})
    text = book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for column, field in enumerate(kind.fields):
        title = header(field)
        if field.required:
            sheet.write_rich_string(0, column, star, "*", label, title, plain)
        else:
            sheet.write_string(0, column, title, plain)
        # Left to itself a spreadsheet turns eighteen digits into 9.137E+17.
        style = text if field.type in _TEXT_TYPES else day if field.type in _DAYS else None
        sheet.set_column(column, column, max(12, min(30, len(title) * 2 + 4)), style)
        if field.id in places:
            sheet.data_validation(
                1,
                column,
                _ROWS,
                column,
                {
                    "validate": "list",
                    "source": places[field.id],
                    "error_title": field.label.zh,
                    "error_message": "请从下拉列表中选择。",
                },
            )
    last = len(kind.fields) - 1
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, _ROWS, last)
    sheet.set_row(0, 32)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def header(field: Field) -> str:
    """The header of a field with its unit: 注册资本（万元）."""
    unit = field.unit if field.type is FieldType.AMOUNT else ""
    return f"{field.label.zh}（{unit}）" if unit else field.label.zh


def _write_guide(book: Any, sheet: Any, kind: Kind, offered: dict[str, list[str]]) -> None:
    head = book.add_format({"bold": True, "bg_color": "#E6EEF5", "border": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    for column, title in enumerate(("列", "必填", "怎么填", "例")):
        sheet.write_string(0, column, title, head)
    for row, field in enumerate(kind.fields, 1):
        sheet.write_string(row, 0, header(field), wrap)
        sheet.write_string(row, 1, "是" if field.required else "否", wrap)
        sheet.write_string(row, 2, _how(field, offered), wrap)
        sheet.write_string(row, 3, field.example, wrap)
    last = len(kind.fields) + 2
    for line, sentence in enumerate(
        (
            "不知道的留空，或写“-”“无”“暂无”；留空不会改动已有内容。",
            "金额可带单位（如1.2亿元）；“超”“近”“约”“余”会照样保留。",
            "上传后先看预览，确认才入库；填错的行会标红退回，改好再传即可。有问题请联系链长办。",
        )
    ):
        sheet.write_string(last + line, 0, sentence)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 8)
    sheet.set_column(2, 2, 60)
    sheet.set_column(3, 3, 26)


def _how(field: Field, offered: dict[str, list[str]]) -> str:
    shapes = {
        FieldType.CODE: "18位统一社会信用代码，文本格式。",
        FieldType.DUE: "日期，如2025-08-15；也可写2025年8月、2025年底。",
        FieldType.DATE: "日期，如2025-08-15、2025/8/15、2025年8月15日、20250815。",
        FieldType.AMOUNT: f"数字{f'，单位{field.unit}' if field.unit else ''}。",
        FieldType.COUNT: f"整数{f'，单位{field.unit}' if field.unit else ''}。",
        FieldType.YEAR: "年份，如2024。",
        FieldType.PERIOD: "年、半年、季度、月或日，如2025年上半年、2025年1—6月。",
        FieldType.INDUSTRY: "国民经济行业分类（GB/T 4754—2017）的代码或名称。",
        FieldType.LIST: "多个用分号隔开。",
    }
    parts = [shapes.get(field.type, "")]
    if field.id in offered:
        parts = [f"从下拉列表选：{'、'.join(offered[field.id])}。"]
    if field.note and field.note.zh not in parts[0]:
        parts.append(field.note.zh)
    return "".join(parts)
