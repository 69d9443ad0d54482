"""Chinese read with another encoding: 浣犲ソ for 你好, ÄãºÃ for 你好, 锟斤拷 for what was lost twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from lianzhang.kernel.text import Text
from lianzhang.reading.byte_shift import clusters, halves
from lianzhang.reading.character_odds import odds_of_reading, odds_of_sight

_ENOUGH = 9.0
#: So much likelier, on average, must its characters be than those in print.
_BETTER = 0.5
#: Average odds per character above which a decoded stretch is Chinese.
_CHINESE = -10.5
_REACH = 12
_NOT_IN_BYTES = "?\ufffd€"
#: One Chinese character or sign in UTF-8.
_UTF8 = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}|\xef[\xbc\xbd][\x80-\xbf]|\xe2\x80[\x80-\xbf])+")
#: The replacement sign itself, saved as UTF-8 and read as GBK.
_TWICE_LOST = re.compile("(?:锟斤拷|锟斤|斤拷)+")
#: Letters that bytes from 80 to FF turn into, and the punctuation that may only follow one.
_LETTERS = "\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc€‚„†‡‰‹›™"
_FOLLOWERS = f"{_LETTERS}‘’“”•–—…"
_PAIRS = re.compile(f"(?:[{_LETTERS}][{_FOLLOWERS}@-~]){{2,}}[{_LETTERS}]?")
_TRIPLES = re.compile(f"(?:[\u00e2-\u00ef][{_FOLLOWERS}]{{1,2}}){{2,}}")
#: Of a stretch in UTF-8 that lost bytes on the way, this share must still be Chinese.
_STILL_SOUND = 0.5
_WESTERN_LETTERS = re.compile(f"[{_LETTERS}]")
#: How much of a text is looked at, and which share of its signs must be wrong, to call the whole of it wrong.
_OPENING, _MOST, _AT_LEAST = 2_000, 0.6, 12
#: How much of its beginning is looked at first.
_SAMPLE = 80
_HAN = re.compile("[\u3400-\u9fff]")
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
    for pattern, codecs in ((_TRIPLES, ("utf-8",)), (_PAIRS, ("gbk", "big5"))):
        for found in pattern.finditer(text):
            reading = _from_western(found[0], codecs)
            if reading:
                yield Misread(found.start(), found.end(), reading, WESTERN)
    done = 0
    for first, last in clusters(places):
        if last < done or not any(map(_may_be_utf8, text[first : last + 1])):
            continue
        low, high = _run(text, max(done, first), last)
        done = high
        if high - low >= 3:
            yield from _utf8_between(text, low, high)


def misread_throughout(text: str) -> Misread | None:
    """The start of a text that was decoded wrongly from end to end; None where only parts of it were, or none.

    A text saved after it was opened in a wrong encoding has not one sound Chinese word left.
    """
    opening = text[:_OPENING]
    sample = _HAN.findall(opening[:_SAMPLE])
    if len(sample) >= _SAMPLE // 2 and sum(map(_may_be_utf8, sample)) <= len(sample) // 3:
        # What is wrong throughout is wrong at once: the beginning of a sound text shows that it is sound.
        return None
    han = len(_HAN.findall(opening))
    western = len(_WESTERN_LETTERS.findall(opening))
    if western > _MOST * (western + han) and western >= _AT_LEAST:
        readings = [
            reading
            for pattern, codecs in ((_TRIPLES, ("utf-8",)), (_PAIRS, ("gbk", "big5")))
            for found in pattern.finditer(opening)
            if (reading := _from_western(found[0], codecs))
        ]
        return Misread(0, len(text), "".join(readings), WESTERN) if readings else None
    if han >= _AT_LEAST and sum(map(_may_be_utf8, opening)) > _MOST * han:
        found = list(_utf8_between(opening, 0, len(opening)))
        if sum(one.end - one.start for one in found) > _MOST * han:
            return Misread(0, len(text), "".join(one.reading for one in found), UTF8_AS_GBK)
    return None


def _run(text: str, first: int, last: int) -> tuple[int, int]:
    """The run of two-byte characters around a cluster; misreading never spares much around it."""
    low, high = first, last + 1
    lowest, highest = max(0, first - _REACH), min(len(text), last + 1 + _REACH)
    while low > lowest and (halves(text[low - 1]) or text[low - 1] in _NOT_IN_BYTES):
        low -= 1
    while high < highest and (halves(text[high]) or text[high] in _NOT_IN_BYTES):
        high += 1
    return low, high


@cache
def _may_be_utf8(character: str) -> bool:
    """Whether both halves are bytes of a Chinese character in UTF-8."""
    pair = halves(character)
    return pair is not None and all(0x80 <= half <= 0xBF or 0xE3 <= half <= 0xE9 for half in pair)


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
        better = read - seen >= _ENOUGH and read / letters > seen / (end - start) + _BETTER
        if letters >= 2 and better and read / letters > _CHINESE:
            stop = end + 1 if text[end : end + 1] in ("?", "\ufffd") else end
            yield Misread(start, stop, "…".join(readings), UTF8_AS_GBK)


def _from_western(letters: str, codecs: tuple[str, ...]) -> str:
    """The Chinese behind Western letters in one of `codecs`, or nothing if there is none."""
    data = bytearray()
    for letter in letters:
        try:
            data += letter.encode("cp1252")
        except UnicodeEncodeError:
            if letter > "\xff":
                return ""
            data.append(ord(letter))
    for codec in codecs:
        reading = data.decode(codec, "replace")
        sound = reading.replace("\ufffd", "")
        if len(sound) < 2 or len(sound) < _STILL_SOUND * len(reading):
            continue
        if odds_of_reading(sound) / len(sound) > _CHINESE:
            return re.sub("\ufffd+", "…", reading)
    return ""
