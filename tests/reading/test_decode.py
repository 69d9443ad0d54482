"""Text comes out of bytes in the encoding they were written in, or not at all."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.kernel.errors import UnreadableDocument
from lianzhang.reading import read
from lianzhang.reading.decode import Decoded, decode

SIMPLIFIED = (
    "聊城市装备制造产业2025年上半年实现营业收入176.88亿元，同比增长18.9%。农业机械、工程机械出口大幅增长。"
)
TRADITIONAL = (
    "聊城市裝備製造產業2025年上半年實現營業收入176.88億元，同比增長18.9%。農業機械、工程機械出口大幅增長。"
)


@pytest.mark.parametrize("length", [8, 20, 60])
@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        (SIMPLIFIED, "utf-8", "UTF-8"),
        (SIMPLIFIED, "utf-8-sig", "UTF-8"),
        (SIMPLIFIED, "gb2312", "GB18030"),
        (SIMPLIFIED, "gb18030", "GB18030"),
        (TRADITIONAL, "gb18030", "GB18030"),
        (TRADITIONAL, "big5", "Big5"),
        (TRADITIONAL, "cp950", "Big5"),
        (SIMPLIFIED, "utf-16", "UTF-16"),
        (TRADITIONAL, "utf-32", "UTF-32"),
    ],
)
def test_the_encoding_is_found_out(text: str, codec: str, label: str, length: int) -> None:
    found = decode(text[:length].encode(codec))
    assert (found.text, found.encoding, found.bad_bytes) == (text[:length], label, 0)


def test_big_endian_text_with_its_mark_is_read() -> None:
    assert decode(codecs.BOM_UTF16_BE + SIMPLIFIED.encode("utf-16-be")).text == SIMPLIFIED


def test_characters_beyond_the_first_plane_survive() -> None:
    text = "\U00020000村和㙓镇的装备制造产业"
    assert decode(text.encode("gb18030")).text == text


def test_plain_ascii_is_utf8() -> None:
    assert decode(b"2024: 318.4").encoding == "UTF-8"


def test_a_declared_encoding_breaks_a_tie_only() -> None:
    data = SIMPLIFIED.encode("gb18030")
    assert decode(data, declared="big5").text == SIMPLIFIED
    assert decode(SIMPLIFIED.encode(), declared="gb2312").text == SIMPLIFIED


def test_a_stray_byte_in_a_sound_file_becomes_a_sign_of_loss() -> None:
    data = bytearray((SIMPLIFIED * 20).encode())
    data[300] = 0xFF
    found = decode(bytes(data))
    assert found.encoding == "UTF-8"
    assert found.text.count("\ufffd") >= 1
    assert found.bad_bytes == 3


def test_a_file_cut_off_in_a_character_is_read_to_the_cut() -> None:
    found = decode((SIMPLIFIED * 3).encode()[:-2])
    assert found.text == (SIMPLIFIED * 3)[:-1] + "\ufffd"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\0\0\0\0", "NUL"),
        (SIMPLIFIED.encode("utf-16-le"), "NUL"),
        (bytes(range(1, 256)) * 20, "二进制"),
        ("Größe für Übergänge und Ähnliches, façade élève çà".encode("latin-1") * 3, "编码"),
        ("ヤンマーの農業機械とエンジン、産業用ロボット".encode("shift_jis") * 3, "编码"),
        (SIMPLIFIED.encode()[::-1], "编码"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8" * 50, "编码"),
    ],
)
def test_what_is_no_chinese_text_is_refused_with_the_way_out(data: bytes, word: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        decode(data)
    assert word in refused.value.what.zh
    assert refused.value.remedy is not None
    assert "UTF-8" in refused.value.remedy.zh or "粘贴" in refused.value.remedy.zh


@given(st.text(alphabet=SIMPLIFIED + TRADITIONAL, min_size=1, max_size=80))
def test_whatever_is_written_in_utf8_is_read_back(text: str) -> None:
    assert decode(text.encode()).text == text


@given(st.integers(min_value=10, max_value=len(SIMPLIFIED)), st.integers(min_value=0, max_value=30))
def test_any_stretch_of_a_report_in_gb18030_is_read_back(end: int, start: int) -> None:
    text = SIMPLIFIED[min(start, end - 8) : end]
    assert decode(text.encode("gb18030")).text == text


def _outcome(data: bytes) -> Decoded | UnreadableDocument:
    try:
        return decode(data)
    except UnreadableDocument as refused:
        return refused


@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_end_in_text_or_in_a_sentence(data: bytes) -> None:
    found = _outcome(data)
    if isinstance(found, UnreadableDocument):
        assert found.what.zh and found.remedy
    else:
        assert found.bad_bytes <= max(3, len(data) // 1000)


_REPORT = "2025年上半年，全市装备制造产业实现营业收入176.88亿元，同比增长18.9%。小巨人企业12家。"


@pytest.mark.parametrize(
    ("written", "taken_for"),
    [("utf-8", "latin-1"), ("gbk", "latin-1"), ("utf-8", "gbk"), ("utf-8", "cp1252")],
)
def test_a_text_saved_after_it_was_opened_in_a_wrong_encoding_is_refused_with_a_way_out(
    written: str, taken_for: str
) -> None:
    spoiled = _REPORT.encode(written).decode(taken_for, "ignore").encode("utf-8")
    with pytest.raises(UnreadableDocument) as refused:
        read(spoiled, published="2025-08-15")
    assert "年上" in refused.value.what.zh
    assert refused.value.remedy is not None and "原始文件" in refused.value.remedy.zh


@pytest.mark.parametrize(
    "text",
    [
        _REPORT,
        "山东聊城 Müller GmbH 与 Citroën 合作，Société Générale 出资12亿元。",
        "鑫淼垚犇鱻骉麤，龘靐齉爩",
        f"{_REPORT}\n浣犲ソ世界",
    ],
)
def test_a_text_with_foreign_or_rare_signs_is_not_taken_for_a_spoiled_one(text: str) -> None:
    assert read(text, published="2025-08-15").document.text == text
