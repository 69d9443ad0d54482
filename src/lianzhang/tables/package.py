"""The zip package of an Excel file, checked before the reader of cells sees it; what its sheets declare.

No more is inflated than the directory owns up to, and that is looked at first. Of each sheet only what the reader
does not tell is kept: merged blocks, formulas without a value, error cells, and long numbers.
"""

from __future__ import annotations

import html
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from lianzhang.kernel import Text
from lianzhang.tables.sheet import Merge, TableRefused, Trouble, column_index, column_name

MAX_ENTRIES = 2000
MAX_INFLATED = 200 * 1024 * 1024
MAX_RATIO = 200
_RATIO_COUNTS_FROM = 1024 * 1024
_ENCRYPTED = 0x1
_BLOCK = 16 * 1024
#: Bytes at the beginning of a part in which declarations stand.
_HEAD_BYTES = 4096
#: Signature of a part, and the lengths of its name and of what follows it.
_HEAD = struct.Struct("<4s22xHH")
_PROGRAMS = frozenset({".exe", ".dll", ".jar", ".js", ".vbs", ".scr", ".bat"})
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE_DECLARATION = re.compile(rb"<\0!\0(?:D\0O\0C\0T|E\0N\0T)|\0<\0!\0(?:D\0O\0C\0T|E\0N\0T)", re.IGNORECASE)
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_EMPTY_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f(?:/>|[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*\bt="e"[^>]*>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)?<v>([^<]{0,20})</v>'
)
_TEXT_CELL = re.compile(rb'\bt="(?:s|str|inlineStr|b|e)"')
_FAR = re.compile(rb'r="([A-Z]{3}\d{1,7})"')
#: More such cells than anybody wants listed.
_MOST_TROUBLES = 10_000
_MOST_MERGES = 50_000
_SAVE_AGAIN = Text(
    "请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传；也可复制表格粘贴。",
    "Open it in Excel or WPS and save it as .xlsx, or copy the table and paste it.",
)
_REPORT = Text(
    "请不要使用这份文件，并向发来的人核实来源。",
    "Do not use this file and ask its sender where it comes from.",
)


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The name of a worksheet, where it stands in the package, and whether people see it."""

    name: str
    path: str
    visible: bool


class Package:
    """An opened package whose directory has been checked. Raises `TableRefused` for what is unsafe."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise TableRefused(
                Text("文件已损坏，压缩目录读不出来。", "The file is broken: its directory cannot be read."),
                _SAVE_AGAIN,
            ) from error
        self._entries = {entry.filename: entry for entry in entries}
        _check_kind(set(self._entries))
        _check_directory(entries)
        self._room = MAX_INFLATED
        self._seen: set[str] = set()

    def check_parts(self) -> None:
        """Inflate and count every part that a reader may open and that was not yet looked at; refuse XML that declares
        entities."""
        for name in self._entries.keys() - self._seen:
            if name.startswith("xl/") and name.endswith(".xml") and "/worksheets/" not in name:
                self.content(name)

    def sheets(self) -> Iterator[tuple[str, bytes]]:
        """Name and XML of each worksheet, in the order of the workbook, one after another."""
        for part in self.worksheets():
            yield part.name, self.content(part.path)

    def path_of(self, sheet: str) -> str:
        """Where the worksheet of this name stands in the package; raises `KeyError`."""
        return {part.name: part.path for part in self.worksheets()}[sheet]

    def worksheets(self) -> list[Worksheet]:
        """The worksheets in the order of the workbook."""
        targets = self._targets()
        found = []
        for sheet in re.findall(rb"<(?:\w+:)?sheet\b[^>]*>", self.content("xl/workbook.xml")):
            said = dict(re.findall(rb'([\w:]+)="([^"]*)"', sheet))
            path = next((path for key, _, path in targets if key == said.get(b"r:id", b"")), "")
            if path in self._entries and "worksheets/" in path:
                name = html.unescape(said.get(b"name", b"").decode("utf-8", "replace"))
                found.append(Worksheet(name, path, visible=said.get(b"state", b"visible") == b"visible"))
        return found

    def part(self, kind: str) -> bytes:
        """The part of this kind that belongs to the workbook, such as `styles`; empty if there is none."""
        for _, type_, path in self._targets():
            if type_.rpartition("/")[2] == kind and path in self._entries:
                return self.content(path)
        return b""

    def counts_from_1904(self) -> bool:
        """Whether days are counted as old spreadsheets of Apple did."""
        said = re.search(rb'\bdate1904="([^"]*)"', self.content("xl/workbook.xml"))
        return said is not None and said[1] not in (b"0", b"false")

    @property
    def size(self) -> int:
        """Bytes of all parts once inflated, as the directory says; no more is ever inflated."""
        return sum(entry.file_size for entry in self._entries.values())

    def _targets(self) -> list[tuple[bytes, str, str]]:
        """What the workbook is linked with: key, type and path in the package."""
        found = []
        for link in re.findall(rb"<Relationship\b[^>]*>", self.content("xl/_rels/workbook.xml.rels")):
            said = dict(re.findall(rb'(\w+)="([^"]*)"', link))
            target = said.get(b"Target", b"").decode("utf-8", "replace")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found.append((said.get(b"Id", b""), said.get(b"Type", b"").decode("utf-8", "replace"), path))
        return found

    def far_cell(self) -> str:
        """A used cell far to the right, for the message about a sheet too wide to open; empty if none."""
        for _, xml in self.sheets():
            found = _FAR.search(xml)
            if found:
                return found[1].decode()
        return ""

    def content(self, name: str) -> bytes:
        """One part, inflated and counted; raises `TableRefused` when it is missing or unsafe."""
        out = io.BytesIO()
        for piece in self.pieces(name):
            out.write(piece)
        content = out.getvalue()
        # A single sign is sought far faster than a word, and few parts have this one.
        if b"!" in content and b"<!ENTITY" in content:
            raise _declares_entities(name)
        return content

    def pieces(self, name: str) -> Iterator[bytes]:
        """One part piece by piece, inflated and counted; raises `TableRefused` when it is missing or unsafe, which for
        what is broken or has entities far inside shows only when all of it is seen."""
        entry = self._entries.get(name)
        if entry is None:
            raise TableRefused(
                Text(f"文件不完整，缺少“{name}”。", f"The file is incomplete: “{name}” is missing."),
                _SAVE_AGAIN,
            )
        if entry.file_size > self._room:
            raise too_large()
        size, check, head = 0, 0, b""
        try:
            for piece in _inflated(self._packed(entry), entry):
                size, check = size + len(piece), zlib.crc32(piece, check)
                if size > entry.file_size:
                    break
                if len(head) < _HEAD_BYTES:
                    head += piece[:_HEAD_BYTES]
                    if _DECLARATION.search(head) or _WIDE_DECLARATION.search(head):
                        raise _declares_entities(name)
                yield piece
        except (zlib.error, struct.error) as error:
            raise _cannot_unpack(entry) from error
        if size != entry.file_size or check != entry.CRC:
            raise _cannot_unpack(entry)
        if name not in self._seen:
            self._room -= size
            self._seen.add(name)

    def _packed(self, entry: zipfile.ZipInfo) -> memoryview:
        """The bytes of a part as they stand in the file, after a head of their own (APPNOTE.TXT 4.3.7)."""
        signature, name, extra = _HEAD.unpack_from(self._data, entry.header_offset)
        if signature != b"PK\3\4" or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _cannot_unpack(entry)
        start = entry.header_offset + _HEAD.size + name + extra
        return memoryview(self._data)[start : start + entry.compress_size]


def _inflated(packed: memoryview, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content piece by piece. Large pieces would each be fetched from the system."""
    if entry.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    for place in range(0, len(packed), _BLOCK):
        yield machine.decompress(packed[place : place + _BLOCK])


def _declares_entities(name: str) -> TableRefused:
    return TableRefused(
        Text(
            f"文件内的“{name}”声明了实体，正常的 Excel 文件不会这样。",
            f"“{name}” inside the file declares entities, which Excel files never do.",
        ),
        _REPORT,
    )


def _cannot_unpack(entry: zipfile.ZipInfo) -> TableRefused:
    return TableRefused(
        Text(
            f"文件已损坏，“{entry.filename}”解不开。",
            f"The file is broken: “{entry.filename}” cannot be unpacked.",
        ),
        _SAVE_AGAIN,
    )


def merged_blocks(xml: bytes) -> tuple[Merge, ...]:
    """The merged blocks of a sheet."""
    start = xml.find(b"mergeCells", max(0, xml.rfind(b"</sheetData>")))
    if start < 0:
        return ()
    found = []
    for match in _MERGE.finditer(xml, start):
        left, top, right, bottom = match.groups()
        found.append(
            Merge(int(top) - 1, column_index(left.decode()), int(bottom) - 1, column_index(right.decode()))
        )
        if len(found) > _MOST_MERGES:
            raise TableRefused(
                Text(
                    f"表里合并的单元格超过{_MOST_MERGES}处。",
                    f"The sheet has more than {_MOST_MERGES} merged blocks.",
                ),
                Text("请取消合并后另存再上传。", "Unmerge the cells and save it again."),
            )
    return tuple(found)


def is_filtered(rest: bytes) -> bool:
    """Whether a filter hides rows of a sheet, by the XML after its cells."""
    start = rest.find(b"<autoFilter", max(0, rest.rfind(b"</sheetData>")))
    return start >= 0 and b"<filterColumn" in rest[start : rest.find(b"</autoFilter>", start)]


def troubled_cells(xml: bytes) -> tuple[Trouble, ...]:
    """Formulas that were never calculated, and cells that show an error."""
    found = []
    first, last = xml.find(b"<sheetData"), xml.rfind(b"</sheetData>")
    # Single letters are sought far faster than words, and most sheets have neither of these two.
    if xml.find(b"f", first, last) >= 0 and xml.find(b"<f", first, last) >= 0:
        for match in _EMPTY_FORMULA.finditer(xml):
            found.append(Trouble(int(match[2]) - 1, column_index(match[1].decode()), "formula"))
    if xml.find(b"e", first + len(b"<sheetData"), last) >= 0 and xml.find(b't="e"', first, last) >= 0:
        for match in _ERROR.finditer(xml):
            word = match[3].decode("utf-8", "replace")
            found.append(Trouble(int(match[2]) - 1, column_index(match[1].decode()), "error", word))
    return tuple(found[:_MOST_TROUBLES])


def numeric_cells(xml: bytes, places: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Of the cells at `places`, by row and column from 0, those that hold a number and not text."""
    found, at = set(), 0
    for row, column in sorted(places):
        # Cells stand in the order of their rows, so all of them are found in one pass.
        reference = b' r="%b"' % place(row, column).encode()
        here = xml.find(reference, at)
        if here < 0:
            here = xml.find(reference, 0, at)
        if here < 0:
            break  # written by a program that does not name its cells, and nothing can be told
        at = here
        cell = xml[xml.rfind(b"<", 0, here) : xml.find(b">", here)]
        if not _TEXT_CELL.search(cell):
            found.add((row, column))
    return frozenset(found)


def formatted_cells(xml: bytes, styles: Iterable[int]) -> list[tuple[int, int]]:
    """Rows and columns of cells that hold a number in one of these formats."""
    wanted = b"|".join(str(style).encode() for style in styles)
    cells = (
        re.finditer(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*? s="(?:' + wanted + rb')"[^>]*>', xml)
        if wanted
        else ()
    )
    return [
        (int(cell[2]) - 1, column_index(cell[1].decode())) for cell in cells if not _TEXT_CELL.search(cell[0])
    ]


def place(row: int, column: int) -> str:
    """A cell as people name it: B12."""
    return f"{column_name(column)}{row + 1}"


def _check_kind(names: set[str]) -> None:
    if "xl/vbaProject.bin" in names:
        raise TableRefused(
            Text("这份表带宏（xlsm），不读取。", "This workbook holds macros (xlsm) and is not read."),
            Text("请在 Excel 或 WPS 中另存为 .xlsx。", "Save it as .xlsx in Excel or WPS."),
        )
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        raise TableRefused(
            Text("这是二进制工作簿（.xlsb）。", "This is a binary workbook (.xlsb)."),
            Text("请在 Excel 或 WPS 中另存为 .xlsx。", "Save it as .xlsx in Excel or WPS."),
        )
    known = {
        "word/document.xml": Text("这是 Word 文档，不是表格文件。", "This is a Word document, no workbook."),
        "ppt/presentation.xml": Text("这是演示文稿，不是表格文件。", "This is a presentation, no workbook."),
        "content.xml": Text("这是 OpenDocument 文件（.ods）。", "This is an OpenDocument file (.ods)."),
    }
    for name, what in known.items():
        if name in names:
            raise TableRefused(what, _SAVE_AGAIN)
    raise TableRefused(
        Text("这是压缩包（zip），不是表格。", "This is an archive (zip), no workbook."),
        Text("请先解压，再上传其中的表格。", "Unpack it and upload the workbook inside."),
    )


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise _too_much(
            f"文件内有{len(entries)}个部件，超过上限{MAX_ENTRIES}个。",
            f"The file has {len(entries)} parts; the limit is {MAX_ENTRIES}.",
        )
    if len({entry.filename for entry in entries}) < len(entries):
        raise TableRefused(
            Text("文件内有重名的部件，可能被改动过。", "Parts of the file share a name; it may be forged."),
            _REPORT,
        )
    if sum(entry.file_size for entry in entries) > MAX_INFLATED:
        raise too_large()
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or path.suffix.lower() in _PROGRAMS:
            raise TableRefused(
                Text(
                    f"文件内的“{entry.filename}”不该出现在 Excel 文件里。",
                    f"“{entry.filename}” has no place in an Excel file.",
                ),
                _REPORT,
            )
        if entry.flag_bits & _ENCRYPTED:
            raise password()
        if entry.file_size > _RATIO_COUNTS_FROM and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise _too_dense(entry.filename)


def password() -> TableRefused:
    """The file needs a password."""
    return TableRefused(
        Text("这份文件有打开密码。", "This file needs a password to open."),
        Text(
            "请用 Excel 或 WPS 输入密码打开，去掉密码后另存为 .xlsx。",
            "Open it with its password, remove the password and save it as .xlsx.",
        ),
    )


def too_large() -> TableRefused:
    """Unpacked, the file is over the limit."""
    megabytes = MAX_INFLATED // 1024 // 1024
    return TableRefused(
        Text(f"文件解开后超过{megabytes} MB。", f"Unpacked, the file exceeds {megabytes} MB."),
        Text(
            "请删去多余的空行、空列和图片后另存，或拆成几份，或另存为 CSV。",
            "Delete surplus empty rows, columns and pictures, split it, or save it as CSV.",
        ),
    )


def _too_dense(name: str) -> TableRefused:
    return _too_much(
        f"文件内的“{name}”压缩超过{MAX_RATIO}倍，像是压缩炸弹。",
        f"“{name}” inside the file is packed more than {MAX_RATIO} times; it looks like a zip bomb.",
    )


def _too_much(zh: str, en: str) -> TableRefused:
    return TableRefused(Text(zh, en), _REPORT)
