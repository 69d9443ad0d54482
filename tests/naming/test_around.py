"""What stands around a name in lists and sentences neither hides the firm nor links more than was said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianzhang.naming import Listed, NameIndex, Outcome, resolve, resolve_all
from lianzhang.naming.around import (
    may_have_surroundings,
    named_together,
    with_surroundings,
    without_surroundings,
)
from tests.naming.names import anything

INDEX = NameIndex.of(
    [
        Listed("E1", "山东时风(集团)有限责任公司", short=("时风集团", "时风"), county="高唐县"),
        Listed("E2", "山东鑫亚工业股份有限公司", short=("鑫亚",)),
        Listed("E3", "信发华宇氧化铝有限公司", county="茌平区"),
        Listed("E4", "中色奥博特铜铝业有限公司", short=("奥博特",), county="临清市"),
        Listed("E5", "临清市三和轴承有限公司"),
        Listed("E6", "临清市九星轴承科技有限公司"),
        Listed("E7", "聊城优等机械有限公司"),
        Listed("E8", "临清奥森轴承锻造有限公司"),
        Listed("E9", "临清九星轴承集团有限公司动力分公司"),
    ]
)


@pytest.mark.parametrize(
    ("mention", "enterprise"),
    [
        ("1、时风集团", "E1"),
        ("1.时风集团", "E1"),
        ("（1）时风集团", "E1"),
        (" ①时风集团", "E1"),
        ("一、山东时风(集团)有限责任公司", "E1"),
        ("时风集团董事长", "E1"),
        ("山东时风(集团)有限责任公司党委书记、董事长刘某某", "E1"),
        ("九星轴承科技总经理王某", "E6"),
        ("临清市三和轴承有限公司法定代表人", "E5"),
        ("三和轴承", "E5"),
        ("高新区九星轴承", "E6"),
        ("经济开发区三和轴承", "E5"),
        ("优等机械", "E7"),
        ("时风集团总部", "E1"),
        ("链主企业时风集团", "E1"),
        ("链主时风集团", "E1"),
        ("上市公司鑫亚股份有限公司", "E2"),
        ("国家级专精特新“小巨人”企业九星轴承", "E6"),
        ("我市重点企业：奥博特", "E4"),
        ("临清市龙头企业九星轴承", "E6"),
        ("申报单位：九星轴承科技有限公司", "E6"),
        ("九星轴承-临清市", "E6"),
        ("九星轴承，临清市", "E6"),
        ("九星轴承 临清市烟店镇", "E6"),
        ("时风集团（000957）", "E1"),
        ("时风集团(股票代码：000957.SZ)", "E1"),
        ("SZ000957 时风集团", "E1"),
        ("时风集团 91371500MA3C00001X", "E1"),
        ("高唐县：高唐时风集团", "E1"),
        ("山东山东时风(集团)有限责任公司", "E1"),
        ("临清市临清九星轴承科技有限公司", "E6"),
        ("临清市九星轴承轴承科技有限公司", "E6"),
        ("临清市九星轴承科技有限有限公司", "E6"),
        ("Aobote 奥博特", "E4"),
        ("奥博特 Aobote", "E4"),
    ],
)
def test_a_number_before_and_a_post_behind_are_no_part_of_the_name(mention: str, enterprise: str) -> None:
    assert resolve(mention, INDEX).enterprise == enterprise


@pytest.mark.parametrize(
    ("mention", "candidates"),
    [
        ("时风集团等3家企业", ["E1"]),
        ("时风集团等", ["E1"]),
        ("时风集团、鑫亚等", ["E1", "E2"]),
        ("时风集团和鑫亚", ["E1", "E2"]),
        ("信发集团茌平信发华宇氧化铝有限公司", ["E3"]),
        ("中色奥博特铜铝业有限公司研发中心", ["E4"]),
        ("山东时风(集团)有限责任公司农机事业部", ["E1"]),
        ("九星公司", ["E6"]),
        ("时风集团子公司", ["E1"]),
        ("时风集团旗下鑫亚", ["E1"]),
        ("时风厂", ["E1"]),
        ("奥博特电缆", ["E4"]),
        ("Unlike 奥博特", ["E4"]),
        ("奥森集团轴承锻造公司", ["E8"]),
        ("九星轴承动力分公司", ["E6", "E9"]),
        ("奥博特 (Unlike Metal) 铜业", ["E4"]),
    ],
)
def test_where_more_or_other_than_the_firm_may_be_meant_a_person_decides(
    mention: str, candidates: list[str]
) -> None:
    found = resolve(mention, INDEX)
    assert found.outcome is Outcome.AMBIGUOUS
    assert sorted(candidate.enterprise for candidate in found.candidates) == candidates


@pytest.mark.parametrize(
    "text",
    [
        "三和轴承",
        "聊城优等机械有限公司",
        "山东时风(集团)有限责任公司",
        "3M",
        "360公司",
        "十里香",
        "BOT轴承",
        "小巨人机床有限公司",
        "聊城市智诚企业管理咨询有限公司",
        "聊城中小企业融资担保有限公司",
        "高新技术企业服务中心",
        "中国中车",
        "东阿县东阿镇兴达钢球厂",
    ],
)
def test_a_plain_name_is_left_as_it_is(text: str) -> None:
    assert without_surroundings(text) == text
    assert named_together(text) == []


AROUND = st.sampled_from(
    [
        "",
        "1、",
        "(2)",
        "　①",
        " 一、",
        "等3家",
        "等",
        "董事长",
        "总部",
        "集团子公司",
        "旗下",
        "高新区",
        "和时风集团",
        "、鑫亚",
        "集团聊城",
        "（原鑫亚厂）",
        " 3. ",
        "链主企业",
        "冠县“小巨人”企业",
        "上市公司",
        "单位：",
        "（000957）",
        "SZ000957",
        "-冠县",
        "Jindi ",
        " Xinya",
        "山东山东",
        "聊城市聊城",
        "鑫亚鑫亚",
        "东昌府区东昌府",
        "动力分公司",
        "集团锻造公司",
    ]
)


@settings(max_examples=40)
@given(st.lists(st.tuples(AROUND, anything, AROUND), min_size=1, max_size=8))
def test_one_alone_is_answered_as_among_many(asked: list[tuple[str, str, str]]) -> None:
    mentions = ["".join(parts) for parts in asked]
    together = resolve_all(mentions, INDEX)
    for number, mention in enumerate(mentions):
        assert resolve(mention, INDEX) == together[number]


@given(st.lists(st.tuples(AROUND, anything, AROUND).map("".join), min_size=1, max_size=8))
def test_whatever_holds_more_than_a_name_is_looked_at_alone_and_among_many(texts: list[str]) -> None:
    looked_at = with_surroundings(texts)
    for number, text in enumerate(texts):
        if without_surroundings(text) != text or named_together(text):
            assert number in looked_at
            assert may_have_surroundings(text)


@pytest.mark.parametrize(
    ("mention", "enterprise"),
    [
        ("冠县重点企业九星轴承", ""),
        ("九星轴承-冠县", ""),
        ("九星轴承 冠县贾镇", ""),
        ("时风集团龙头企业鑫亚", ""),
        ("TCL三和轴承", ""),
    ],
)
def test_what_stands_beside_a_name_still_speaks_against_a_firm(mention: str, enterprise: str) -> None:
    assert resolve(mention, INDEX).enterprise == enterprise


def test_a_text_is_no_mention_and_costs_no_more_than_one() -> None:
    text = "时风集团" * 20_000 + "、董事长等3家（原鑫亚"
    assert resolve(text, INDEX).outcome is Outcome.NONE
    assert resolve_all([text], INDEX)[0].outcome is Outcome.NONE
