"""Opening a stranger's file in a process of its own, with its memory, time and files held short.

PDF and Office parsers are large and fed by strangers. The child process gets the bytes on its input,
sets its limits before it loads any parser, and answers with one line of JSON. Whatever goes wrong
in there ends as a sentence for the person who sent the file. On systems without resource limits
(Windows) the process and the clock still hold.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from lianzhang.kernel.errors import UnreadableDocument
from lianzhang.kernel.period import Period
from lianzhang.kernel.text import Text
from lianzhang.reading.document import MAX_BYTES, SourceDocument, open_document

MEGABYTE = 1024 * 1024
_CPU_SECONDS = 30
_ANSWERED = 0
#: Of the parent's environment, what Python and the loader of shared libraries need.
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "TMPDIR", "TEMP")
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
    command = [
        sys.executable,
        "-P",
        "-m",
        "lianzhang.reading.sandbox",
        str(memory),
        str(_cpu_seconds(seconds)),
    ]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=seconds, env=_environment(), check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _too_slow(seconds) from error
    if done.returncode != _ANSWERED or not done.stdout.endswith(b"\n"):
        raise _broke_down(done.returncode, done.stderr)
    return _document(json.loads(done.stdout), name)


def _cpu_seconds(seconds: float) -> int:
    return max(1, min(_CPU_SECONDS, int(seconds)))


def _environment() -> dict[str, str]:
    """A short environment; the package is found where this one was."""
    kept = {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ}
    package = str(Path(__file__).resolve().parents[2])
    return {**kept, "PYTHONPATH": package, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}


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


def _broke_down(code: int, errors: bytes) -> UnreadableDocument:
    """Signals come as negative codes: 24 (XCPU) and 9 for time, 11 and 6 for a crash."""
    if b"MemoryError" in errors or b"bad_alloc" in errors:
        return UnreadableDocument(
            Text(
                "读这份文件要的内存超过上限，已停止。",
                "Reading this file takes more memory than allowed; stopped.",
            ),
            _PASTE,
        )
    if code in (-24, -9):
        return _too_slow(_CPU_SECONDS)
    return UnreadableDocument(
        Text(
            f"解析程序读到一半停了（代码 {code}），文件可能已损坏。",
            f"The parser stopped half-way (code {code}); the file may be broken.",
        ),
        _PASTE,
    )


def _limit(memory: int, cpu_seconds: int) -> None:
    """Hold this process to its memory and time; it writes no files, dumps no core and starts nothing."""
    try:
        import resource
    except ImportError:
        return
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        with suppress(ValueError, OSError):  # a system may already hold us shorter, or not know the limit
            resource.setrlimit(kind, (most, most))


def _serve() -> int:
    """The child: bytes in, one JSON object out."""
    _limit(int(sys.argv[1]), int(sys.argv[2]))
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
    return _ANSWERED


if __name__ == "__main__":
    sys.exit(_serve())
