"""One written form for all spellings of a name: width, case, script, spaces and conversion residue aside.

Characters are turned one by one (OpenCC t2s of the single character), so that a million names are cleaned by one
table look-up and a single name gives exactly the same. 乾 and 干 thereby meet; both sides of a comparison do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from opencc import OpenCC

#: Characters beyond this are private use and tags; no name has them.
BEYOND = 0x40000
OPENING, CLOSING = "(", ")"
_BRACKETS = dict.fromkeys("([{〔【〖〈《『「<", OPENING) | dict.fromkeys(")]}〕】〗〉》』」>", CLOSING)
#: A reading in brackets after its character or word, left by a broken font layer: 時(shí)風(fēng), 乖寶(guāibǎo).
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_RESIDUE = re.compile(
    rf"(?<=[\u3400-\u9fff])[(（]\s*[a-zü{_TONED} '’]{{0,30}}[{_TONED}][a-zü{_TONED} '’]{{0,30}}\s*[)）]",
)
_TONES = re.compile(f"[{_TONED}]")
_NEWLINE = ord("\n")
#: Separates names in one buffer, so it may stand in none.
_LINES = str.maketrans(dict.fromkeys("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " "))


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@cache
def _cleaned_character(character: str) -> str:
    """What one character becomes: itself in simplified form, a bracket, several (㈱), or nothing."""
    result = ""
    for sign in unicodedata.normalize("NFKC", character).lower():
        if sign in _BRACKETS:
            result += _BRACKETS[sign]
        elif sign.isalnum() and ord(sign) < BEYOND:
            simple = str(_simplifier().convert(sign)) if sign >= "\u3400" else sign
            result += simple if len(simple) == 1 else sign
    return result


class _CleanTable(dict[int, str]):
    """A table for `str.translate` that learns a character when it first meets it."""

    def __missing__(self, code: int) -> str:
        result = self[code] = _cleaned_character(chr(code))
        return result


_TABLE = _CleanTable()


def without_residue(text: str) -> str:
    """The text without readings in brackets that a conversion left behind.

    >>> without_residue("時(shí)風(fēng)集團(tuán)")
    '時風集團'
    """
    return _RESIDUE.sub("", text) if not text.isascii() else text


def clean(name: str) -> str:
    """The name in one written form: simplified, half width, lower case, no spaces and no punctuation but ( ).

    >>> clean("　山東時風（集團） 有限責任公司 ")
    '山东时风(集团)有限责任公司'
    >>> clean("Greenbauer Co., Ltd.")
    'greenbauercoltd'
    """
    return without_residue(name).translate(_TABLE)


def _lines_without_residue(text: str) -> str:
    """The same for many lines, of which few hold such a reading."""
    done, pieces = 0, []
    for found in _TONES.finditer(text):
        if found.start() >= done:
            start = text.rfind("\n", done, found.start()) + 1 or done
            end = text.find("\n", found.end())
            end = len(text) if end < 0 else end
            pieces += [text[done:start], _RESIDUE.sub("", text[start:end])]
            done = end
    return "".join([*pieces, text[done:]]) if pieces else text


def cleaned_codes(names: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Many names cleaned at once: all their code points in a row, and where each name begins (one more: the end).

    >>> codes, starts = cleaned_codes(["時風", "鑫 亚"])
    >>> "".join(map(chr, codes)), starts.tolist()
    ('时风鑫亚', [0, 2, 4])
    """
    text = "\n".join(names)
    if not text:
        return np.empty(0, np.uint32), np.zeros(len(names) + 1, np.int64)
    if text.count("\n") != len(names) - 1:
        text = "\n".join(name.translate(_LINES) for name in names)
    text = _lines_without_residue(text)
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    met = np.flatnonzero(np.bincount(codes))
    several = [chr(code) for code in met.tolist() if len(_TABLE[code]) > 1]
    if several:
        for sign in several:
            text = text.replace(sign, _TABLE[ord(sign)])
        codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
        met = np.flatnonzero(np.bincount(codes))
    table = np.zeros(int(met[-1]) + 1, np.uint32)
    for code in met.tolist():
        table[code] = ord(_TABLE[code]) if _TABLE[code] else 0
    table[_NEWLINE : _NEWLINE + 1] = _NEWLINE
    turned = table[codes]
    kept = turned[turned != 0]
    breaks = np.flatnonzero(kept == _NEWLINE)
    starts = np.zeros(len(names) + 1, np.int64)
    starts[1:-1] = breaks - np.arange(len(breaks))
    starts[-1] = len(kept) - len(breaks)
    return kept[kept != _NEWLINE], starts
