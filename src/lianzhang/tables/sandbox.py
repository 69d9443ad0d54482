"""Opening a stranger's spreadsheet in a process of its own, held to one gigabyte and half a minute."""

from __future__ import annotations

import io
import json
import struct
import sys
from typing import Any

import polars as pl

from lianzhang.kernel import Text
from lianzhang.kernel.confined import MEGABYTE, Breakdown, BrokeDown, Limits, confine, run_confined
from lianzhang.tables.sheet import Merge, Sheet, TableRefused, Trouble

LIMITS = Limits(seconds=90, cpu_seconds=60, memory=1024 * MEGABYTE)
_LENGTH = struct.Struct(">Q")


def read_sheets(data: bytes, kind: str, *, limits: Limits = LIMITS) -> list[Sheet]:
    """The sheets of an Excel file; `kind` is xlsx or xls. Raises `TableRefused` whatever goes wrong inside."""
    try:
        answer = run_confined("lianzhang.tables.sandbox", data, arguments=(kind,), limits=limits)
        head, sheets = _parts(answer)
    except BrokeDown as error:
        raise _explained(error, data, kind) from error
    if "what_zh" in head:
        remedy = Text(head["remedy_zh"], head["remedy_en"]) if head["remedy_zh"] else None
        raise TableRefused(Text(head["what_zh"], head["what_en"]), remedy)
    return [_sheet(item, content) for item, content in zip(head["sheets"], sheets, strict=True)]


def _parts(answer: bytes) -> tuple[dict[str, Any], list[memoryview]]:
    """A length and its bytes, again and again: the JSON head, then the cells of each sheet."""
    whole, found, place = memoryview(answer), [], 0
    while place + _LENGTH.size <= len(answer):
        (size,) = _LENGTH.unpack_from(answer, place)
        place += _LENGTH.size
        found.append(whole[place : place + size])
        place += size
    if not found or place != len(answer):
        raise BrokeDown(Breakdown.CRASH, 0)
    return json.loads(bytes(found[0])), found[1:]


def _sheet(item: dict[str, Any], content: memoryview) -> Sheet:
    return Sheet(
        name=str(item["name"]),
        cells=pl.read_ipc(io.BytesIO(content)),
        merged=tuple(Merge(*row) for row in item["merged"]),
        troubles=tuple(Trouble(*row) for row in item["troubles"]),
        numbers=frozenset((row[0], row[1]) for row in item["numbers"]),
        hidden=tuple(item["hidden"]),
        filtered=bool(item["filtered"]),
        visible=bool(item["visible"]),
    )


def _explained(error: BrokeDown, data: bytes, kind: str) -> TableRefused:
    """Why the reader gave up, with the cell at fault where it can be found."""
    remedy = Text(
        "请把有内容的部分复制到一张新表，另存为 .xlsx 再上传。",
        "Copy the part with content to a new sheet and save it as .xlsx.",
    )
    if error.why is Breakdown.TIME:
        what = Text("读这份表超过时限，已停止。", "Reading this workbook took too long and was stopped.")
        return TableRefused(what, remedy)
    far = _far_cell(data) if kind == "xlsx" else ""
    if far:
        what = Text(
            f"表里很远的单元格（{far}）有内容，整张表大得读不进来。",
            f"A cell far away ({far}) has content, which makes the sheet too large to read.",
        )
        return TableRefused(what, remedy)
    if error.why is Breakdown.MEMORY or error.code == -6:
        what = Text(
            "读这份表要的内存超过上限，已停止。", "Reading this workbook takes more memory than allowed."
        )
    else:
        what = Text(
            "表格读到一半停了，文件可能已损坏。", "The reader stopped half-way; the file may be broken."
        )
    return TableRefused(what, remedy)


def _far_cell(data: bytes) -> str:
    from lianzhang.tables.package import Package

    try:
        return Package(data).far_cell()
    except TableRefused:
        return ""


def _serve() -> int:
    """The child: bytes in, the head and the cells out."""
    confine(int(sys.argv[1]), int(sys.argv[2]))
    from lianzhang.tables.spreadsheet import read_xls, read_xlsx

    data = sys.stdin.buffer.read()
    try:
        sheets = (read_xlsx if sys.argv[3] == "xlsx" else read_xls)(data)
    except TableRefused as error:
        remedy = error.remedy or Text("", "")
        answer = {
            "what_zh": error.what.zh,
            "what_en": error.what.en,
            "remedy_zh": remedy.zh,
            "remedy_en": remedy.en,
        }
        _send(json.dumps(answer).encode())
        return 0
    head = [
        {
            "name": sheet.name,
            "merged": [[item.top, item.left, item.bottom, item.right] for item in sheet.merged],
            "troubles": [[item.row, item.column, item.what, item.shown] for item in sheet.troubles],
            "numbers": sorted(sheet.numbers),
            "hidden": sheet.hidden,
            "filtered": sheet.filtered,
            "visible": sheet.visible,
        }
        for sheet in sheets
    ]
    _send(json.dumps({"sheets": head}).encode())
    for sheet in sheets:
        content = io.BytesIO()
        sheet.cells.write_ipc(content)
        _send(content.getvalue())
    return 0


def _send(content: bytes) -> None:
    sys.stdout.buffer.write(_LENGTH.pack(len(content)) + content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(_serve())
