"""Chinese read with another encoding: 浣犲ソ for 你好, ÄãºÃ for 你好, 锟斤拷 for what was lost twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lianzhang.kernel.text import Text
from lianzhang.reading.byte_shift import clusters, halves
from lianzhang.reading.character_odds import odds_of_reading, odds_of_sight

_ENOUGH = 9.0
#: Average odds per character above which a decoded stretch is Chinese.
_CHINESE = -10.5
_REACH = 12
_NOT_IN_BYTES = "?\ufffd€"
#: One Chinese character or sign in UTF-8.
_UTF8 = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}|\xef[\xbc\xbd][\x80-\xbf]|\xe2\x80[\x80-\xbf])+")
#: The replacement sign itself, saved as UTF-8 and read as GBK.
_TWICE_LOST = re.compile("(?:锟斤拷|锟斤|斤拷)+")
_WESTERN = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc€‚„†‡‰‹›™]{4,}"
)
UTF8_AS_GBK = Text(
    "这一段编码用错，UTF-8 被当作 GBK 读出", "UTF-8 was read here as GBK, so the characters are wrong"
)
WESTERN = Text(
    "这一段编码用错，中文被当作西文读出",
    "Chinese was read here in a Western encoding, so the letters are wrong",
)
LOST_TWICE = Text("原字已丢失，只剩替代符", "The characters are lost; only replacement signs are left")


@dataclass(frozen=True, slots=True)
class Misread:
    """A stretch in the wrong encoding and what its bytes say in the right one."""

    start: int
    end: int
    reading: str
    reason: Text


def find_misread(text: str, places: Sequence[int]) -> Iterator[Misread]:
    """Stretches in a wrong encoding around the suspicious `places` (ascending)."""
    for found in _TWICE_LOST.finditer(text):
        yield Misread(found.start(), found.end(), "", LOST_TWICE)
    for found in _WESTERN.finditer(text):
        reading = _from_western(found[0])
        if reading:
            yield Misread(found.start(), found.end(), reading, WESTERN)
    done = 0
    for first, last in clusters(places):
        if last - first < 2 or last < done:
            continue
        low, high = _run(text, max(done, first), last)
        done = high
        if high - low >= 3:
            yield from _utf8_between(text, low, high)


def _run(text: str, first: int, last: int) -> tuple[int, int]:
    """The run of two-byte characters around a cluster; misreading never spares much around it."""
    low, high = first, last + 1
    lowest, highest = max(0, first - _REACH), min(len(text), last + 1 + _REACH)
    while low > lowest and (halves(text[low - 1]) or text[low - 1] in _NOT_IN_BYTES):
        low -= 1
    while high < highest and (halves(text[high]) or text[high] in _NOT_IN_BYTES):
        high += 1
    return low, high


def _utf8_between(text: str, low: int, high: int) -> Iterator[Misread]:
    """UTF-8 sequences in the GBK bytes of a run; pieces with a lost byte between them are one."""
    owners: list[int] = []
    data = bytearray()
    for place in range(low, high):
        pair = halves(text[place]) or (b"\x80" if text[place] == "€" else b"?")
        data += pair
        owners += [place] * len(pair)
    pieces = [found.span() for found in _UTF8.finditer(bytes(data))]
    groups: list[list[tuple[int, int]]] = []
    for piece in pieces:
        if groups and piece[0] - groups[-1][-1][1] <= 4:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    for group in groups:
        readings = [bytes(data[start:end]).decode("utf-8") for start, end in group]
        start, end = owners[group[0][0]], owners[group[-1][1] - 1] + 1
        seen = sum(odds_of_sight(text[place]) for place in range(start, end))
        read = sum(map(odds_of_reading, readings))
        letters = sum(map(len, readings))
        if letters >= 2 and read - seen >= _ENOUGH and read / letters > _CHINESE:
            stop = end + 1 if text[end : end + 1] in ("?", "\ufffd") else end
            yield Misread(start, stop, "…".join(readings), UTF8_AS_GBK)


def _from_western(letters: str) -> str:
    """The Chinese behind Western letters, or nothing if there is none."""
    data = bytearray()
    for letter in letters:
        try:
            data += letter.encode("cp1252")
        except UnicodeEncodeError:
            if letter > "\xff":
                return ""
            data.append(ord(letter))
    for codec in ("utf-8", "gbk", "big5"):
        for cut in range(3):
            try:
                reading = bytes(data[: len(data) - cut]).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(reading) >= 2 and odds_of_reading(reading) / len(reading) > _CHINESE:
                return reading
    return ""
