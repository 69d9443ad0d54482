"""`lianzhang read`: a table for people, one object for programs."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from lianzhang.cli.main import run
from lianzhang.cli.reading_tables import QUOTE_LENGTH, print_reading, short
from lianzhang.reading import read

SENTENCE = "2024年，聊城市装备制造产业营业收入318.4亿元，同比增长7.1%；2025年上半年出口超3000万元。"


@pytest.fixture
def bulletin(tmp_path: Path) -> Path:
    path = tmp_path / "通报.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    return path


def printed(text: str, *, language: str = "zh") -> str:
    console = Console(file=StringIO(), width=200, color_system=None)
    print_reading(read(text), console, language)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_json_gives_the_document_and_every_claim_with_its_place(
    bulletin: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", str(bulletin), "--json", "--published", "2025-08-15"]) == 0
    reading = json.loads(capsys.readouterr().out)
    assert reading["document"]["published"] == "2025-08-15"
    revenue = next(claim for claim in reading["claims"] if claim["value"] == 318.4)
    assert revenue["unit"] == "亿元"
    assert revenue["period"] == "2024"
    assert revenue["change_pct"] == 7.1
    assert SENTENCE[revenue["start"] : revenue["end"]] == revenue["quote"]


def test_the_table_shows_unit_period_change_and_certainty_in_words() -> None:
    table = printed(SENTENCE)
    for words in ("营业收入", "318.4亿元", "同比增长7.1%", "2024年", "超3000万元", "2025年上半年"):
        assert words in table
    assert "确定" in table or "存疑" in table


def test_the_table_speaks_english_when_asked() -> None:
    table = printed(SENTENCE, language="en")
    assert "Certainty" in table
    assert "claims:" in table


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_text_without_figures_fails_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: list[str]
) -> None:
    path = tmp_path / "讲话.txt"
    path.write_text("会议强调，要持续优化营商环境，推动产业链高质量发展。", encoding="utf-8")
    assert run(["read", str(path), *form]) == 1
    assert "没有读到数字" in capsys.readouterr().err


def test_an_empty_publication_date_means_unknown(bulletin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", str(bulletin), "--json", "--published", ""]) == 0
    assert json.loads(capsys.readouterr().out)["document"]["published"] is None


def test_a_publication_date_that_is_none_is_refused(
    bulletin: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", str(bulletin), "--published", "昨天"]) == 1
    assert "昨天" in capsys.readouterr().err


def test_a_long_quote_is_cut_to_one_line() -> None:
    assert short("一 二\n三") == "一 二 三"
    assert len(short("字" * 100)) == QUOTE_LENGTH
