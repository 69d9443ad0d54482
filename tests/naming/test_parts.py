"""A name taken apart says the same whether it is read alone or among a million."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianzhang.naming import clean, places_of_pack, split
from lianzhang.naming.columns import split_all
from lianzhang.naming.filing import Filing, keys_of_one
from lianzhang.naming.keys import hash_of, lacking
from lianzhang.naming.parts import shortened
from tests.naming.names import anything

PLACES = places_of_pack()


@pytest.mark.parametrize(
    ("name", "place", "brand", "trade", "form", "group", "branch"),
    [
        ("山东时风（集团）有限责任公司", 370000, "时风", "", "有限责任公司", True, ""),
        ("时风集团", 0, "时风", "", "", True, ""),
        ("临清市九星轴承科技有限公司", 371581, "九星", "轴承科技", "有限公司", False, ""),
        ("博远（山东）新能源科技发展有限公司", 370000, "博远", "新能源科技发展", "有限公司", False, ""),
        ("聊城市茌平区华新铝材有限公司", 371503, "华新", "铝材", "有限公司", False, ""),
        ("茌平县华新铝材有限公司", 371503, "华新", "铝材", "有限公司", False, ""),
        ("临清市烟店镇鑫亚轴承经销处", 371581, "鑫亚", "轴承", "经销处", False, ""),
        ("山东时风(集团)有限责任公司高唐分公司", 370000, "时风", "", "有限责任公司", True, "高唐分公司"),
        ("时风高唐分公司", 0, "时风", "", "", False, "高唐分公司"),
        ("中通客车控股股份有线公司", 0, "中通", "客车控股", "股份有限公司", False, ""),
        ("鲁西化工集团股份有限公司动力分公司", 0, "鲁西", "化工", "股份有限公司", True, "动力分公司"),
        ("时风集团公司轮胎分厂", 0, "时风", "", "公司", True, "轮胎分厂"),
        ("聊城机床厂有限公司临清分公司", 371500, "机床厂", "", "有限公司", False, "临清分公司"),
        ("智诚咨询合伙企业（有限合伙）", 0, "智诚", "咨询", "合伙企业有限合伙", False, ""),
        ("临清市新华轴承厂", 371581, "新华", "轴承", "厂", False, ""),
        ("上海市", 0, "上海市", "", "", False, ""),
        ("公司", 0, "公司", "", "", False, ""),
        ("", 0, "", "", "", False, ""),
        ("（）", 0, "", "", "", False, ""),
    ],
)
def test_a_name_is_split_as_the_naming_rules_build_it(
    name: str, place: int, brand: str, trade: str, form: str, group: bool, branch: str
) -> None:
    parts = split(name, places=PLACES)
    found = (parts.place, parts.brand_text, parts.trade, parts.form_text, parts.group, parts.branch)
    assert found == (place, brand, trade, form, group, branch)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("時(shí)風(fēng)集團(tuán)", "时风集团"),
        ("時風(shífēng)集團（jí tuán）", "时风集团"),
        ("　时 风\u200b集团。", "时风集团"),
        ("ＢＯＴ轴承", "bot轴承"),
        ("【时风】", "(时风)"),
        ("㈱时风", "(株)时风"),
        ("临清(BOT)", "临清(bot)"),
        ("\x00\n", ""),
    ],
)
def test_all_ways_of_writing_meet_in_one(written: str, meant: str) -> None:
    assert clean(written) == meant


def test_a_district_word_shared_by_many_cities_needs_the_city_before_it() -> None:
    assert split("南京市鼓楼区鑫亚电缆有限公司", places=PLACES).place == 320106
    assert split("鼓楼区鑫亚电缆有限公司", places=PLACES).place == 0


def test_a_short_division_word_may_be_part_of_the_trade_name() -> None:
    parts = split("永康达盛电缆有限公司", places=PLACES)
    assert (parts.core, parts.bare) == ("达盛电缆", "永康达盛电缆")


@given(st.lists(anything, max_size=30))
def test_names_read_together_are_read_as_each_alone(names: list[str]) -> None:
    columns = split_all(names, PLACES)
    for row, name in enumerate(names):
        parts = split(name, places=PLACES)
        codes = columns.codes[columns.starts[row] : columns.starts[row + 1]].tolist()
        assert "".join(map(chr, codes)) == parts.core
        assert columns.brand[row] == parts.brand
        assert columns.place[row] == parts.place
        assert columns.form[row] == parts.form
        assert bool(columns.group[row]) == parts.group
        assert int(columns.full[row]) == hash_of(parts.text)
        assert int(columns.bare[row]) == (hash_of(parts.bare) if parts.bare else 0)
        assert int(columns.branch[row]) == (hash_of(parts.branch) if parts.branch else 0)


@settings(max_examples=50)
@given(st.lists(anything, max_size=15))
def test_names_are_filed_under_the_same_keys_together_and_alone(names: list[str]) -> None:
    rows, keys = Filing(split_all(names, PLACES)).every()
    together: dict[int, list[int]] = {row: [] for row in range(len(names))}
    for row, key in zip(rows.tolist(), keys.tolist(), strict=True):
        together[row].append(key)
    for row, name in enumerate(names):
        assert sorted(together[row]) == sorted(keys_of_one(split(name, places=PLACES)))


@given(st.text(alphabet="鑫亚轴承𠀀ab", min_size=1, max_size=12))
def test_the_hash_of_a_text_with_a_character_left_out_is_that_of_the_shorter_text(text: str) -> None:
    assert lacking(text) == [hash_of(text[:at] + text[at + 1 :]) for at in range(len(text))]


def test_a_core_is_shortened_after_a_known_word_of_its_trade() -> None:
    assert shortened("肯石重工机械") == ["肯石重工"]
    assert shortened("鑫大地") == []


@pytest.mark.parametrize(
    ("core", "trade"),
    [
        ("鑫亚矿山机械制造", "矿山机械制造"),
        ("海格尔新能源装备", "新能源装备"),
        ("鼎昌复合材料科技", "复合材料科技"),
        ("三友有色金属材料", "有色金属材料"),
    ],
)
def test_words_of_trades_that_share_characters_leave_none_to_the_trade_name(core: str, trade: str) -> None:
    assert split(core).trade == trade


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("聊城鑫亚轴承有限责仼公司", "有限责任公司"),
        ("聊城鑫亚轴承有限贵任公司", "有限责任公司"),
        ("聊城鑫亚轴承有限责任公司司", "有限责任公司"),
        ("聊城鑫亚轴承有限责公司", "有限责任公司"),
        ("聊城鑫亚轴承有限公可", "有限公司"),
        ("聊城鑫亚轴承有艮公司", "有限公司"),
        ("聊城鑫亚轴承冇限公司", "有限公司"),
        ("聊城鑫亚轴承限公司", "有限公司"),
        ("聊城鑫亚轴承限有公司", "有限公司"),
        ("聊城鑫亚轴承有限公司公司", "有限公司"),
        ("聊城鑫亚轴承股份有限公", "股份有限公司"),
        ("聊城鑫亚轴承股分有限公司", "股份有限公司"),
        ("聊城鑫亚轴承殷份有限公司", "股份有限公司"),
        ("聊城鑫亚轴承份有限公司", "股份有限公司"),
        ("聊城鑫亚轴承专业合作杜", "专业合作社"),
        ("聊城鑫亚轴承专业合作", "专业合作社"),
        ("聊城鑫亚轴承有限", "有限公司"),
        ("聊城鑫亚轴承有限责任", "有限责任公司"),
        ("聊城鑫亚轴承责任公司", "有限责任公司"),
        ("聊城鑫亚轴承股份有限", "股份有限公司"),
        ("聊城鑫亚轴承股份有", "股份有限公司"),
    ],
)
def test_a_legal_form_with_one_slip_is_known_for_what_it_is(name: str, form: str) -> None:
    parts = split(name)
    assert (parts.core, parts.form_text) == ("鑫亚轴承", form)


@given(
    st.sampled_from(["有限公司", "有限责任公司", "股份有限公司"]),
    st.integers(0, 5),
    st.characters(categories=["Lo"]),
)
def test_no_slip_in_a_legal_form_reaches_into_the_trade_name(form: str, at: int, sign: str) -> None:
    wrong = form[:at] + sign + form[at + 1 :]
    parts = split(f"聊城鑫亚轴承{wrong[: len(form)]}")
    assert parts.core.startswith("鑫亚轴")


@pytest.mark.parametrize("name", ["聊城鑫亚控股有限公司", "聊城鑫亚参股有限公司"])
def test_a_word_that_ends_in_stock_is_no_damaged_form(name: str) -> None:
    assert split(name).form_text == "有限公司"
    assert split(name).core == name[2:-4]
