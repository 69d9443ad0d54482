"""Opening a stranger's file in a process of its own, with its memory, time and files held short.

PDF and Office parsers are large and fed by strangers. The child process gets the bytes on its input,
sets its limits before it loads any parser, and answers with one line of JSON. Whatever goes wrong
in there ends as a sentence for the person who sent the file. On systems without resource limits
(Windows) the process and the clock still hold.
"""

from __future__ import annotations

import json
import sys

from lianzhang.kernel.confined import MEGABYTE, Breakdown, BrokeDown, Limits, confine, run_confined
from lianzhang.kernel.errors import UnreadableDocument
from lianzhang.kernel.period import Period
from lianzhang.kernel.text import Text
from lianzhang.reading.document import MAX_BYTES, SourceDocument, open_document

_CPU_SECONDS = 30
_PASTE = Text(
    "请另存为 docx 或 UTF-8 文本再试，或直接复制正文粘贴。",
    "Save it as docx or UTF-8 text and try again, or copy and paste the text.",
)


def read_document_safely(
    data: bytes, name: str | None = None, *, seconds: float = 60, memory: int = 512 * MEGABYTE
) -> SourceDocument:
    """`open_document` in a child process; raises `UnreadableDocument` for whatever happens there.

    `seconds` is wall time, `memory` the most address space in bytes that the child may take.
    """
    if len(data) > MAX_BYTES or not data:
        return open_document(data, name=name)  # refuses both without parsing anything
    limits = Limits(seconds, max(1, min(_CPU_SECONDS, int(seconds))), memory)
    try:
        answer = run_confined("lianzhang.reading.sandbox", data, limits=limits)
    except BrokeDown as error:
        raise _broke_down(error, seconds) from error
    if not answer.endswith(b"\n"):
        raise _broke_down(BrokeDown(Breakdown.CRASH, 0), seconds)
    return _document(json.loads(answer), name)


def _document(answer: dict[str, object], name: str | None) -> SourceDocument:
    if "what_zh" in answer:
        remedy = Text(str(answer["remedy_zh"]), str(answer["remedy_en"])) if answer["remedy_zh"] else None
        raise UnreadableDocument(Text(str(answer["what_zh"]), str(answer["what_en"])), remedy)
    hint = str(answer["published_hint"])
    return SourceDocument(
        text=str(answer["text"]),
        encoding=str(answer["encoding"]),
        format=str(answer["format"]),
        title=str(answer["title"]),
        published_hint=Period.parse(hint) if hint else None,
        name=name,
    )


def _too_slow(seconds: float) -> UnreadableDocument:
    return UnreadableDocument(
        Text(
            f"读这份文件超过{seconds:g}秒，已停止。它可能过于复杂，或有意为难解析程序。",
            f"Reading this file took more than {seconds:g} seconds and was stopped. It may be too complex, "
            "or made to hold up the parser.",
        ),
        _PASTE,
    )


def _broke_down(error: BrokeDown, seconds: float) -> UnreadableDocument:
    """Why there is no answer, and what to do instead."""
    if error.why is Breakdown.TIME:
        return _too_slow(seconds if error.code == 0 else min(_CPU_SECONDS, seconds))
    if error.why is Breakdown.MEMORY:
        return UnreadableDocument(
            Text(
                "读这份文件要的内存超过上限，已停止。",
                "Reading this file takes more memory than allowed; stopped.",
            ),
            _PASTE,
        )
    return UnreadableDocument(
        Text(
            f"解析程序读到一半停了（代码 {error.code}），文件可能已损坏。",
            f"The parser stopped half-way (code {error.code}); the file may be broken.",
        ),
        _PASTE,
    )


def _serve() -> int:
    """The child: bytes in, one JSON object out."""
    confine(int(sys.argv[1]), int(sys.argv[2]))
    answer: dict[str, str]
    try:
        found = open_document(sys.stdin.buffer.read())
    except UnreadableDocument as error:
        remedy = error.remedy or Text("", "")
        answer = {
            "what_zh": error.what.zh,
            "what_en": error.what.en,
            "remedy_zh": remedy.zh,
            "remedy_en": remedy.en,
        }
    else:
        answer = {
            "text": found.text,
            "encoding": found.encoding,
            "format": found.format,
            "title": found.title,
            "published_hint": str(found.published_hint or ""),
        }
    sys.stdout.write(json.dumps(answer, ensure_ascii=True) + "\n")
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(_serve())
