"""A stranger's file is opened in a process of its own; whatever it does there ends as a sentence."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from lianzhang.kernel import confined
from lianzhang.kernel.confined import MEGABYTE
from lianzhang.kernel.errors import UnreadableDocument
from lianzhang.reading.document import open_document
from lianzhang.reading.sandbox import read_document_safely
from tests.reading.hostile_files import document_xml, docx, paragraph, pdf

REPORT = "2025年上半年全市装备制造业实现营业收入176.88亿元。"
PAGE = f'<html><meta name=pubdate content="2025-08-15"><p>{REPORT}</p></html>'.encode()

posix = pytest.mark.skipif(sys.platform == "win32", reason="this system has no resource limits")


@pytest.mark.parametrize(
    "data", [REPORT.encode(), REPORT.encode("gb18030"), PAGE, docx(paragraph(REPORT)), pdf([[REPORT]])]
)
def test_a_sound_file_comes_back_as_it_would_without_the_sandbox(data: bytes) -> None:
    assert read_document_safely(data, "通报.txt") == open_document(data, name="通报.txt")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (docx(parts={"word/document.xml": document_xml("<w:p/>" * 3_000_000)}), "压缩炸弹"),
        (docx(prologue='<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>', body="&x;"), "外部实体"),
        (pdf([["机密"]], encrypted=True), "密码"),
        (b"\0\0\0", "NUL"),
        (b"", "0 字节"),
    ],
)
def test_a_refusal_inside_arrives_outside_in_both_languages(data: bytes, word: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_document_safely(data)
    assert word in refused.value.say("zh")
    assert refused.value.remedy is not None and refused.value.remedy.en


def test_a_file_that_hangs_the_parser_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    _child_runs(monkeypatch, "import time; time.sleep(60)")
    begun = time.monotonic()
    with pytest.raises(UnreadableDocument, match="超过1秒"):
        read_document_safely(REPORT.encode(), seconds=1)
    assert time.monotonic() - begun < 10


@posix
def test_a_file_that_takes_too_much_memory_is_stopped() -> None:
    page = b"<html><body>" + b"<p>x</p>" * 1_000_000
    with pytest.raises(UnreadableDocument) as refused:
        read_document_safely(page, memory=120 * MEGABYTE)
    assert "内存" in refused.value.what.zh or "停了" in refused.value.what.zh


@posix
def test_a_parser_that_keeps_the_processor_busy_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    _child_runs(
        monkeypatch,
        f"from lianzhang.kernel.confined import confine\nconfine({512 * MEGABYTE}, 1)\nwhile True: pass",
    )
    with pytest.raises(UnreadableDocument, match="秒"):
        read_document_safely(REPORT.encode(), seconds=20)


def test_a_parser_that_crashes_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    _child_runs(monkeypatch, "import os; os.abort()")
    with pytest.raises(UnreadableDocument, match="停了"):
        read_document_safely(REPORT.encode())


def test_a_parser_that_answers_nonsense_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    _child_runs(monkeypatch, "print('half an answ', end='')")
    with pytest.raises(UnreadableDocument, match="停了"):
        read_document_safely(REPORT.encode())


@posix
def test_the_child_can_write_no_file(tmp_path: Path) -> None:
    program = f"""
from lianzhang.kernel.confined import confine
confine({512 * MEGABYTE}, 5)
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
try:
    with open({str(tmp_path / "left behind")!r}, "w") as file:
        file.write("x" * 10)
        file.flush()
except OSError:
    print("refused")
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=confined._environment(),
    )
    assert done.stdout == "refused\n"


def _child_runs(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Let the child run `program` instead of the reader."""
    real = subprocess.run
    monkeypatch.setattr(
        confined.subprocess,
        "run",
        lambda command, **options: real([sys.executable, "-c", program], **options),
    )
