"""Which place is meant: by its present name, its former one, its short one, or by 全市 and 该县."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.kernel import Regions
from lianzhang.kernel.pack import open_pack
from lianzhang.reading import read
from lianzhang.reading.lexicon import lexicon_of
from lianzhang.reading.places import Places

#: Functional zones are left out: 经开区 alone may be that of any city.
COUNTIES = [region for region in Regions.from_pack(open_pack("liaocheng")) if region.code and region.parent]


def _subjects(text: str) -> list[str]:
    return [claim.subject for claim in read(text, published="2025-08-15").claims]


@pytest.mark.parametrize("name", ["茌平区", "茌平县", "茌平"])
def test_a_county_goes_by_its_present_name_whatever_the_text_calls_it(name: str) -> None:
    assert _subjects(f"{name}2024年营业收入12亿元。") == ["茌平区"]


@given(
    st.sampled_from(
        [(region.name, name) for region in COUNTIES for name in (region.name, *region.short_names)]
    )
)
def test_every_county_of_the_pack_is_known_by_all_its_names(names: tuple[str, str]) -> None:
    full, said = names
    assert _subjects(f"{said}2024年营业收入12亿元。") == [full]


@pytest.mark.parametrize(
    "text",
    [
        "明川市工业运行平稳\n2024年，全市营业收入318亿元。",
        "明川市工业稳步发展。2024年，全市营业收入318亿元。",
        "明川海关公布数据\n2024年，全市营业收入318亿元。",
        "明川日报讯 2024年，全市营业收入318亿元。",
        "明川市召开会议，部署工业工作。\n2024年，该市营业收入318亿元。",
    ],
)
def test_the_whole_city_is_the_city_the_text_is_about(text: str) -> None:
    assert _subjects(text) == ["明川市"]


@pytest.mark.parametrize("word", ["全县", "该县"])
def test_the_county_is_the_county_of_the_headline(word: str) -> None:
    assert _subjects(f"冠县工业向好\n2024年，{word}营业收入12亿元。") == ["冠县"]
    assert _subjects(f"云溪县工业向好\n2024年，{word}营业收入12亿元。") == ["云溪县"]


def test_a_place_of_another_level_is_not_meant() -> None:
    (subject,) = _subjects("云溪县工业向好\n2024年，全市营业收入12亿元。")
    assert subject != "云溪县"


def test_a_county_told_of_inside_a_text_on_its_city_keeps_its_own_figures() -> None:
    text = "明川市工业运行平稳\n2024年，全市营业收入318亿元，云溪县营业收入20亿元。全市出口额12亿元。"
    assert _subjects(text) == ["明川市", "云溪县", "明川市"]


@pytest.mark.parametrize(
    "word",
    [
        "功能区",
        "试验区",
        "示范区",
        "园区",
        "市场",
        "县级",
        "市值",
        "强县",
        "社区",
        "山区",
        "库区",
        "夜市",
        "上市",
        "全区",
        "该县",
        "本市",
        "先进县",
        "返乡",
        "城乡",
        "家乡",
    ],
)
def test_a_word_that_only_ends_like_a_place_is_none(word: str) -> None:
    assert word not in Places(f"推进{word}建设，{word}发展", lexicon_of()).local


@pytest.mark.parametrize(
    ("text", "main"),
    [
        ("明川市工业运行平稳\n上半年，明川市营业收入增长。", "明川市"),
        ("云溪县：明川市的工业强县\n云溪县工业发展。云溪县向好。", "云溪县"),
        ("聊城市装备制造\n聊城市发展。", "聊城市"),
        ("工业运行平稳", ""),
        ("", ""),
    ],
)
def test_a_text_is_about_the_place_its_headline_and_its_sentences_name(text: str, main: str) -> None:
    assert Places(text, lexicon_of()).main == main


@given(st.text(alphabet="明川云溪市县区镇省全该，。\n的在", max_size=40))
def test_places_are_found_where_they_stand(text: str) -> None:
    places = Places(text, lexicon_of())
    assert all(text.find(local[:2]) >= 0 for local in places.local)
    assert places.main == "" or places.main[-1] in "市县区镇"
    for position in range(len(text)):
        full, length = places.at(position)
        assert (full == "") == (length == 0)


def test_the_built_up_area_is_no_place() -> None:
    assert "城区" not in Places("推进城区建设，城区发展", lexicon_of()).local
