"""What a file is, by its content; files that cannot be read are named, each with its way out."""

from __future__ import annotations

import re
from enum import StrEnum

from lianzhang.kernel.errors import UnreadableDocument
from lianzhang.kernel.text import Text


class Format(StrEnum):
    """Formats that can be read."""

    TEXT = "txt"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_PDF_WITHIN = 1024
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*"
    rb"<(?:!doctype\s+html|(?:html|head|body|meta|title|div|p|table|article|section|main|h[1-6]|span|center|ul|br)"
    rb"[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_SAVE_AS_DOCX = Text(
    "请用 Word 或 WPS 打开，另存为 docx 再上传；也可直接复制正文粘贴。",
    "Open it in Word or WPS and save it as docx, or copy and paste the text.",
)
_TYPE_IT = Text(
    "请先做文字识别（OCR），核对后粘贴正文，或上传带文字的文件。",
    "Run character recognition on it first, check the result and paste it, or upload a file with text.",
)
_UNPACK = Text("请先解压，再逐份上传其中的文件。", "Unpack it and upload the files inside one by one.")
_PASTE = Text(
    "请上传 txt、html、docx 或带文字的 PDF，或直接粘贴正文。",
    "Upload txt, html, docx or a PDF with text, or paste the text itself.",
)
#: First bytes of files that hold no text to read: what they are, what to do.
_OTHERS: tuple[tuple[bytes, Text, Text], ...] = (
    (b"{\\rtf", Text("这是 RTF 文件。", "This is an RTF file."), _SAVE_AS_DOCX),
    (b"\x89PNG\r\n", Text("这是图片（PNG），没有文字。", "This is a picture (PNG) without text."), _TYPE_IT),
    (
        b"\xff\xd8\xff",
        Text("这是图片（JPEG），没有文字。", "This is a picture (JPEG) without text."),
        _TYPE_IT,
    ),
    (b"GIF8", Text("这是图片（GIF），没有文字。", "This is a picture (GIF) without text."), _TYPE_IT),
    (b"II*\0", Text("这是图片（TIFF），没有文字。", "This is a picture (TIFF) without text."), _TYPE_IT),
    (b"MM\0*", Text("这是图片（TIFF），没有文字。", "This is a picture (TIFF) without text."), _TYPE_IT),
    (b"\x1f\x8b", Text("这是压缩包（gzip）。", "This is a compressed file (gzip)."), _UNPACK),
    (b"Rar!", Text("这是压缩包（RAR）。", "This is an archive (RAR)."), _UNPACK),
    (b"7z\xbc\xaf", Text("这是压缩包（7z）。", "This is an archive (7z)."), _UNPACK),
    (b"MZ", Text("这是 Windows 程序，不是文档。", "This is a Windows program, not a document."), _PASTE),
    (b"\x7fELF", Text("这是 Linux 程序，不是文档。", "This is a Linux program, not a document."), _PASTE),
    (b"bplist", Text("这是系统链接或设置文件。", "This is a system link or settings file."), _PASTE),
)


def detect(data: bytes) -> Format:
    """The format of `data`; raises `UnreadableDocument` for those that cannot be read."""
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return Format.PDF
    if data.startswith(b"PK"):
        from lianzhang.reading.formats.package import refuse_unless_docx

        refuse_unless_docx(data)
        return Format.DOCX
    if data.startswith(_OLE):
        raise _ole(data)
    for start, what, remedy in _OTHERS:
        if data.startswith(start) and not (start == b"MZ" and b"\0" not in data[:_HEAD]):
            raise UnreadableDocument(what, remedy)
    head = data[:_HEAD]
    if b'progid="Word.Document"' in head or b"<w:wordDocument" in head:
        raise UnreadableDocument(
            Text("这是 Word 2003 的 XML 文件。", "This is a Word 2003 XML file."), _SAVE_AS_DOCX
        )
    if head.lstrip()[:13].lower() == b"mime-version:" or (
        b"multipart/related" in head.lower() and b"boundary=" in head.lower()
    ):
        raise UnreadableDocument(
            Text("这是网页归档（MHTML）。", "This is a web archive (MHTML)."),
            Text(
                "请在浏览器中打开，另存为“网页，仅 HTML”，或复制正文粘贴。",
                "Open it in a browser and save it as “web page, HTML only”, or copy and paste the text.",
            ),
        )
    if _HTML.match(_ascii_head(head)):
        return Format.HTML
    return Format.TEXT


def _ascii_head(head: bytes) -> bytes:
    """The head with a UTF-16 file's NULs taken out, for its tags are ASCII all the same."""
    return head[2:].replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head


def _ole(data: bytes) -> UnreadableDocument:
    """An old or encrypted Office file, named by the streams in it."""
    names = (
        (
            "EncryptedPackage",
            Text("这份 Office 文件有打开密码。", "This Office file needs a password to open."),
            Text(
                "请用 Word 或 WPS 输入密码打开，去掉密码后另存为 docx。",
                "Open it with its password in Word or WPS, remove the password and save it as docx.",
            ),
        ),
        (
            "WordDocument",
            Text("这是旧版 Word 文件（.doc）。", "This is an old Word file (.doc)."),
            _SAVE_AS_DOCX,
        ),
        (
            "Workbook",
            Text("这是旧版 Excel 表（.xls），不是通报。", "This is an old Excel sheet (.xls), no bulletin."),
            _PASTE,
        ),
    )
    for name, what, remedy in names:
        if name.encode("utf-16-le") in data:
            return UnreadableDocument(what, remedy)
    return UnreadableDocument(
        Text("这是旧版 Office 或 WPS 文件。", "This is an old Office or WPS file."), _SAVE_AS_DOCX
    )
