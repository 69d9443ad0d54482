"""What a file is, by its content, and its sheets; files that are no tables are named, with the way out."""

from __future__ import annotations

from lianzhang.kernel import Text
from lianzhang.tables.delimited import read_delimited
from lianzhang.tables.package import Package, password
from lianzhang.tables.sheet import Sheet, TableRefused, Workbook

#: Bytes of one Excel file.
MAX_EXCEL_BYTES = 64 * 1024 * 1024
#: Plain workbooks with more content than this are read in the confined process as well, to spare the memory here.
_AT_HAND = 64 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS_XLSX = Text(
    "请在 Excel 或 WPS 中另存为 .xlsx（或 CSV）再上传。", "Save it as .xlsx (or CSV) in Excel or WPS."
)
_OTHERS = (
    (b"%PDF", Text("这是 PDF，不是表格文件。", "This is a PDF, no table.")),
    (b"\x89PNG", Text("这是图片，不是表格文件。", "This is a picture, no table.")),
    (b"\xff\xd8\xff", Text("这是图片，不是表格文件。", "This is a picture, no table.")),
    (b"Rar!", Text("这是压缩包（RAR），不是表格文件。", "This is an archive (RAR), no table.")),
    (b"7z\xbc\xaf", Text("这是压缩包（7z），不是表格文件。", "This is an archive (7z), no table.")),
    (b"\x1f\x8b", Text("这是压缩包（gzip），不是表格文件。", "This is a compressed file (gzip), no table.")),
    (b"{\\rtf", Text("这是 RTF 文档，不是表格文件。", "This is an RTF document, no table.")),
)


def open_workbook(data: bytes, *, confined: bool = True) -> Workbook:
    """The sheets of an .xlsx, .xls or delimited text. Raises `TableRefused`.

    Excel files are read in a confined process, save plain ones that are not too large; `confined=False` reads
    files of one's own making without it.
    """
    if not data:
        raise TableRefused(
            Text("文件是空的（0字节）。", "The file is empty (0 bytes)."),
            Text("请核对原文件，重新保存后再上传。", "Check the original and save it again."),
        )
    kind = detect(data)
    if kind == "csv":
        sheet, encoding, separator = read_delimited(data)
        return Workbook([sheet], "csv" if separator != "\t" else "tsv", encoding)
    if len(data) > MAX_EXCEL_BYTES:
        raise TableRefused(
            Text(
                f"文件有{len(data) // 2**20} MB，超过{MAX_EXCEL_BYTES // 2**20} MB的上限。",
                f"The file has {len(data) // 2**20} MB; the limit is {MAX_EXCEL_BYTES // 2**20} MB.",
            ),
            Text(
                "请删去图片和多余的表，或拆成几份，或另存为 CSV。",
                "Delete pictures, split it or save it as CSV.",
            ),
        )
    sheets = _excel_sheets(data, kind, confined=confined)
    hidden = tuple(sheet.name for sheet in sheets if not sheet.visible)
    return Workbook([sheet for sheet in sheets if sheet.visible], kind, hidden=hidden)


def _excel_sheets(data: bytes, kind: str, *, confined: bool) -> list[Sheet]:
    from lianzhang.tables.spreadsheet import read_plain_xlsx, read_xls, read_xlsx

    if not confined:
        return (read_xlsx if kind == "xlsx" else read_xls)(data)
    if kind == "xlsx":
        package = Package(data)  # what its directory gives away needs no reader
        sheets = read_plain_xlsx(package) if package.size <= _AT_HAND else None
        if sheets is not None:
            return sheets
    from lianzhang.tables.sandbox import read_sheets

    return read_sheets(data, kind)


def open_pasted(text: str) -> Workbook:
    """A block copied from a spreadsheet: tabs between cells, one row a line."""
    sheet, _, _ = read_delimited(text.encode("utf-8", "replace"), pasted=True)
    return Workbook([sheet], "pasted")


def detect(data: bytes) -> str:
    """`xlsx`, `xls` or `csv`; raises `TableRefused` for what is none of them."""
    if data.startswith(b"PK"):
        return "xlsx"
    if data.startswith(_OLE):
        return _old_office(data)
    for start, what in _OTHERS:
        if data.startswith(start):
            raise TableRefused(what, _SAVE_AS_XLSX)
    head = data[:2048].lstrip().lower()
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml")):
        raise TableRefused(
            Text("这是网页或 XML，只是后缀像表格。", "This is a web page or XML, whatever its name says."),
            _SAVE_AS_XLSX,
        )
    return "csv"


def _old_office(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise password()
    for name in ("Workbook", "Book"):
        if name.encode("utf-16-le") in data:
            if "_VBA_PROJECT".encode("utf-16-le") in data:
                raise TableRefused(
                    Text("这份 .xls 带宏，不读取。", "This .xls holds macros and is not read."), _SAVE_AS_XLSX
                )
            return "xls"
    if "WordDocument".encode("utf-16-le") in data:
        raise TableRefused(
            Text("这是 Word 文档，不是表格文件。", "This is a Word document, no table."), _SAVE_AS_XLSX
        )
    raise TableRefused(
        Text("这是旧版 Office 或 WPS 表格（.et）。", "This is an old Office or WPS file (.et)."),
        _SAVE_AS_XLSX,
    )
