"""PDF files that hold text; lines broken by the page's width are put together again."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pypdfium2  # type: ignore[import-untyped]

from lianzhang.kernel.errors import UnreadableDocument
from lianzhang.kernel.text import Text
from lianzhang.reading.document import MAX_CHARACTERS, SourceDocument

MAX_PAGES = 500
#: A page of text holds more than a page number and a stamp.
_LEAST_PER_PAGE = 8
_CHINESE = re.compile("[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff]")
_SENTENCE_END = re.compile(r"[。！？!?；;：:”》」』]$")
_OWN_LINE = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．是]|第[一二三四五六七八九十\d]+[章节条部分]|[(（][一二三四五六七八九十\d]+[)）]"
    r"|\d{1,2}[.、．](?!\d)|[•·●■◆▪▶➢★※-]\s?|附件|来源|記者|记者)"
)
_PAGE_NUMBER = re.compile(
    r"^[-—–·\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–·\s]*$"
)
#: A line this much shorter than the longest ones ends its paragraph.
_FULL_LINE = 0.85


def read_pdf(data: bytes, *, name: str | None = None) -> SourceDocument:
    """The text of a PDF; raises `UnreadableDocument` for locked, broken, endless or scanned ones."""
    document = _opened(data)
    try:
        pages = len(document)
        if pages > MAX_PAGES:
            raise UnreadableDocument(
                Text(
                    f"PDF 有{pages}页，超过上限{MAX_PAGES}页。",
                    f"The PDF has {pages} pages; the limit is {MAX_PAGES}.",
                ),
                Text("请只上传通报所在的几页。", "Upload only the pages of the bulletin."),
            )
        texts: list[str] = []
        for index in range(pages):
            texts.append(_page_text(document, index))
            if sum(map(len, texts)) > MAX_CHARACTERS:
                break
        title = (document.get_metadata_dict(skip_empty=True) or {}).get("Title", "")
    finally:
        document.close()
    if sum(len(text.strip()) for text in texts) < _LEAST_PER_PAGE * max(1, min(pages, 3)):
        raise UnreadableDocument(
            Text(
                f"这份 PDF 共{pages}页，里面只有图像，没有文字层。",
                f"The PDF has {pages} pages of pictures and no text in them.",
            ),
            Text(
                "请先做文字识别（OCR）并核对，或上传原来的 docx，或粘贴正文。",
                "Run character recognition on it and check the result, upload the docx, or paste the text.",
            ),
        )
    return SourceDocument(joined_lines("\n".join(texts)), "UTF-8", "pdf", _sound_title(title), name=name)


def _opened(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise UnreadableDocument(
                Text("这份 PDF 有打开密码。", "The PDF needs a password to open."),
                Text(
                    "请用密码打开后另存为没有密码的 PDF，或复制正文粘贴。",
                    "Open it with its password and save it without one, or copy and paste the text.",
                ),
            ) from error
        raise UnreadableDocument(
            Text("PDF 文件已损坏，打不开。", "The PDF is broken and cannot be opened."),
            Text("请重新下载或导出后再上传，或粘贴正文。", "Download or export it again, or paste the text."),
        ) from error


def _page_text(document: Any, index: int) -> str:
    try:
        page = document[index]
        try:
            text_page = page.get_textpage()
            try:
                return str(text_page.get_text_bounded(errors="replace"))
            finally:
                text_page.close()
        finally:
            page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(
            Text(f"PDF 第{index + 1}页已损坏，读不出来。", f"Page {index + 1} of the PDF is broken."),
            Text("请重新导出 PDF，或粘贴正文。", "Export the PDF again, or paste the text."),
        ) from error


def joined_lines(text: str) -> str:
    """Paragraphs out of lines: a full line of Chinese that ends no sentence goes on in the next one."""
    lines = [
        line.rstrip().lstrip(" \t") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]
    lines = [line.replace("\ufffe", "-").replace("\u0002", "-") for line in lines]
    lines = [line for line in lines if line and not _PAGE_NUMBER.match(line)]
    if not lines:
        return ""
    full = _FULL_LINE * sorted(map(_width, lines))[int(0.9 * (len(lines) - 1))]
    paragraphs = [lines[0]]
    for before, line in pairwise(lines):
        if _goes_on(before, line, full):
            gap = "" if _CHINESE.search(before[-1] + line[0]) or before.endswith("-") else " "
            paragraphs[-1] = paragraphs[-1].rstrip("-" if not gap else "") + gap + line
        else:
            paragraphs.append(line)
    return "\n".join(paragraphs)


def _goes_on(before: str, line: str, full: float) -> bool:
    if _OWN_LINE.match(line) or line.startswith("\u3000") or _width(before) < full:
        return False
    return not (_SENTENCE_END.search(before) and _width(before) < full / _FULL_LINE)


def _width(line: str) -> float:
    """Width in Chinese characters; Latin letters and figures take half of one."""
    return sum(0.5 if sign < "\u0100" else 1.0 for sign in line)


def _sound_title(title: str) -> str:
    """The title from the file's record, unless a program wrote its own name there."""
    return (
        ""
        if re.search(r"Microsoft Word|WPS|\.docx?$|untitled|幻灯片", title, re.IGNORECASE)
        else title.strip()
    )
