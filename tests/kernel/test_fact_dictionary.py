"""Facts about an enterprise have one name, one type, one unit; what is missing stays missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lianzhang.kernel import FactError, PackError, fact_dictionary
from lianzhang.kernel.pack import Pack, open_pack

FACTS = fact_dictionary(open_pack("liaocheng"))


def test_a_missing_value_is_left_out_and_never_becomes_zero() -> None:
    assert FACTS.read({"revenue_ly": None, "employees": "", "equity_raised_2y": 0}) == {
        "equity_raised_2y": Decimal(0)
    }


def test_of_several_choices_some_may_be_marked_as_not_known() -> None:
    holds = FACTS["holds"]
    assert holds.read("srdi_sme|?little_giant") == {"srdi_sme", "?little_giant"}
    assert holds.read(["？专精特新“小巨人”企业"]) == {"?little_giant"}
    assert holds.read(["little_giant", "?little_giant"]) == {"little_giant"}
    with pytest.raises(FactError):
        holds.read(["?no_such_title"])
    assert holds.write(frozenset({"?little_giant"})) == "未知：专精特新“小巨人”企业"
    assert holds.write(frozenset()) == "无"


def test_values_are_read_into_their_type() -> None:
    values = FACTS.read(
        {
            "revenue_ly": "1,000.50",
            "rd_intensity_ly": 3.1,
            "employees": 20.0,
            "has_own_brand": "是",
            "size_class": "small",
            "holds": ["srdi_sme", "high_tech_enterprise"],
            "valid_honours": [],
            "established_on": "2015-03-02",
            "county": "371502",
            "industry_code": "3831",
        }
    )
    assert values == {
        "revenue_ly": Decimal("1000.50"),
        "rd_intensity_ly": Decimal("3.1"),
        "employees": 20,
        "has_own_brand": True,
        "size_class": "small",
        "holds": frozenset({"srdi_sme", "high_tech_enterprise"}),
        "valid_honours": frozenset(),
        "established_on": date(2015, 3, 2),
        "county": "371502",
        "industry_code": "3831",
    }


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("revenue_ly", "一千万"),
        ("revenue_ly", float("nan")),
        ("revenue_ly", float("inf")),
        ("revenue_ly", True),
        ("revenue_ly", [1]),
        ("employees", 20.5),
        ("employees", "1e400"),
        ("has_own_brand", 1),
        ("has_own_brand", "也许"),
        ("size_class", "tiny"),
        ("holds", 3),
        ("holds", ["nobel_prize"]),
        ("established_on", "2025-02-30"),
        ("established_on", 20250101),
        ("industry_code", 3831),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_by_name(name: str, raw: object) -> None:
    with pytest.raises(FactError, match=name):
        FACTS.read({name: raw})


def test_an_unknown_fact_is_refused_and_its_neighbour_named() -> None:
    with pytest.raises(FactError, match="revenue_ly"):
        FACTS.read({"revenue_yl": 3})


def test_values_are_written_with_their_unit_and_words() -> None:
    assert FACTS["revenue_ly"].write(Decimal("1000.50")) == "1000.5万元"
    assert FACTS["revenue_ly"].write(None) == "未知"
    assert FACTS["rd_intensity_ly"].write(Decimal("3.0"), "en") == "3%"
    assert FACTS["has_own_brand"].write(False) == "否"
    assert FACTS["holds"].write(frozenset({"sd_gazelle"}), "en") == "Shandong gazelle"
    assert FACTS["holds"].write(frozenset()) == "无"
    assert FACTS["county"].write("371503", "en") == "Chiping District"


def test_every_question_ends_in_a_way_a_person_can_answer() -> None:
    for fact in FACTS.values():
        assert fact.ask.zh.strip() and fact.ask.en.strip(), fact.name
        assert fact.origins, fact.name


def test_the_dictionary_covers_every_field_of_the_research() -> None:
    research = Path(__file__).resolve().parents[3] / "shared" / "rules" / "tiers.yaml"
    if not research.is_file():
        pytest.skip("the shared research is not beside this checkout")
    import re

    named = set(re.findall(r"field: ([a-z_0-9]+)", research.read_text(encoding="utf-8")))
    assert named - set(FACTS) == set()


GOOD = """topic: t
label: {zh: 题, en: topic}
facts:
  - name: height
    label: {zh: 身高, en: height}
    type: number
    unit: 米
    period: as_of
    from: [officer]
    sensitivity: public
    ask: {zh: 多高？, en: How high?}
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("type: number", "type: float", "第6行：“type”不能是“float”"),
        ("unit: 米\n", "unti: 米\n", "第7行：不认识的项“unti”"),
        ("type: number", "type: text", "第7行：只有数值才有单位"),
        ("    period: as_of\n", "", "第4行：缺少“period”"),
        ("name: height", "name: Height", "第4行：名称须是小写英文"),
        ("en: How high?", "", "须有中文和英文"),
        (
            "sensitivity: public",
            "sensitivity: public\n    choices: {a: {zh: 甲, en: a}}",
            "choice 与 choices",
        ),
        (GOOD[-1:], "\n" + GOOD[GOOD.index("  - name") :], "已在 mine/facts/t.yaml:4 定义"),
    ],
)
def test_a_faulty_entry_is_refused_with_file_line_and_remedy(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "regions.yaml").write_text("regions: []\n", encoding="utf-8")
    text = GOOD + new.lstrip("\n") if old == "\n" else GOOD.replace(old, new, 1)
    (tmp_path / "facts" / "t.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        fact_dictionary(Pack("mine", tmp_path))
    assert "mine/facts/t.yaml" in str(refused.value)
    assert words in str(refused.value)
