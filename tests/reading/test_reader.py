"""The reader as a whole: it takes whatever it is given, says the same twice, and does not slow down."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.kernel import Period, PeriodError, UnreadableDocument
from lianzhang.kernel.pack import open_pack
from lianzhang.reading import Reading, open_document, read
from lianzhang.reading.record import as_json

PUBLISHED = "2025-08-15"
SENTENCES = (
    "2024年，明川市装备制造产业营业收入318.4亿元，同比增长7.1%。"
    "截至6月底，明川市有规上企业203家。云溪县、白石县出口额分别为5亿元、4亿元。"
    "甲海重工有限公司2024年出口额近2亿元，占全市的三成。"
)

_VISIBLE = """
2024年 上半年 截至6月底 同比 增长 下降 分别 占 全市 该公司 明川市 云溪县、白石县 甲海重工有限公司
营业收入 出口额 “10+7”举措 “7”包括 四张清单 项目 总投资 年产 第3位 翻一番 连续三年 百分之 亿元 万
％ 至 超 约 不低于 以上 等 、 ， , 。 ； ; ： （ ） ( ) “ ” " ' 《 》 〔 〕 【 】 — - − ～ + / . …
0 9 12.5 1,234 ３ ① Ⅳ ½ 十 两 零 半 (chǎn) (yè) 產(chǎn)業(yè) ??鲜毓ど习肽晖 锟斤拷
𠮷 𪚥 😀 🇨🇳 ﬁ ㎡ ㈱ ａ А ا 한글 々 〇 ⻚ 豈
"""
FRAGMENTS = (
    *_VISIBLE.split(),
    *("\n", "\t", " ", "\u3000", "\x1f", "\u2028", "\x85", "\ufffd", "\u200b", "\u202e", "\ufeff", "\ue000"),
    *("\r\n", "e\u0301", "\U0010ffff", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U000e0100", "\u2f00"),
)


def _mixture(seed: int) -> str:
    chance = random.Random(seed)
    return "".join(chance.choices(FRAGMENTS, k=chance.randint(1, 60)))


@pytest.mark.parametrize("tens", range(30))
def test_no_mixture_of_signs_breaks_the_reading(tens: int) -> None:
    for seed in range(tens * 10, tens * 10 + 10):
        text = "产" + _mixture(seed)
        reading = read(text, published=PUBLISHED)
        for claim in reading.claims:
            for span in (claim.evidence, *claim.mentions):
                assert reading.document.text[span.start : span.end] == span.quote, repr(text)


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=80))
def test_any_text_at_all_is_read_between_two_sentences(noise: str) -> None:
    reading = read(f"{SENTENCES}\n{noise}\n{SENTENCES}", published=PUBLISHED)
    assert len(reading.claims) >= 1
    for claim in reading.claims:
        span = claim.evidence
        assert reading.document.text[span.start : span.end] == span.quote


def test_a_null_character_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read("2024年，明川市出口额12\x00亿元。")
    assert "NUL" in caught.value.say("zh") and "NUL" in caught.value.say("en")
    assert "重新复制" in caught.value.say("zh")


def _bare(reading: Reading) -> Reading:
    """The reading without the name its file went by."""
    return replace(reading, document=replace(reading.document, name=""))


@pytest.mark.parametrize("path", open_pack("demo").files("bulletins", ".txt"))
def test_reading_the_same_twice_says_the_same(path: str) -> None:
    content = open_pack("demo").read_text(path)
    first = read(content, published=PUBLISHED)
    read("2023年，云溪县出口额3亿元。", published="2024-01-01")
    assert read(content, published=PUBLISHED) == first


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_bytes_and_text_say_the_same(encoding: str) -> None:
    from_text = read(SENTENCES, published=PUBLISHED)
    from_bytes = read(SENTENCES.encode(encoding), name="明川.txt", published=PUBLISHED)
    assert from_bytes.claims == from_text.claims
    assert _bare(from_bytes).document.text == SENTENCES


def test_a_document_opened_elsewhere_is_read_as_it_is() -> None:
    document = open_document(SENTENCES.encode(), name="明川.txt")
    reading = read(document, published=PUBLISHED)
    assert reading.document.name == "明川.txt"
    assert reading.claims == read(SENTENCES, published=PUBLISHED).claims


@pytest.mark.parametrize("published", [PUBLISHED, Period.parse(PUBLISHED)])
def test_the_date_of_publication_may_be_a_text_or_a_period(published: Any) -> None:
    reading = read(SENTENCES, published=published)
    assert reading.document.published == Period.parse(PUBLISHED)


@pytest.mark.parametrize("published", ["2025-02-30", "8月15日", "yesterday"])
def test_a_date_of_publication_that_is_none_is_refused(published: str) -> None:
    with pytest.raises(PeriodError, match=published):
        read(SENTENCES, published=published)


@pytest.mark.parametrize("published", [None, "", "  "])
def test_no_date_of_publication_is_no_error(published: str | None) -> None:
    assert read("云溪县出口额5亿元。", published=published).document.published is None


def test_a_text_forty_times_over_states_the_same_claims_with_thirty_nine_mentions_each() -> None:
    once = read(SENTENCES, published=PUBLISHED)
    often = read(SENTENCES * 40, published=PUBLISHED)
    assert [(c.subject, c.indicator, c.quantity, c.period) for c in often.claims][: len(once.claims)] == [
        (c.subject, c.indicator, c.quantity, c.period) for c in once.claims
    ]
    assert sum(1 + len(claim.mentions) for claim in often.claims) == 40 * len(once.claims)
    assert len(often.claims) < 3 * len(once.claims)


def _calls(text: str) -> int:
    """How many calls reading `text` takes, those into C included: a count, not a time."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        read(text, published=PUBLISHED)
    finally:
        sys.setprofile(before)
    return count


def test_four_times_the_text_takes_about_four_times_the_work() -> None:
    read(SENTENCES, published=PUBLISHED)
    short, long = _calls(SENTENCES * 20), _calls(SENTENCES * 80)
    assert long < 4.4 * short


@pytest.mark.parametrize(
    "text",
    [
        "1" * 20_000,
        "1.2" * 8_000,
        "分别" * 5_000,
        "甲、" * 8_000 + "分别为1亿元",
        "“" * 10_000,
        "(" * 10_000,
        "第" * 10_000,
        "市" * 10_000,
        "同比增长" * 4_000,
        "产(chǎn" * 4_000,
        "明川市" * 6_000,
        "2024年" * 4_000,
        " " * 20_000,
        "“10+7”包括" * 2_000,
    ],
    ids=lambda text: f"{text[:6]!r} over and over",
)
def test_a_text_made_to_be_slow_is_read_to_its_end(text: str) -> None:
    reading = read("产业发展。" + text, published=PUBLISHED)
    assert reading.document.text.endswith(text)


def test_the_json_of_a_reading_is_the_same_twice() -> None:
    assert as_json(read(SENTENCES, published=PUBLISHED)) == as_json(read(SENTENCES, published=PUBLISHED))


@pytest.mark.parametrize("text", ["连续三年韩10+7", "连续三年第3位“10+7”举措"])
def test_a_run_of_years_before_a_pair_of_counts_is_read(text: str) -> None:
    assert read(text, published=PUBLISHED).document.text == text


@pytest.mark.timeout(5)
@pytest.mark.parametrize("sign", ["一", "\ufffd", "1,"], ids=["一", "lost", "comma"])
def test_a_long_run_of_one_sign_does_not_stop_the_reading(sign: str) -> None:
    text = "产业发展。" + sign * 20_000
    assert read(text, published=PUBLISHED).document.text == text
