"""Workbooks as offices send them, made for the tests."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import openpyxl

from lianzhang.kernel import credit_code
from lianzhang.kernel.fact_dictionary import FactDictionary, fact_dictionary
from lianzhang.kernel.pack import open_pack
from lianzhang.kernel.regions import Regions
from lianzhang.tables import Checked, Reference, Workbook, check_table, find_table, need_kind, open_workbook

PACK = open_pack("liaocheng")
FACTS: FactDictionary = fact_dictionary(PACK)
REFERENCE = Reference(date(2026, 11, 28), Regions.from_pack(PACK))
_BODY = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def code(number: int) -> str:
    """A synthetic code whose check characters agree."""
    rng = random.Random(number)
    entity = "MA" + "".join(rng.choice(_BODY) for _ in range(6))
    first = f"91371526{entity}{credit_code.entity_check_character(entity)}"
    return first + credit_code.check_character(first)


def digits_code(number: int) -> str:
    """One made of digits only, which a spreadsheet takes for a number."""
    while True:
        entity = f"{number:08d}"
        first = f"91371526{entity}{credit_code.entity_check_character(entity)}"
        whole = first + credit_code.check_character(first)
        if whole.isdigit():
            return whole
        number += 1


def xlsx(rows: Iterable[Sequence[Any]], *, merged: Sequence[str] = (), title: str = "Sheet1") -> bytes:
    """A workbook with one sheet; text that begins with = is stored as text."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for line, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is None:
                continue
            cell = sheet.cell(line, column)
            cell.value = value
            if isinstance(value, str) and value.startswith("="):
                cell.data_type = "s"
    for block in merged:
        sheet.merge_cells(block)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv(rows: Iterable[Sequence[str]], encoding: str = "utf-8") -> bytes:
    """A CSV file."""
    return ("\r\n".join(",".join(row) for row in rows) + "\r\n").encode(encoding)


def read(data: bytes | Workbook, kind: str = "enterprises", **named: Any) -> Checked:
    """The whole way from bytes to checked rows."""
    book = data if isinstance(data, Workbook) else open_workbook(data)
    keep = named.pop("keep_unverified", False)
    table = find_table(book, need_kind(kind, FACTS), facts=FACTS, **named)
    return check_table(table, reference=REFERENCE, keep_unverified=keep)


def read_fast(data: bytes, kind: str = "enterprises", **named: Any) -> Checked:
    """The same without the confined process, for files of our own making."""
    return read(open_workbook(data, confined=False), kind, **named)


def replaced(data: bytes, name: str, content: bytes) -> bytes:
    """The package with one part exchanged or added."""
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            if entry != name:
                target.writestr(entry, source.read(entry))
        target.writestr(name, content)
    return out.getvalue()
