"""A mention is linked where one firm fits, put to a person where several may, and refused where none does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianzhang.naming import Listed, NameIndex, Outcome, Resolution, resolve, resolve_all
from tests.naming.hand_written import registry_by_hand
from tests.naming.names import anything, names


def index(*names: str, **others: str) -> NameIndex:
    """An index of these names, with ids E1, E2, …"""
    return NameIndex.of([Listed(f"E{number}", name) for number, name in enumerate(names, start=1)])


def linked(mention: str, *registry: str, context: str = "") -> str:
    return resolve(mention, index(*registry), context=context).enterprise


def met(resolution: Resolution) -> list[str]:
    return [candidate.enterprise for candidate in resolution.candidates]


@pytest.mark.parametrize(
    "mention",
    [
        "临清市宏达轴承有限公司",
        "臨清市宏達軸承有限公司",
        "临清宏达轴承有限公司",
        "临清市宏达轴承有限责任公司",
        "宏达轴承有限公司",
        "临清宏达轴承",
        "宏达轴承",
        "临清市宏达轴承有线公司",
        "临清市宏达抽承有限公司",
        "临清 宏达（轴承）有限公司",
    ],
)
def test_one_firm_is_found_under_the_ways_people_write_it(mention: str) -> None:
    assert linked(mention, "临清市宏达轴承有限公司", "聊城鑫大地弹簧有限公司", "冠县鑫亚电缆厂") == "E1"


def test_the_same_name_in_two_counties_is_put_to_a_person_with_both() -> None:
    found = resolve("宏达轴承有限公司", index("临清市宏达轴承有限公司", "冠县宏达轴承有限公司"))
    assert found.outcome is Outcome.AMBIGUOUS
    assert found.enterprise == ""
    assert sorted(met(found)) == ["E1", "E2"]
    assert "2家企业同样相符" in found.reasons[0].text.zh


@pytest.mark.parametrize(
    ("context", "enterprise"),
    [
        ("冠县", "E2"),
        ("聊城市冠县清水镇", "E2"),
        ("据悉，临清市的轴承企业", "E1"),
        ("371525", "E2"),
        ("聊城市", ""),
        ("临清、冠县两地", ""),
    ],
)
def test_the_county_beside_the_mention_decides_if_it_is_one(context: str, enterprise: str) -> None:
    assert linked("宏达轴承", "临清市宏达轴承有限公司", "冠县宏达轴承有限公司", context=context) == enterprise


def test_a_context_of_another_county_keeps_the_machine_from_linking() -> None:
    found = resolve("宏达轴承", index("临清市宏达轴承有限公司"), context="高唐县")
    assert found.outcome is Outcome.AMBIGUOUS
    assert any(reason.level == "elsewhere" for reason in found.reasons)


def test_the_industry_in_the_sentence_decides_for_a_trade_name_alone() -> None:
    registry = ("聊城鑫亚轴承有限公司", "聊城鑫亚电缆有限公司")
    assert resolve("鑫亚", index(*registry)).outcome is Outcome.AMBIGUOUS
    assert linked("鑫亚", *registry, context="电缆企业鑫亚上了新线") == "E2"


@pytest.mark.parametrize(
    ("mention", "registered"),
    [
        ("聊城市第二机床厂", "聊城市第一机床厂"),
        ("冠县南方重工机械有限公司", "冠县北方重工机械有限公司"),
        ("聊城龙腾物流有限公司", "聊城龙腾电缆有限公司"),
        ("聊城鑫亚机电有限公司", "聊城鑫亚机械有限公司"),
        ("潍柴动力股份有限公司", "聊城鑫亚动力股份有限公司"),
        ("轴承", "聊城鑫亚轴承有限公司"),
        ("公司", "聊城鑫亚轴承有限公司"),
        ("聊城", "聊城鑫亚轴承有限公司"),
        ("", "聊城鑫亚轴承有限公司"),
    ],
)
def test_another_firm_is_not_taken_for_a_slip(mention: str, registered: str) -> None:
    assert resolve(mention, index(registered)).outcome is Outcome.NONE


@pytest.mark.parametrize(
    ("mention", "registered", "level"),
    [
        ("临清市翔光轴承有限公司", "临清市祥光轴承有限公司", "slip_short"),
        ("聊城吴天液压有限公司", "聊城昊天液压有限公司", "slip_short"),
        ("冠县宏达轴承有限公司", "临清市宏达轴承有限公司", "core"),
        ("临清市宏达轴承厂", "临清市宏达轴承有限公司", "core"),
        ("宏达", "临清市宏达轴承有限公司", "brand_short"),
        ("聊城鑫大低弹簧有限公司", "聊城鑫大同弹簧有限公司", "slip_other"),
        ("Linqing Hongda Bearing Co., Ltd.", "临清市宏达轴承有限公司", "roman"),
        ("时风电缆集团", "山东时风电缆有限公司", "core"),
    ],
)
def test_what_may_be_another_firm_is_put_to_a_person(mention: str, registered: str, level: str) -> None:
    found = resolve(mention, index(registered))
    assert found.outcome is Outcome.AMBIGUOUS
    assert level in {reason.level for reason in found.candidates[0].reasons}


def test_a_homophone_in_the_registry_is_its_own_firm() -> None:
    registry = ("临清市祥光轴承有限公司", "临清市翔光轴承有限公司")
    assert linked("临清市祥光轴承有限公司", *registry) == "E1"
    assert linked("翔光轴承", *registry) == "E2"


def test_a_longer_trade_name_with_one_character_misheard_is_linked_if_all_else_agrees() -> None:
    assert linked("聊城鑫大弟弹簧有限公司", "聊城鑫大地弹簧有限公司") == "E1"
    assert linked("鑫大弟弹簧", "聊城鑫大地弹簧有限公司") == ""


def test_a_branch_is_not_its_parent_and_the_parent_not_its_branch() -> None:
    parent, branch = "山东时风(集团)有限责任公司", "山东时风(集团)有限责任公司高唐分公司"
    assert linked(branch, parent, branch) == "E2"
    assert linked("时风集团", parent, branch) == "E1"
    assert resolve(branch, index(parent)).outcome is Outcome.AMBIGUOUS
    assert resolve(parent, index(branch)).outcome is Outcome.AMBIGUOUS


def test_former_short_and_english_names_lead_to_the_enterprise() -> None:
    registry = NameIndex.of(
        [
            Listed(
                "E1",
                "聊城鑫亚工业股份有限公司",
                former=("聊城油泵油嘴厂",),
                short=("鑫亚",),
                english=("Greenbauer",),
            ),
            Listed("E2", "聊城鑫亚电缆有限公司"),
        ]
    )
    for mention in ("聊城油泵油嘴厂", "油泵油嘴厂", "鑫亚", "GREENBAUER Co., Ltd."):
        assert resolve(mention, registry).enterprise == "E1", mention


def test_a_short_name_that_the_registry_states_for_one_firm_is_that_firm_s() -> None:
    registry = NameIndex.of(
        [
            Listed("E1", "临清市宏达轴承有限公司", short=("宏达轴承",), county="临清市"),
            Listed("E2", "冠县宏达轴承有限公司", county="冠县"),
            Listed("E3", "临清市红达轴承制造有限公司"),
        ]
    )
    assert resolve("宏达轴承", registry).enterprise == "E1"
    assert resolve("宏达轴承", registry, context="临清市").enterprise == "E1"
    assert resolve("冠县宏达轴承", registry).enterprise == "E2"
    assert resolve("宏达轴承", registry, context="冠县").enterprise == "E2"
    assert resolve("宏达轴承", registry, context="莘县").outcome is Outcome.AMBIGUOUS


def test_a_short_name_is_no_firm_s_of_another_county() -> None:
    registry = NameIndex.of([Listed("E1", "临清市宏达轴承有限公司", short=("宏达轴承",), county="临清市")])
    assert resolve("宏达轴承", registry, context="临清市").enterprise == "E1"
    elsewhere = resolve("宏达轴承", registry, context="东阿县")
    assert elsewhere.outcome is Outcome.AMBIGUOUS
    assert "context" in [reason.about for reason in elsewhere.reasons]


def test_a_short_name_whose_context_speaks_of_the_industry_of_another_firm_is_put_to_a_person() -> None:
    registry = NameIndex.of(
        [
            Listed("E1", "聊城人杰轴承有限公司", short=("人杰",)),
            Listed("E2", "聊城人杰机械制造有限公司"),
        ]
    )
    assert resolve("人杰", registry).enterprise == "E1"
    found = resolve("人杰", registry, context="人杰机械新上两台数控车床")
    assert found.outcome is Outcome.AMBIGUOUS
    assert {one.enterprise for one in found.candidates} == {"E1", "E2"}


def test_a_full_name_before_which_stands_another_division_is_put_to_a_person() -> None:
    registry = NameIndex.of([Listed("E1", "临清市宏达轴承有限公司", county="临清市")])
    for full in ("聊城宏达轴承有限公司", "山东宏达轴承有限公司"):
        found = resolve(full, registry)
        assert found.outcome is Outcome.AMBIGUOUS and found.candidates[0].enterprise == "E1"
        assert "renamed_within" in [reason.level for reason in found.reasons]
    assert resolve("聊城宏达轴承", registry).outcome is Outcome.LINKED, "short names are put so"


def test_firms_of_two_townships_are_two() -> None:
    registry = NameIndex.of([Listed("E1", "东阿县大桥镇宏达钢球厂"), Listed("E2", "东阿县刘集镇红旗钢球厂")])
    assert resolve("东阿县大桥镇宏达钢球厂", registry).enterprise == "E1"
    assert resolve("东阿县宏达钢球厂", registry).enterprise == "E1"
    assert resolve("东阿县大桥镇宏达钢球", registry).enterprise == "E1"
    assert resolve("东阿县刘集镇宏达钢球厂", registry).outcome is Outcome.AMBIGUOUS


def test_a_trade_name_before_an_industry_of_an_unknown_word_is_a_candidate_too() -> None:
    registry = NameIndex.of(
        [
            Listed("E1", "冠县金冠轴承有限公司"),
            Listed("E2", "冠县金冠蠡蠲盏厂"),
            Listed("E3", "冠县金鼎蠡蠲厂"),
        ]
    )
    found = resolve("金冠", registry, context="冠县")
    assert found.outcome is Outcome.AMBIGUOUS
    assert {one.enterprise for one in found.candidates} == {"E1", "E2"}
    assert {one.enterprise for one in resolve("金鼎", registry).candidates} == {"E3"}


def test_a_short_name_that_two_firms_state_is_put_to_a_person() -> None:
    registry = NameIndex.of(
        [
            Listed("E1", "临清市宏达轴承有限公司", short=("宏达轴承",)),
            Listed("E2", "冠县宏达轴承有限公司", short=("宏达轴承",)),
            Listed("E3", "聊城新华轴承有限公司", short=("冠县大地轴承",)),
            Listed("E4", "冠县大地轴承有限公司"),
        ]
    )
    assert met(resolve("宏达轴承", registry)) == ["E1", "E2"]
    assert resolve("宏达轴承", registry).outcome is Outcome.AMBIGUOUS
    # The mention names the other firm's place as well as its name.
    assert resolve("冠县大地轴承", registry).outcome is Outcome.AMBIGUOUS


def test_a_name_that_one_bears_and_another_bore_is_put_to_a_person() -> None:
    registry = NameIndex.of(
        [
            Listed("E1", "临清市新华轴承有限公司", former=("临清市华新轴承厂",)),
            Listed("E2", "临清市华新轴承厂", county="临清市"),
            Listed("E3", "鑫亚轴承"),
            Listed("E4", "聊城鑫亚轴承有限公司"),
        ]
    )
    assert met(resolve("鑫亚轴承", registry)) == ["E3", "E4"]
    assert resolve("鑫亚轴承", registry).outcome is Outcome.AMBIGUOUS


def test_two_entries_of_one_name_are_never_ranked() -> None:
    found = resolve("聊城鑫亚轴承有限公司", index("聊城鑫亚轴承有限公司", "聊城鑫亚轴承有限公司"))
    assert found.outcome is Outcome.AMBIGUOUS
    assert [candidate.score for candidate in found.candidates] == [1.0, 1.0]


def test_the_address_places_a_firm_whose_name_says_less() -> None:
    registry = NameIndex.of(
        [
            Listed("E1", "山东宏达轴承有限公司", county="临清市"),
            Listed("E2", "山东鑫亚轴承有限公司", county="东昌府区"),
        ]
    )
    assert resolve("临清宏达轴承有限公司", registry).enterprise == "E1"
    assert resolve("冠县鑫亚轴承有限公司", registry).outcome is Outcome.AMBIGUOUS


def test_rare_characters_are_told_apart() -> None:
    registry = ("聊城𬭎泰电缆有限公司", "聊城𬭎𬭎电缆有限公司")
    assert linked("聊城𬭎泰电缆有限公司", *registry) == "E1"
    assert linked("𬭎泰电缆", *registry) == "E1"


def test_a_trade_name_that_many_bear_is_ambiguous_and_says_how_many() -> None:
    places = ["聊城", "冠县", "临清市", "莘县"]
    trades = [
        "轴承",
        "电缆",
        "机械",
        "农机",
        "商贸",
        "食品",
        "化工",
        "物流",
        "弹簧",
        "铸造",
        "锻造",
        "科技",
        "钢管",
    ]
    found = resolve("鑫亚", index(*(f"{place}鑫亚{trade}有限公司" for place in places for trade in trades)))
    assert found.outcome is Outcome.AMBIGUOUS
    assert len(found.candidates) == 10
    assert found.fitting == 52
    assert "52家" in found.reasons[0].text.zh


def test_an_empty_registry_refuses_everything() -> None:
    empty = NameIndex.of([])
    assert resolve("时风集团", empty).outcome is Outcome.NONE
    assert [found.outcome for found in resolve_all(["时风", ""], empty)] == [Outcome.NONE] * 2


def test_what_is_asked_twice_is_answered_twice_and_in_order() -> None:
    registry = index("临清市宏达轴承有限公司", "冠县宏达轴承有限公司")
    asked = ["宏达轴承", "临清宏达轴承", "宏达轴承", "", "宏达轴承"]
    found = resolve_all(asked, registry, contexts=["", "", "冠县", "", ""])
    assert [one.mention for one in found] == asked
    assert [one.enterprise for one in found] == ["", "E1", "E2", "", ""]
    assert found.enterprises.tolist() == [-1, 0, 1, -1, -1]
    assert found[-1] == found[0]
    with pytest.raises(ValueError):
        resolve_all(asked, registry, contexts=["冠县"])
    with pytest.raises(IndexError):
        found[5]


HAND = NameIndex.of(registry_by_hand())


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(anything, st.sampled_from(["", "冠县", "临清市的轴承企业", "聊城"])), min_size=1, max_size=8
    )
)
def test_one_mention_alone_is_answered_as_among_many(asked: list[tuple[str, str]]) -> None:
    mentions, contexts = [one for one, _ in asked], [other for _, other in asked]
    together = resolve_all(mentions, HAND, contexts=contexts)
    for number, (mention, context) in enumerate(asked):
        assert resolve(mention, HAND, context=context) == together[number]


@settings(max_examples=30)
@given(st.lists(names, min_size=1, max_size=12, unique=True), names)
def test_a_small_registry_answers_alone_as_among_many_whatever_it_holds(
    registry: list[str], mention: str
) -> None:
    built = index(*registry)
    assert resolve(mention, built) == resolve_all([mention], built)[0]
    for number, name in enumerate(registry, start=1):
        found = resolve(name, built)
        assert f"E{number}" in met(found) or not found.candidates
        assert (
            found.outcome is not Outcome.LINKED
            or found.enterprise == f"E{number}"
            or name != registry[number - 1]
        )


SPOKEN = NameIndex.of(
    [
        Listed("S1", "山东广源科技股份有限公司"),
        Listed("S2", "山东广源机械有限公司"),
        Listed("S3", "莘县金穗蔬菜种植专业合作社", county="莘县"),
        Listed("S4", "莘县金穗农资有限公司", county="莘县"),
        Listed("S5", "聊城市同心企业管理咨询合伙企业（有限合伙）"),
        Listed("S6", "山东广源科技股份有限公司临清分公司"),
    ]
)


@pytest.mark.parametrize(
    ("mention", "context", "firm"),
    [
        ("广源股份", "", "S1"),
        ("广源股份公司", "", "S1"),
        ("金穗合作社", "莘县", "S3"),
        ("金穗种植合作社", "", "S3"),
        ("同心咨询合伙企业", "", "S5"),
    ],
)
def test_a_form_of_speech_behind_a_trade_name_is_no_full_name(mention: str, context: str, firm: str) -> None:
    found = resolve(mention, SPOKEN, context=context)
    assert found.outcome is Outcome.AMBIGUOUS
    assert found.candidates[0].enterprise == firm


def test_the_branch_of_a_firm_that_is_named_shorter_is_that_branch() -> None:
    assert resolve("广源科技临清分公司", SPOKEN).enterprise == "S6"
    assert resolve("广源科技莘县分公司", SPOKEN).enterprise == ""


def test_characters_are_heard_as_names_are_read() -> None:
    index = NameIndex.of([Listed("R1", "聊城鲁晟轴承有限公司"), Listed("R2", "山东泊润新材料有限公司")])
    assert [one.enterprise for one in resolve("聊城鲁盛轴承有限公司", index).candidates] == ["R1"]
    assert [one.enterprise for one in resolve("山东波润新材料有限公司", index).candidates] == ["R2"]
