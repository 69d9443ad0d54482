"""Text that nobody wrote to be read: no exception, and every quote is what stands at its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianzhang.reading import read
from lianzhang.reading.sentences import LONGEST_SENTENCE, sentences

_PIECES = (
    *(
        "明川市",
        "产值",
        "１２．6亿元",
        "12?.6亿元",
        "9.\ufffd%",
        "同比增长",
        "由第5位",
        "降至第8位",
        "得分9分",
        "万分之三",
    ),
    *(
        "依次为：",
        "冠县（9.8%）",
        "前三位的企业分别为：",
        "\t",
        "  ",
        "|",
        "\n",
        "县区\t产值（亿元）\n",
        "冠县\t6.5\n",
        "1 ",
    ),
    *(
        "（",
        "）",
        "“",
        "”",
        "\u200b",
        "🎉",
        "&nbsp;",
        "<p>",
        "，",
        "。",
        "；",
        "-",
        "%",
        "1,23",
        "到2024年的",
        "其中",
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=60).map("".join).filter(str.strip))
def test_scraps_in_any_order_are_read_without_a_fall_and_quoted_where_they_stand(scraps: str) -> None:
    text = f"明川市简报。{scraps}"
    for claim in read(text, published="2025-11-20").claims:
        for evidence in (claim.evidence, *claim.mentions):
            assert text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize(
    "scrap", ["（", "12 ", "12,345,", "🎉", "第", "冠县\t6.5\n", "由18%升至24%，从", "一百万亿"]
)
def test_one_scrap_ten_thousand_times_is_read_to_its_end(scrap: str) -> None:
    text = "明川市简报。" + scrap * 10_000
    for claim in read(text[:40_000], published="2025-11-20").claims:
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote


def test_a_page_without_a_stop_is_read_as_well_as_one_with_stops() -> None:
    told = "，".join(f"明川市第{n}中学旁企业产值{n}亿元" for n in range(10, 400))
    assert len(told) > 2 * LONGEST_SENTENCE
    values = {claim.quantity.value for claim in read(told, published="2025-11-20").claims if claim.quantity}
    assert values >= set(range(10, 400))


@given(st.text(alphabet="明川,。;\n1", max_size=40), st.integers(0, 3 * LONGEST_SENTENCE))
def test_sentences_are_bounded_and_leave_out_nothing_but_their_stops(scrap: str, length: int) -> None:
    text = scrap + "川" * length + scrap
    spans = list(sentences(text))
    assert all(0 < end - start <= LONGEST_SENTENCE for start, end in spans)
    kept = "".join(text[start:end] for start, end in spans)
    assert [sign for sign in kept if sign in "明川,1"] == [sign for sign in text if sign in "明川,1"]
