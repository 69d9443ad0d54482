"""The zip package of an Office file, checked before any parser sees it.

Headers lie, so the sizes they declare are checked first and the bytes are counted again while they
are inflated. A 2 MB package can unpack to a gigabyte; nothing here holds more than the limits.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath

from lianzhang.kernel.errors import UnreadableDocument
from lianzhang.kernel.text import Text

MAX_ENTRIES = 1000
MAX_INFLATED = 200 * 1024 * 1024
MAX_RATIO = 100
#: Small entries may compress well without harm.
_RATIO_COUNTS_FROM = 1024 * 1024
_BLOCK = 256 * 1024
_ENCRYPTED = 0x1
_FILE_KIND, _SYMLINK = 0o170000, 0o120000
_NESTED = frozenset({".zip", ".jar", ".docx", ".xlsx", ".pptx", ".rar", ".7z", ".gz", ".exe", ".dll"})
_EMBEDDED_REFUSED = frozenset({".bin", ".zip", ".jar", ".rar", ".7z", ".gz", ".exe", ".dll"})
_EXCHANGE = re.compile(rb"<(?:\w+:)?instrText[^>]*>\s*DDE(?:AUTO)?\b", re.IGNORECASE)
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE_DECLARATION = re.compile(rb"<\0!\0(?:D\0O\0C\0T|E\0N\0T)|\0<\0!\0(?:D\0O\0C\0T|E\0N\0T)", re.IGNORECASE)
_SAVE_AGAIN = Text(
    "请用 Word 或 WPS 打开原文件，另存为新的 docx 再上传；也可直接复制正文粘贴。",
    "Open the original in Word or WPS and save it as a new docx, or copy and paste the text.",
)
_REPORT = Text(
    "请不要使用这份文件，并向发来的人核实来源；需要时复制正文粘贴。",
    "Do not use this file and ask its sender where it comes from; copy and paste the text if you need it.",
)
_OTHER_PACKAGES = (
    ("OFD.xml", Text("这是 OFD 版式文件。", "This is an OFD file.")),
    ("xl/workbook.xml", Text("这是 Excel 表，不是通报。", "This is an Excel sheet, no bulletin.")),
    ("ppt/presentation.xml", Text("这是演示文稿。", "This is a presentation.")),
    ("content.xml", Text("这是 OpenDocument 文件。", "This is an OpenDocument file.")),
)
_CONVERT = Text(
    "请在原程序中另存为 docx 或带文字的 PDF，或复制正文粘贴。",
    "Save it as docx or as a PDF with text in its own program, or copy and paste the text.",
)


def refuse_unless_docx(data: bytes) -> None:
    """Raise unless `data` is a Word package by its list of entries; nothing is inflated."""
    names = {entry.filename for entry in _entries(data)}
    if "word/vbaProject.bin" in names:
        raise UnreadableDocument(
            Text(
                "这份 Word 文件带宏（docm），不能读取。",
                "This Word file holds macros (docm) and is not read.",
            ),
            Text("请另存为不带宏的 docx 再上传。", "Save it as a docx without macros."),
        )
    if "word/document.xml" in names and "[Content_Types].xml" in names:
        return
    for name, what in _OTHER_PACKAGES:
        if name in names:
            raise UnreadableDocument(what, _CONVERT)
    raise UnreadableDocument(
        Text("这是压缩包（zip），不是文档。", "This is an archive (zip), not a document."),
        Text("请先解压，再逐份上传其中的文件。", "Unpack it and upload the files inside one by one."),
    )


def parts_of(data: bytes, *wanted: str) -> dict[str, bytes]:
    """The wanted XML parts of a package that has been checked as a whole; missing ones are left out.

    Raises `UnreadableDocument` for packages that are too large, too dense or encrypted, hold what Word
    files never hold, or whose XML declares entities. No other part is inflated.
    """
    entries = _entries(data)
    _check_directory(entries)
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for entry in entries:
            if entry.filename in wanted:
                room = MAX_INFLATED - sum(map(len, parts.values()))
                parts[entry.filename] = _without_entities(entry.filename, _inflate(package, entry, room))
    return parts


def _without_entities(name: str, content: bytes) -> bytes:
    if _DECLARATION.search(content) or _WIDE_DECLARATION.search(content):
        raise UnreadableDocument(
            Text(
                f"文件内的“{name}”声明了外部实体，正常的 Word 文件不会这样。",
                f"“{name}” inside the file declares entities, which Word files never do.",
            ),
            _REPORT,
        )
    if _EXCHANGE.search(content):
        raise UnreadableDocument(
            Text(
                "文件里有会启动其他程序的域（DDE）。",
                "The file holds a field that starts other programs (DDE).",
            ),
            _REPORT,
        )
    return content


def _entries(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableDocument(
            Text("文件已损坏，压缩目录读不出来。", "The file is broken: its directory cannot be read."),
            _SAVE_AGAIN,
        ) from error


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise _too_much(
            f"文件内有{len(entries)}个部件，超过上限{MAX_ENTRIES}个。",
            f"The file has {len(entries)} parts; the limit is {MAX_ENTRIES}.",
        )
    if len({entry.filename for entry in entries}) < len(entries):
        raise UnreadableDocument(
            Text("文件内有重名的部件，可能被改动过。", "Parts of the file share a name; it may be forged."),
            _REPORT,
        )
    if sum(entry.file_size for entry in entries) > MAX_INFLATED:
        raise _too_large()
    for entry in entries:
        if _is_out_of_place(entry):
            raise UnreadableDocument(
                Text(
                    f"文件内的“{entry.filename}”不该出现在 Word 文件里。",
                    f"“{entry.filename}” has no place in a Word file.",
                ),
                _REPORT,
            )
        if entry.flag_bits & _ENCRYPTED:
            raise UnreadableDocument(
                Text("文件内容已加密。", "The content of the file is encrypted."),
                Text("请去掉密码后另存为 docx。", "Remove the password and save it as docx."),
            )
        if entry.file_size > _RATIO_COUNTS_FROM and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise _too_dense(entry.filename)


def _is_out_of_place(entry: zipfile.ZipInfo) -> bool:
    """Paths that leave the package, links, and archives or programs inside; a chart's sheet may be there."""
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or entry.external_attr >> 16 & _FILE_KIND == _SYMLINK:
        return True
    embedded = "embeddings" in path.parts
    return path.suffix.lower() in (_EMBEDDED_REFUSED if embedded else _NESTED)


def _inflate(package: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """The content of a part, counted block by block whatever its header says."""
    blocks: list[bytes] = []
    size = 0
    try:
        with package.open(entry) as stream:
            while block := stream.read(_BLOCK):
                size += len(block)
                if size > room:
                    raise _too_large()
                if size > _RATIO_COUNTS_FROM and size > MAX_RATIO * max(1, entry.compress_size):
                    raise _too_dense(entry.filename)
                blocks.append(block)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise UnreadableDocument(
            Text(
                f"文件已损坏，“{entry.filename}”解不开。",
                f"The file is broken: “{entry.filename}” cannot be unpacked.",
            ),
            _SAVE_AGAIN,
        ) from error
    return b"".join(blocks)


def _too_large() -> UnreadableDocument:
    megabytes = MAX_INFLATED // 1024 // 1024
    return _too_much(
        f"文件解开后超过{megabytes} MB，像是压缩炸弹。",
        f"Unpacked, the file exceeds {megabytes} MB; it looks like a zip bomb.",
    )


def _too_dense(name: str) -> UnreadableDocument:
    return _too_much(
        f"文件内的“{name}”压缩超过{MAX_RATIO}倍，像是压缩炸弹。",
        f"“{name}” inside the file is packed more than {MAX_RATIO} times; it looks like a zip bomb.",
    )


def _too_much(zh: str, en: str) -> UnreadableDocument:
    return UnreadableDocument(Text(zh, en), _REPORT)
