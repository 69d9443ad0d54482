"""The command line answers in the reader's language, with a sentence and an exit code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lianzhang import __version__
from tests.cli.programs import ROOT
from tests.cli.programs import lianzhang as run_in


def lianzhang(*arguments: str, language: str = "zh_CN.UTF-8") -> subprocess.CompletedProcess[str]:
    return run_in(Path.cwd(), *arguments, language=language)


def test_the_version_is_printed() -> None:
    assert lianzhang("--version").stdout.strip() == __version__


def test_help_is_chinese_by_default_and_english_where_the_system_is() -> None:
    assert "通报" in lianzhang("--help", language="").stdout
    assert "bulletin" in lianzhang("--help", language="en_US.UTF-8").stdout
    assert "通报" not in lianzhang("read", "--help", language="en_US.UTF-8").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["read"], "缺少"),
        (["raed"], "命令"),
        (["read", "x.txt", "--jsonn"], "选项"),
        (["read", "x.txt", "--language", "fr"], "zh 或 en"),
        (["up", "--port", "99999"], "写得不对"),
    ],
)
def test_a_command_written_wrongly_is_explained_and_fails(arguments: list[str], words: str) -> None:
    done = lianzhang(*arguments)
    assert done.returncode in {1, 2}
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("file", "chinese", "english"),
    [
        ("no-such-file.txt", "没有文件", "There is no file"),
        (".", "文件夹", "is a folder"),
        ("https://example.org/bulletin.html", "网址", "web address"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_way_out(file: str, chinese: str, english: str) -> None:
    done = lianzhang("read", file)
    assert done.returncode == 1
    assert chinese in done.stderr
    assert "请" in done.stderr
    in_english = lianzhang("read", file, "--language", "en")
    assert in_english.returncode == 1
    assert english in in_english.stderr


def test_reading_a_document_loads_no_web_framework() -> None:
    program = (
        "import sys; from lianzhang.cli.main import run; run(['read', '-', '--json']); "
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input="2024年，全市装备制造业营业收入318.4亿元。",
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={"PYTHONPATH": str(ROOT / "src")},
    )
    assert done.returncode == 0, done.stderr
