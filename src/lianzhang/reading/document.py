"""A document as it was found: its text, before anything is repaired, and what it says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lianzhang.kernel.errors import PeriodError, UnreadableDocument
from lianzhang.kernel.period import Period
from lianzhang.kernel.text import Text
from lianzhang.reading.wrong_codec import misread_throughout

#: The largest file and the longest text that are read.
MAX_BYTES = 20 * 1024 * 1024
MAX_CHARACTERS = 5_000_000
_ADDRESS = re.compile(r"(?:https?://|www\.|file://)\S+", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_DATE = re.compile(r"((?:19|20)\d\d)[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?")
#: The part of a text in which a headline is looked for, and how long it may be.
_HEAD = 2000
_LONGEST_HEADLINE = 60
_NO_HEADLINE = re.compile(r"[。;；]|[记記]者|来源|來源|[时時][间間][:：]|^\d{4}[-年/.]|讯|訊|^\W+$")
_ORIGINAL_TITLE = re.compile(r"^(?:原)?[标標][题題][:：]\s*")


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """The text of a document with line ends as \\n and otherwise as found.

    `encoding` is the encoding's usual name; formats that fix it themselves say UTF-8. `format` is
    txt, html, docx, pdf or pasted. `published_hint` is the date the file itself names.
    """

    text: str
    encoding: str
    format: str
    title: str = ""
    published_hint: Period | None = None
    name: str | None = None


def open_document(data: bytes | str, *, name: str | None = None) -> SourceDocument:
    """Text out of a file's bytes or of pasted text; raises `UnreadableDocument` with the way out.

    The format is told by the content, never by the name. Parsing pdf and docx from strangers belongs
    in `sandbox.read_document_safely`, which calls this in a process of its own.
    """
    if isinstance(data, str):
        text = _SURROGATE.sub("\ufffd", data)
        if "\0" in text:
            raise UnreadableDocument(
                Text("粘贴的文字里有空字符（NUL）。", "The pasted text holds NUL characters."),
                Text("请从原文重新复制正文。", "Copy the text from its source again."),
            )
        return checked(SourceDocument(text, "Unicode", "pasted", name=name))
    if not data:
        raise UnreadableDocument(
            Text("文件是空的（0 字节）。", "The file is empty (0 bytes)."),
            Text(
                "请核对原文件能否打开，再重新上传。", "Check that the original opens, then upload it again."
            ),
        )
    if len(data) > MAX_BYTES:
        megabytes = len(data) / 1024 / 1024
        raise UnreadableDocument(
            Text(
                f"文件有{megabytes:.0f} MB，超过上限20 MB。",
                f"The file has {megabytes:.0f} MB; the limit is 20.",
            ),
            Text(
                "请拆成几份，或只复制正文粘贴。",
                "Split it into several, or copy and paste only the text that counts.",
            ),
        )
    from lianzhang.reading.formats import open_bytes

    return checked(open_bytes(data, name=name))


def checked(document: SourceDocument) -> SourceDocument:
    """The document with plain line ends; raises where there is nothing to read or too much."""
    text = document.text.replace("\r\n", "\n").replace("\r", "\n")
    bare = text.strip(" \t\n\u3000\u00a0\ufeff\x1a")
    if not bare:
        raise UnreadableDocument(
            Text("文件里没有文字。", "There is no text in the file."),
            Text(
                "请核对内容后重新上传，或直接粘贴正文。",
                "Check its content and upload it again, or paste the text.",
            ),
        )
    if len(text) > MAX_CHARACTERS:
        raise UnreadableDocument(
            Text(
                f"正文有{len(text):,}字，超过上限{MAX_CHARACTERS:,}字。",
                f"The text has {len(text):,} characters; the limit is {MAX_CHARACTERS:,}.",
            ),
            Text("请拆成几份再上传。", "Split it into several files."),
        )
    if _ADDRESS.fullmatch(bare) or bare.lower().startswith("[internetshortcut]"):
        raise UnreadableDocument(
            Text("这是一个链接，不是正文。", "This is a link, not a text."),
            Text(
                "系统不上网取文。请在浏览器中打开，另存网页或复制正文后再提交。",
                "Nothing is fetched from the web: open it in a browser, then save the page or copy its text.",
            ),
        )
    wrong = misread_throughout(text)
    if wrong is not None:
        raise UnreadableDocument(
            Text(
                f"整份文字都用错了编码（真正的开头像是“{wrong.reading[:16]}”）。",
                f"The whole text was decoded wrongly (it seems to begin “{wrong.reading[:16]}”).",
            ),
            Text(
                "它在另存之前就被用错的编码打开过。请用原始文件，或在原处打开后复制正文粘贴。",
                "It was opened in a wrong encoding before it was saved: use the original file, or open that and "
                "copy and paste the text.",
            ),
        )
    return replace(document, text=text, title=document.title or headline(text))


def headline(text: str) -> str:
    """The first line, where it looks like a headline: short, no sentence, no byline."""
    lines = [line for line in (line.strip() for line in text[:_HEAD].splitlines()) if line]
    if len(lines) < 2:
        return ""
    first = _ORIGINAL_TITLE.sub("", lines[0])
    if not 4 <= len(first) <= _LONGEST_HEADLINE or _NO_HEADLINE.search(first):
        return ""
    return first


def date_in(text: str) -> Period | None:
    """The first calendar date in a file's own record of it (`2025-08-15T08:00`, `2025年8月`)."""
    found = _DATE.search(text)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        return Period.parse(f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else ""))
    except PeriodError:
        return None
