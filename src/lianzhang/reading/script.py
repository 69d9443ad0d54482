"""Traditional and simplified characters: which of them a text uses, and one reading form for all.

Conversion is OpenCC's t2s (phrase aware: 乾隆 stays, 乾燥 becomes 干燥). The map back to the
original needs equal lengths, so a stretch whose phrase conversion changes its length is converted
character by character instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from functools import cache

from opencc import OpenCC

from lianzhang.reading.signs import Signs

SIMPLIFIED, TRADITIONAL, MIXED = "simplified", "traditional", "mixed"
#: From this share of telling characters on, the other script counts as stray characters.
_CLEAR_SHARE = 0.9


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplify(text: str, signs: Set[str] | None = None) -> str:
    """The text in simplified characters, exactly as long as it was.

    `signs` are the distinct characters of the text, where the caller has them at hand.
    """
    if not _CONVERTED.among(signs or set(text)):
        return text
    converted = str(_converter().convert(text))
    if len(converted) == len(text):
        return converted
    return "".join(_simplify_line(line) for line in text.splitlines(keepends=True))


def _simplify_line(line: str) -> str:
    converted = str(_converter().convert(line))
    return converted if len(converted) == len(line) else "".join(map(_simplify_character, line))


@cache
def _simplify_character(character: str) -> str:
    converted = str(_converter().convert(character))
    return converted if len(converted) == 1 else character


def _fits(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@cache
def leaning(character: str) -> int:
    """+1 for a character of traditional texts only, -1 of simplified texts only, 0 for both.

    GB 2312 and Big5 were each drawn up for one script, so a character in just one of them tells.
    """
    mainland, taiwan = _fits(character, "gb2312"), _fits(character, "big5")
    if mainland == taiwan:
        return 0
    if mainland:
        return -1
    return 1 if _simplify_character(character) != character else 0


_TRADITIONAL = Signs(lambda sign: sign >= "\u3400" and leaning(sign) > 0)
_SIMPLIFIED = Signs(lambda sign: sign >= "\u3400" and leaning(sign) < 0)
_CONVERTED = Signs(lambda sign: _simplify_character(sign) != sign)


def script_of(text: str, signs: Set[str] | None = None) -> str:
    """`simplified`, `traditional` or `mixed`, by counting the characters that tell them apart.

    `signs` are the distinct characters of the text, where the caller has them at hand.
    """
    present = signs or set(text)
    told = _TRADITIONAL.among(present)
    if not told:
        return SIMPLIFIED
    counts = Counter(text)
    traditional = sum(counts[sign] for sign in told)
    simplified = sum(counts[sign] for sign in _SIMPLIFIED.among(present))
    share = traditional / (traditional + simplified)
    if share >= _CLEAR_SHARE:
        return TRADITIONAL
    return MIXED if share > 1 - _CLEAR_SHARE else SIMPLIFIED
