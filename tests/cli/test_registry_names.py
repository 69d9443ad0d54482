"""`lianzhang registry resolve` and `index`: the contract of their files, and plain words where a file is bad."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from lianzhang.cli.main import run

REGISTRY = """id,name,former_names,short_names,county
E1,山东时风（集团）有限责任公司,聊城拖拉机厂|高唐农机厂,时风集团|时风,高唐县
E2,临清市宏达轴承有限公司,,,
E3,冠县宏达轴承有限公司,,,冠县
"""
MENTIONS = """mention,context
時風集團,
聊城拖拉机厂,
宏达轴承,
宏达轴承,冠县清水镇
不在名录里的公司,
,
"""


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    path = tmp_path / "名录.csv"
    path.write_text(REGISTRY, encoding="utf-8")
    return path


@pytest.fixture
def mentions(tmp_path: Path) -> Path:
    path = tmp_path / "名称.csv"
    path.write_text(MENTIONS, encoding="utf-8")
    return path


def answers(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[dict[str, object]]:
    assert run(["registry", "resolve", *map(str, arguments), "--json"]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_every_mention_is_answered_in_order(
    registry: Path, mentions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answers(capsys, mentions, "--registry", registry)
    assert [one["mention"] for one in found] == [
        "時風集團",
        "聊城拖拉机厂",
        "宏达轴承",
        "宏达轴承",
        "不在名录里的公司",
    ]
    assert [one["outcome"] for one in found] == ["linked", "linked", "ambiguous", "linked", "none"]
    assert [one["enterprise"] for one in found] == ["E1", "E1", None, "E3", None]
    assert set(found[0]) == {"mention", "outcome", "enterprise", "score", "candidates", "reasons"}
    candidates = found[2]["candidates"]
    assert isinstance(candidates, list)
    assert sorted(candidate["enterprise"] for candidate in candidates) == ["E2", "E3"]
    assert all(0 < candidate["score"] <= 1 for candidate in candidates)
    assert all(one["reasons"] for one in found)
    assert found[4]["score"] == 0 and found[4]["candidates"] == []


def test_a_row_without_a_word_keeps_its_place_among_the_answers(
    registry: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mentions.csv"
    file.write_text("mention,context\n时風集團,\n,\n\n聊城拖拉机厂,\n,\n , \n", encoding="utf-8")
    found = answers(capsys, file, "--registry", registry)
    assert [one["outcome"] for one in found] == ["linked", "none", "linked"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_files_are_read_in_the_encodings_of_offices(
    tmp_path: Path, encoding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {}
    for name, text in (("r.csv", REGISTRY), ("m.csv", MENTIONS)):
        files[name] = tmp_path / name
        files[name].write_bytes(text.replace("\n", "\r\n").encode(encoding))
    found = answers(capsys, files["m.csv"], "--registry", files["r.csv"])
    assert found[0]["enterprise"] == "E1"


def test_a_parquet_registry_gives_the_same_answers(
    tmp_path: Path, registry: Path, mentions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = pl.read_csv(registry)
    texts, lists = tmp_path / "texts.parquet", tmp_path / "lists.parquet"
    frame.write_parquet(texts)
    frame.with_columns(pl.col("former_names", "short_names").str.split("|")).write_parquet(lists)
    expected = answers(capsys, mentions, "--registry", registry)
    assert answers(capsys, mentions, "--registry", texts) == expected
    assert answers(capsys, mentions, "--registry", lists) == expected


def test_a_registry_of_ids_and_names_alone_is_enough(
    tmp_path: Path, mentions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = tmp_path / "plain.csv"
    plain.write_text("id,name\n7,冠县宏达轴承有限公司\n", encoding="utf-8")
    assert answers(capsys, mentions, "--registry", plain)[2]["enterprise"] == "7"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "没有内容"),
        (b"id,name\n", "没有内容"),
        ("编号,全称\n1,时风\n".encode(), "缺少列 name"),
        ("id,name\n1,时风\n1,宏达\n".encode(), "第3行的编号“1”与第2行重复"),
        (b"id,name\n1,\n", "第2行没有名称"),
        ("id,name\n,时风\n".encode(), "第2行没有编号"),
        ("id,name\n1,时风,多一格\n".encode(), "第2行有3格"),
        (b"id,name\n1\n", "第2行有1格"),
        (b"\xff\x81\x30,\xfe\xff\x80\n1,\x80\xff\n", "编码认不出"),
        (b"PK\x03\x04rest", "Excel 工作簿"),
        ("id,name\n1,\0时风\n".encode(), "编码认不出"),
    ],
)
def test_a_registry_that_cannot_be_used_is_refused_with_place_and_remedy(
    tmp_path: Path, mentions: Path, content: bytes, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    assert run(["--language", "zh", "registry", "resolve", str(mentions), "--registry", str(path)]) == 1
    said = capsys.readouterr()
    assert words in said.err
    assert "请" in said.err or "第一行" in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("m.csv", "名字\n时风\n".encode(), "缺少列 mention"),
        ("m.csv", b"mention\n\n\n", "没有内容"),
        ("m.parquet", b"not parquet", "不是可读的 Parquet"),
        ("missing.csv", None, "没有文件"),
        ("m.csv", 'mention\n时风集团\n"宏达轴承\n时风\n时风\n'.encode(), "核对引号"),
    ],
)
def test_mentions_that_cannot_be_read_are_refused(
    tmp_path: Path,
    registry: Path,
    name: str,
    content: bytes | None,
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    code = run(["--language", "zh", "registry", "resolve", str(path), "--registry", str(registry)])
    said = capsys.readouterr()
    assert code == 1
    assert words in said.err


@pytest.mark.parametrize("text", ["\n\nmention,context\n时风,高唐\n", "mention;context\n时风;高唐\n"])
def test_lines_before_the_header_and_semicolons_are_seen_through(
    tmp_path: Path, registry: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "m.csv"
    path.write_text(text, encoding="utf-8")
    assert [one["enterprise"] for one in answers(capsys, path, "--registry", registry)] == ["E1"]


def test_the_table_names_the_firm_and_why(
    registry: Path, mentions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--language", "zh", "registry", "resolve", str(mentions), "--registry", str(registry)]) == 0
    shown = capsys.readouterr().out
    assert "认定 3" in shown and "请人判定 1" in shown
    assert "曾用名" in shown


def test_reasons_are_said_in_english_on_request(
    registry: Path, mentions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [
        "--language",
        "en",
        "registry",
        "resolve",
        str(mentions),
        "--registry",
        str(registry),
        "--json",
    ]
    assert run(arguments) == 0
    assert json.loads(capsys.readouterr().out)[1]["reasons"][0] == "a former name to the letter"


def test_the_index_reports_what_it_holds_and_what_looks_double(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "r.csv"
    path.write_text(REGISTRY + "E4,临清宏达轴承有限责任公司,,,\n", encoding="utf-8")
    assert run(["registry", "index", "--registry", str(path), "--duplicates", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["enterprises"], found["names"]) == (4, 8)
    assert [(pair["left"], pair["right"]) for pair in found["duplicates"]] == [("E2", "E4")]
    assert run(["--language", "zh", "registry", "index", "--registry", str(path), "--duplicates"]) == 0
    assert "疑似重复 1 对" in capsys.readouterr().out
