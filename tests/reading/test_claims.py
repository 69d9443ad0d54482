"""A claim is one statement with the exact place it was read from, however damaged the text is."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianzhang.kernel import Certainty, Claim, ClaimKind, Evidence
from lianzhang.kernel.pack import open_pack
from lianzhang.reading import Reading, read

CORPUS = Path(__file__).resolve().parent / "corpus"
PUBLISHED = "2025-08-15"


@cache
def texts() -> dict[str, str]:
    """The bundled samples and the corpus, by name."""
    pack = open_pack("demo")
    found = {path: pack.read_text(path) for path in pack.files("bulletins", ".txt")}
    return found | {path.name: path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))}


NAMES = sorted(texts())


def _spans(claim: Claim) -> tuple[Evidence, ...]:
    return (claim.evidence, *claim.mentions)


def _assert_sound(reading: Reading) -> None:
    """What holds for every reading of any text at all."""
    text = reading.document.text
    for claim in reading.claims:
        for span in _spans(claim):
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end] == span.quote
        assert claim.damaged == (claim.certainty is Certainty.DAMAGED)
        assert not (claim.damaged and claim.quantity is not None)
        assert claim.damaged == (claim.reason is not None)
        assert claim.certainty is not Certainty.SURE or claim.doubts == ()
        assert claim.certainty is Certainty.SURE or claim.doubts
        if claim.quantity is not None:
            ends = (claim.quantity.value, claim.quantity.low, claim.quantity.high)
            assert all(end is None or isinstance(end, Decimal) and end.is_finite() for end in ends)
    for damage in reading.document.damaged:
        assert text[damage.start : damage.end] == damage.text
    for told in reading.contradictions:
        assert all(0 <= index < len(reading.claims) for index in told.claims)


@pytest.mark.parametrize("name", NAMES)
def test_every_claim_of_every_text_lies_where_its_quote_stands(name: str) -> None:
    reading = read(texts()[name], published=PUBLISHED)
    assert reading.claims
    _assert_sound(reading)


@pytest.mark.parametrize("name", NAMES)
def test_a_quote_holds_the_digits_of_its_value(name: str) -> None:
    """Digits in, digits out: a value told in figures stands in its own quote, width and commas aside."""
    for claim in read(texts()[name], published=PUBLISHED).claims:
        if claim.quantity is None or claim.quantity.value is None:
            continue
        digits = f"{abs(claim.quantity.value).normalize():f}"
        plain = unicodedata.normalize("NFKC", claim.evidence.quote).replace(",", "")
        in_words = any(sign in plain for sign in "一二两兩三四五六七八九十百千首番成")
        assert digits in plain or in_words, (digits, claim.evidence.quote)


RESIDUE = ("(chǎn)", "(yè)", "（liàn）", "[zhuāng]", "(men)", "(LNG)", "(yíng")
BLANKS = (" ", "\u3000", "\n", "\t", "\r\n", "\u200b", "\xa0", "  ")
SHIFTED = ("??鲜毓ど习肽晖饷吵隹?", "\ufffd", "锟斤拷", "ï»¿", "å¸‚", "?")
SIGNS = ("。", "；", "“", "”", "（", "）", "、", "，", ",", ".", "%", "-", "分别", "等", "9", "亿", "第")
ALL_PIECES = RESIDUE + BLANKS + SHIFTED + SIGNS


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """One of the texts, cut anywhere, with up to eight pieces put in anywhere."""
    text = texts()[draw(st.sampled_from(NAMES))]
    first, last = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    text = text[first:last]
    for piece in draw(st.lists(st.sampled_from(ALL_PIECES), max_size=8)):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + piece + text[place:]
    return text


@settings(max_examples=150)
@given(mutated())
def test_cutting_and_spoiling_a_text_never_moves_a_quote_or_breaks_the_reading(text: str) -> None:
    reading = read("明川 " + text, published=PUBLISHED)
    assert reading.document.text.splitlines() == ("明川 " + text).splitlines()
    _assert_sound(reading)


@given(st.sampled_from(NAMES), st.floats(0, 1))
def test_a_text_cut_off_anywhere_is_read_as_far_as_it_goes(name: str, share: float) -> None:
    text = texts()[name]
    _assert_sound(read("明川" + text[: int(len(text) * share)], published=PUBLISHED))


@given(st.sampled_from(NAMES), st.data())
def test_residue_behind_a_character_changes_no_value(name: str, data: st.DataObject) -> None:
    """A bracketed reading is put behind characters; what the text says stays what it said."""
    text = texts()[name]
    places = [
        i + 1 for i, sign in enumerate(text) if sign in "业業產产链鏈营營企" and text[i + 1 : i + 2] != "("
    ]
    chosen = data.draw(st.sets(st.sampled_from(places), min_size=1, max_size=6))
    spoiled = "".join(sign + ("(yè)" if i + 1 in chosen else "") for i, sign in enumerate(text))
    before, after = (read(one, published=PUBLISHED) for one in (text, spoiled))
    _assert_sound(after)
    assert [(c.subject, c.indicator, c.quantity, c.change, c.period) for c in after.claims] == [
        (c.subject, c.indicator, c.quantity, c.change, c.period) for c in before.claims
    ]


@given(st.integers(1, 99_999))
def test_a_value_right_behind_shifted_characters_is_never_taken(number: int) -> None:
    claims = read(
        f"产业发展良好。??鲜毓ど习肽晖饷吵隹?{number}萬元，同比增長5%。", published=PUBLISHED
    ).claims
    assert claims
    assert all(claim.quantity is None for claim in claims)
    assert any(claim.damaged for claim in claims)


@given(st.text("0123456789", min_size=1, max_size=6), st.text("0123456789", max_size=6))
def test_a_number_with_a_lost_character_inside_is_never_taken(before: str, after: str) -> None:
    text = f"2024年，明川市出口额{before}\ufffd{after}亿元，营业收入12亿元。"
    claims = read(text, published=PUBLISHED).claims
    assert [claim.quantity.value for claim in claims if claim.quantity] == [Decimal(12)]


def test_what_a_person_has_to_mend_is_told_with_a_reason_in_both_languages() -> None:
    (claim,) = read("??鲜毓ど习肽晖饷吵隹?338.8萬元，同比增長5%。", published=PUBLISHED).claims
    assert claim.reason is not None
    assert claim.reason.zh and claim.reason.en
    assert claim.doubts[0].zh == "数字紧邻损坏的文字，可能缺位，不能采信。"
    assert "not trusted" in claim.doubts[0].en


def test_a_repeated_statement_is_one_claim_with_the_further_places_as_mentions() -> None:
    sentence = "2024年，明川市出口额12亿元。"
    text = "甲。".join([sentence] * 3)
    (claim,) = read(text, published=PUBLISHED).claims
    assert [span.start for span in _spans(claim)] == [6, 6 + len(sentence) + 2, 6 + 2 * (len(sentence) + 2)]
    assert {span.quote for span in _spans(claim)} == {"明川市出口额12亿元"}


def test_a_repeat_in_other_words_is_a_mention_too() -> None:
    text = "2024年，明川市营业收入318.4亿元。这一年，明川市2024年营业收入达到318.40亿元。"
    (claim,) = read(text, published=PUBLISHED).claims
    assert len(claim.mentions) == 1


@pytest.mark.parametrize(
    "other",
    [
        "2023年，明川市出口额12亿元。",
        "2024年，云溪县出口额12亿元。",
        "2024年，明川市进口额12亿元。",
        "2024年，明川市出口额12亿美元。",
        "2024年，明川市出口额超12亿元。",
        "2024年，明川市出口额12亿元，同比增长5%。",
    ],
)
def test_a_statement_that_differs_in_anything_is_a_claim_of_its_own(other: str) -> None:
    claims = read(f"2024年，明川市出口额12亿元。{other}", published=PUBLISHED).claims
    assert len(claims) == 2
    assert all(claim.mentions == () for claim in claims)


def test_claims_come_in_the_order_of_the_text() -> None:
    for text in texts().values():
        claims = [c for c in read(text, published=PUBLISHED).claims if c.kind is ClaimKind.METRIC]
        starts = [claim.evidence.start for claim in claims]
        assert starts == sorted(starts)
