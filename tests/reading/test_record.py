"""A reading as JSON: every field there, every number a number, nothing that JSON has no word for."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.kernel.pack import open_pack
from lianzhang.reading import read
from lianzhang.reading.record import as_json

CORPUS = Path(__file__).resolve().parent / "corpus"
TEXTS = [
    *(open_pack("demo").read_text(path) for path in open_pack("demo").files("bulletins", ".txt")),
    *(path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))),
]

#: Fields that other programs may rely on, with the types a value may have.
DOCUMENT = {"encoding": str, "published": (str, type(None)), "script": str, "damaged": list}
DAMAGE = {"start": int, "end": int, "text": str, "reason": str, "suggestion": str}
NUMBER = (int, float, type(None))
CLAIM = {
    "subject": str,
    "indicator": str,
    "value": NUMBER,
    "unit": str,
    "period": (str, type(None)),
    "change_pct": NUMBER,
    "qualifier": str,
    "kind": str,
    "title": str,
    "level": str,
    "planned": bool,
    "damaged": bool,
    "reason": str,
    "quote": str,
    "start": int,
    "end": int,
    "status": str,
}
KINDS = {
    "metric", "count", "title", "title_count", "share", "rank", "gap", "duration",
    "project", "project_count", "assignment", "policy_count", "spec",
}  # fmt: skip
QUALIFIERS = {"exact", "over", "near", "about", "at_least", "at_most", "range"}


@cache
def _record(index: int, language: str = "zh") -> dict[str, Any]:
    return as_json(read(TEXTS[index], published="2025-08-15"), language)


def _one(text: str, language: str = "zh") -> dict[str, Any]:
    (claim,) = as_json(read(text, published="2025-08-15"), language)["claims"]
    return claim


def _has(found: dict[str, Any], wanted: dict[str, Any]) -> None:
    for name, kind in wanted.items():
        assert name in found, name
        assert isinstance(found[name], kind), (name, found[name])


@pytest.mark.parametrize("index", range(len(TEXTS)))
def test_every_field_is_there_with_its_type_and_all_of_it_is_json(index: int) -> None:
    record = _record(index)
    assert json.loads(json.dumps(record, allow_nan=False, ensure_ascii=False)) == record
    _has(record["document"], DOCUMENT)
    for damage in record["document"]["damaged"]:
        _has(damage, DAMAGE)
    assert record["claims"]
    for claim in record["claims"]:
        _has(claim, CLAIM)
        assert claim["kind"] in KINDS
        assert claim["qualifier"] in QUALIFIERS
        assert TEXTS[index][claim["start"] : claim["end"]] == claim["quote"]


@pytest.mark.parametrize("index", range(len(TEXTS)))
def test_the_language_changes_sentences_and_no_data(index: int) -> None:
    sentences = {"reason", "status", "doubts"}
    chinese, english = _record(index), _record(index, "en")
    for ours, theirs in zip(chinese["claims"], english["claims"], strict=True):
        for name in ours.keys() - sentences:
            assert ours[name] == theirs[name], name
        assert ours["status"] in ("确定", "存疑", "损坏")
        assert theirs["status"] in ("sure", "unsure", "damaged")
        assert len(ours["doubts"]) == len(theirs["doubts"])


def test_a_claim_says_what_the_sentence_said() -> None:
    claim = _one("2025年上半年，明川市装备制造产业营业收入176.88亿元，同比增长18.9%。")
    wanted = {
        "subject": "明川市装备制造产业",
        "indicator": "营业收入",
        "kind": "metric",
        "value": 176.88,
        "unit": "亿元",
        "qualifier": "exact",
        "period": "2025H1",
        "change_pct": 18.9,
        "base": "同比",
        "direction": "up",
        "planned": False,
        "damaged": False,
        "reason": "",
        "status": "确定",
        "quote": "明川市装备制造产业营业收入176.88亿元，同比增长18.9%",
    }
    assert {name: claim[name] for name in wanted} == wanted


def test_a_fall_is_negative_and_its_hedge_stays() -> None:
    claim = _one("2024年，明川市出口额同比下降近三成。")
    assert (claim["value"], claim["change_pct"], claim["direction"]) == (None, -30, "down")
    assert claim["qualifier"] == claim["change_qualifier"] == "near"


def test_a_range_has_two_ends_and_no_value() -> None:
    claim = _one("2024年，明川市出口额7300万元至8300万元。")
    assert (claim["value"], claim["value_min"], claim["value_max"]) == (None, 7300, 8300)
    assert (claim["qualifier"], claim["unit"]) == ("range", "万元")


def test_a_whole_number_is_written_without_a_point() -> None:
    claim = _one("2024年，明川市出口额12.00亿元。")
    assert json.dumps(claim["value"]) == "12"


def test_a_damaged_claim_has_a_unit_a_reason_and_no_value() -> None:
    record = as_json(read("??鲜毓ど习肽晖饷吵隹?338.8萬元，同比增長5%。", published="2025-08-15"))
    (damage,) = record["document"]["damaged"]
    (claim,) = record["claims"]
    assert (claim["damaged"], claim["status"], claim["value"]) == (True, "损坏", None)
    assert claim["unit"] == "万元"
    assert claim["reason"] == damage["reason"] != ""
    assert "338.8" not in damage["suggestion"]


def test_a_text_without_figures_is_an_empty_list_of_claims() -> None:
    record = as_json(read("产业门类杂、布局散。"))
    assert record["claims"] == record["contradictions"] == []
    assert record["document"]["published"] is None


def test_the_document_is_described_with_its_script_and_length() -> None:
    plain = as_json(read("2024年，明川市出口额12亿元。"))["document"]
    traditional = as_json(read("2024年，明川市裝備製造產業鏈營業收入12億元，同比增長。"))["document"]
    assert plain["script"] == "simplified"
    assert traditional["script"] == "traditional"
    assert plain["characters"] == len("2024年，明川市出口额12亿元。")


def test_a_contradiction_points_at_its_claims_by_place() -> None:
    record = as_json(read("明川市2024年营业收入12亿元。明川市2024年营业收入13亿元。"))
    (told,) = record["contradictions"]
    assert [record["claims"][index]["value"] for index in told["claims"]] == [12, 13]
    assert "12亿元" in told["what"]


@given(st.decimals("0.0001", 999_999_999, places=4))
def test_a_number_in_json_is_the_number_in_the_text(number: Any) -> None:
    claim = _one(f"2024年，明川市出口额{number}万元。")
    assert claim["value"] == float(number)
