"""A reading copy leads back to the characters it was made of."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.reading.pinyin import plain_syllable
from lianzhang.reading.repair import clean, readings, without_readings
from lianzhang.reading.script import script_of, simplify

SENTENCE = "市裝備產(chǎn)業(yè)鏈上半年實現(xiàn)收入１２.５億元，同比增長８％。"


def test_readings_in_brackets_go_and_characters_become_simplified() -> None:
    assert clean(SENTENCE).text == "市装备产业链上半年实现收入12.5亿元,同比增长8%。"


def test_a_span_ends_with_the_reading_of_its_last_character() -> None:
    copy = clean(SENTENCE)
    start = copy.text.index("产业")
    assert copy.quote(start, start + 1) == "產(chǎn)"
    assert copy.quote(start, start + 2) == "產(chǎn)業(yè)"
    assert copy.quote(start + 1, start + 3) == "業(yè)鏈"
    figure = copy.text.index("12.5")
    assert copy.quote(figure, figure + 6) == "１２.５億元"


def test_a_span_does_not_take_an_invisible_sign_behind_it() -> None:
    copy = clean("产值\u200b十亿元")
    assert copy.text == "产值十亿元"
    assert copy.quote(0, 2) == "产值"
    assert copy.quote(0, 3) == "产值\u200b十"


def test_an_empty_span_is_a_place() -> None:
    copy = clean(SENTENCE)
    assert copy.original(0, 0) == (0, 0)
    assert copy.original(copy.length, copy.length) == (len(SENTENCE), len(SENTENCE))


def test_a_span_beyond_the_text_is_refused() -> None:
    with pytest.raises(IndexError):
        clean("十亿元").original(1, 9)


@pytest.mark.parametrize(
    "text",
    [
        "液化天然气(LNG)接收站產(chǎn)業(yè)發(fā)展",
        "印制电路板(PCB)產(chǎn)業(yè)發(fā)展",
        "全长(km)與產(chǎn)業(yè)發(fā)展",
        "方案(a)和方案(e)發(fā)展業(yè)務(wù)",
        "他说好的(fine)，產(chǎn)業(yè)發(fā)展",
        "按年(year)计算產(chǎn)業(yè)",
        "热(he)电联產(chǎn)業(yè)務(wù)",
        "3(yī)级和(Jìn)產(chǎn)業(yè)",
    ],
)
def test_other_brackets_stay(text: str) -> None:
    wanted = simplify(text)
    for reading in ("(chǎn)", "(yè)", "(fā)", "(wù)"):
        wanted = wanted.replace(reading, "")
    assert clean(text).text == wanted.replace("，", ",")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("擴(kuò)大產（chǎn）業［yè］", "扩大产业"),
        ("責(ze\u0301)任與關(guān)係", "责任与关系"),
        ("產(chɑ̌n)業(yè)", "产业"),
        ("綠(lǜ)色產(chǎn)業(yè)", "绿色产业"),
        ("產(chǎn)業(yè)工人們(men)", "产业工人们"),
        ("堽(gāng)城镇", "堽城镇"),
        ("惡(è)化", "恶化"),
    ],
)
def test_readings_are_known_in_their_forms(text: str, wanted: str) -> None:
    assert clean(text).text == wanted


def test_a_bare_syllable_alone_is_no_reading() -> None:
    assert clean("工人們(men)").text == "工人们(men)"


@pytest.mark.parametrize("letters", ["km", "lng", "fine", "", "chǎnyè", "chǎǎn"])
def test_letters_that_are_no_syllable(letters: str) -> None:
    assert plain_syllable(letters) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("，；：（）！？％＋", ",;:()!?%+"),
        ("甲\u3000乙\u00a0丙", "甲 乙 丙"),
        ("「甲」『乙』", "“甲”‘乙’"),
        ('说"一二"和"三四"', "说“一二”和“三四”"),
        ("直径5\"的管, it's", '直径5"的管, it’s'),
        ('开"头\n另"起"一段', "开“头\n另“起”一段"),
        ("。、《》\n", "。、《》\n"),
        ("⻓江⻋辆⼯业", "长江车辆工业"),
        ("\uf9b4导", "领导"),
        ("二〇二五年", "二〇二五年"),
        ("㙓\U00020000\U0002a6df镇", "㙓\U00020000\U0002a6df镇"),
        ("葛\U000e0100洲坝", "葛洲坝"),
        ("a\u2028b\x0bc", "a\nb\nc"),
    ],
)
def test_signs_take_one_form(text: str, wanted: str) -> None:
    assert clean(text).text == wanted


def test_names_of_place_keep_their_rare_characters() -> None:
    for name in ("堽城镇", "茌平区", "莘县", "鄄城县", "喆", "赟", "乾隆年间", "显著", "瞭望"):
        assert clean(name).text == name


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("聊城市装备制造产业发展迅速", "simplified"),
        ("聊城市裝備制造產業發展迅速", "traditional"),
        ("聊城市装备制造产业發展迅速，全縣实现营业收入，产业链条完整", "mixed"),
        ("全市实现营业收入三百亿元，规模企业增长，装备产业链条完整，贸易拓展於外", "simplified"),
        ("2024: 12.5%", "simplified"),
        ("", "simplified"),
    ],
)
def test_the_script_is_told_by_counting(text: str, script: str) -> None:
    assert script_of(text) == script
    assert clean(text).script == script


def _beside_a_figure(text: str, place: int) -> bool:
    return any(sign.isdigit() or sign in "%％" for sign in text[max(0, place - 1) : place + 2])


@given(st.text(alphabet="產業发展,，(（)）chǎnyè \n\u200b\ufeff12８％\"'「⻓𠀀\U000e0100a", max_size=60))
def test_every_character_of_the_copy_comes_from_its_place(text: str) -> None:
    copy = clean(text)
    assert without_readings(text).text == _without(text, readings(text))
    places = [copy.original_position(place) for place in range(copy.length)]
    assert places == sorted(set(places))
    gone = set(range(len(text))) - set(places)
    removed = {place for start, end in readings(text) for place in range(start, end)}
    spaces = {place for place in gone if text[place] == " " and _beside_a_figure(text, place)}
    assert all(
        place in removed | spaces or unicodedata.category(text[place]) in ("Cf", "Mn") for place in gone
    )
    for place, sign in enumerate(copy.text):
        found = text[places[place]]
        if found.isalnum() and sign.isalnum():
            assert simplify(unicodedata.normalize("NFKC", found)) == sign or found == "⻓"
    for start in range(0, copy.length, 5):
        end = min(copy.length, start + 3)
        assert copy.cleaned(*copy.original(start, end)) == (start, end)


def _without(text: str, stretches: tuple[tuple[int, int], ...]) -> str:
    for start, end in reversed(stretches):
        text = text[:start] + text[end:]
    return text


@given(st.text(max_size=80))
def test_any_text_can_be_cleaned(text: str) -> None:
    copy = clean(text.encode("utf-8", "ignore").decode())
    assert copy.original(0, copy.length)[1] <= len(copy.source)
    assert len(simplify(copy.text)) == copy.length


def test_a_comma_copied_in_ahead_of_another_stop_is_left_out_and_the_place_is_kept() -> None:
    copy = clean("产值24.1%,、23.3%，。甲,乙")
    assert copy.text == "产值24.1%、23.3%。甲,乙"
    assert copy.original(7, 8) == (8, 9)


def test_particles_read_without_a_tone_are_residue_where_the_text_has_the_habit() -> None:
    text = "產(chǎn)業(yè)的(de)規(guī)模，軸承們(men)與(yǔ)企業(yè)（名單）的(LNG)"
    assert clean(text).text == "产业的规模，轴承们与企业（名单）的(LNG)".replace("（", "(").replace(
        "）", ")"
    ).replace("，", ",")
    assert clean("他的(de)书").text == "他的(de)书"


def test_spaces_beside_figures_go_even_behind_a_bracketed_reading() -> None:
    assert clean("增長(zhǎng) 63.51%,達(dá) 6220 輛").text == "增长63.51%,达6220辆"
