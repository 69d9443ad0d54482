"""Bracketed readings that tore a character apart: 鏈?zhǔn)剿季S for 鏈式思維.

Whoever put readings behind characters by their bytes sometimes met the second half of one character
and the first half of the next as if they were one. The opening bracket was then swallowed, what
follows is read one byte off, and the syllable tells which byte was taken for which character.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lianzhang.kernel.text import Text
from lianzhang.reading.byte_shift import LOSS, best_segment, halves, joined
from lianzhang.reading.character_odds import Tier, tier
from lianzhang.reading.pinyin import LETTERS, TONED, plain_syllable

TORN = Text(
    "注音残留拆坏了这里的字", "A bracketed reading left over here tore the characters around it apart"
)
_TORN = re.compile(rf"([?\ufffd]?)(?<![{LETTERS}])([{LETTERS}]{{1,8}})[)）]")
_TORN_AT_LETTER = re.compile(rf"[?\ufffd][{LETTERS}]{{1,8}}[)）][A-Za-z]")
_LEADS = range(0x81, 0xFF)
_UNCLOSED = re.compile(rf"(?<=[\u3400-\u9fff])[(（]([{LETTERS}]{{1,8}})(?![{LETTERS}A-Z)） ])")
_TONED = re.compile(f"[{TONED}]")
_READ_CHARACTER = re.compile(rf"([\u3400-\u9fff])[(（]([{LETTERS}]{{1,8}})[)）]")
#: What a torn bracket already says for the characters behind it being read one byte off.
_TORN_EVIDENCE = 6.0
_REACH = 12


@dataclass(frozen=True, slots=True)
class Torn:
    """A torn reading with the characters it spoiled."""

    start: int
    end: int
    reading: str
    reason: Text = TORN


def find_torn(text: str, source: str = "") -> Iterator[Torn]:
    """Torn readings in `text`, which has no sound ones any more; `source` has them still."""
    if not _TONED.search(text):
        return
    for found in _TORN.finditer(text):
        closed = _closed_by_a_letter(text, found)
        if closed:
            yield Torn(found.start(), found.end() + 1, closed)
            continue
        if not _is_reading(found[2]) or text[found.start(2) - 1 : found.start(2)] in ("(", "（", " "):
            continue
        high = found.end()
        while high < min(len(text), found.end() + _REACH) and halves(text[high]):
            high += 1
        low = found.end()
        shift = best_segment(text, low, high, given=_TORN_EVIDENCE) if high - low >= 2 else None
        if shift is None or shift.start > low + 1:
            yield Torn(found.start(), found.end(), "")
            continue
        opening = _opening(text, found.start(), found[2], low, source)
        yield Torn(found.start(), shift.end, f"{opening or '…'}{shift.reading}")
    for found in _UNCLOSED.finditer(text):
        if _is_reading(found[1]):
            yield Torn(found.start(), found.end(), "")


def with_letters_mended(text: str) -> str:
    """The text with 營 for each ?duì)I; length and places stay, for zero-width signs fill the gap."""

    def mend(found: re.Match[str]) -> str:
        torn = _TORN.match(text, found.start())
        character = _closed_by_a_letter(text, torn) if torn is not None else ""
        return character.rjust(len(found[0]), "\u200b") if character else found[0]

    return _TORN_AT_LETTER.sub(mend, text)


def _closed_by_a_letter(text: str, found: re.Match[str]) -> str:
    """The character behind ?duì)I: its second byte is the letter, and its first one closed what was read as duì.

    年 and 營 are C4EA A049; who took EAA0 for 隊 put (duì) behind it, and A0 went with the bracket.
    Empty unless exactly one everyday character fits.
    """
    letter = text[found.end() : found.end() + 1]
    ahead = halves(text[found.start() - 1]) if found.start() else None
    if not found[1] or not letter or not "@" <= letter <= "~" or ahead is None or not _is_reading(found[2]):
        return ""
    fitting = set()
    for lead in _LEADS:
        read, character = joined(ahead[1], lead), joined(lead, ord(letter))
        if read and character and tier(character) <= Tier.LEVEL_1 and _is_read(read, found[2]):
            fitting.add(character)
    return fitting.pop() if len(fitting) == 1 else ""


def _is_read(character: str, syllable: str) -> bool:
    # The table of readings is large and only torn text asks for it.
    from pypinyin.pinyin_dict import pinyin_dict

    return syllable in pinyin_dict.get(ord(character), "").split(",")


def _is_reading(letters: str) -> bool:
    syllable = plain_syllable(letters)
    return syllable is not None and syllable[1]


def _opening(text: str, start: int, syllable: str, behind: int, source: str) -> str:
    """The first character torn apart: its first half closed a character read as `syllable`."""
    ahead = halves(text[start - 1]) if start and text[start - 1] not in LOSS else None
    follower = halves(text[behind])
    if ahead is None or follower is None:
        return ""
    read_as: dict[str, set[str]] = defaultdict(set)
    for found in _READ_CHARACTER.finditer(source):
        read_as[found[2]].add(found[1])
    for character in sorted(read_as[syllable]):
        pair = halves(character)
        if pair and pair[0] == ahead[1]:
            return joined(pair[1], follower[0]) or ""
    return ""
