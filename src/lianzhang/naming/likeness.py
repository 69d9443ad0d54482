"""Which characters are taken for one another: those that sound alike (鑫, 新) and those that look alike (昊, 吴)."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from pypinyin.pinyin_dict import pinyin_dict

from lianzhang.naming.clean import BEYOND
from lianzhang.naming.keys import MASK, UNBASE, VALUE, Numbers, hash_of, values
from lianzhang.naming.lexicon import lexicon

_VOWELS = frozenset("aeiouv")
#: Differences of sound that ears and input methods do not keep: zh/z, ch/c, sh/s, ing/in, eng/en.
_MERGED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"))

#: Characters that names are written with, and that are read otherwise in them than dictionaries say first.
_USUAL = {
    "晟": "sheng",
    "泊": "bo",
    "厦": "xia",
    "琢": "zhuo",
    "曾": "zeng",
    "翟": "zhai",
    "隽": "jun",
    "调": "tiao",
}


@cache
def readings(character: str) -> tuple[str, ...]:
    """The pinyin syllables of a character without tones, the usual one first; empty for other signs.

    >>> readings("盛")
    ('sheng', 'cheng')
    """
    marked = pinyin_dict.get(ord(character), "") if len(character) == 1 else ""
    found = dict.fromkeys(_plain(reading) for reading in marked.split(",") if reading)
    usual = _USUAL.get(character)
    return (usual, *(one for one in found if one != usual)) if usual else tuple(found)


@cache
def known_syllables() -> frozenset[str]:
    """All pinyin syllables without tones."""
    every = {reading for code in pinyin_dict for reading in readings(chr(code))}
    return frozenset(reading for reading in every if not _VOWELS.isdisjoint(reading))


def _plain(reading: str) -> str:
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in letters if letter.isascii())


def syllable_class(syllable: str) -> str:
    """The syllable without the differences that are often missed.

    >>> syllable_class("zhong"), syllable_class("xing")
    ('zong', 'xin')
    """
    for found, kept in _MERGED:
        syllable = syllable.replace(found, kept)
    return syllable


@cache
def sound_of(character: str) -> str:
    """The class of the usual reading, or the character itself."""
    known = readings(character)
    return syllable_class(known[0]) if known else character


def sound_alike(one: str, other: str) -> bool:
    """Whether any readings of two characters belong to one class."""
    classes = {syllable_class(reading) for reading in readings(one)}
    return any(syllable_class(reading) in classes for reading in readings(other))


def look_alike(one: str, other: str) -> bool:
    """Whether the two are commonly misread for each other."""
    shape = lexicon().shape
    return one in shape and shape[one] == shape.get(other)


@cache
def sound_values() -> Numbers:
    """For each character the number of its sound, to hash a text as it sounds."""
    table = values().copy()
    numbers: dict[str, int] = {}
    for code in pinyin_dict:
        if code < BEYOND:
            sound = sound_of(chr(code))
            if sound not in numbers:
                numbers[sound] = syllable_value(sound)
            table[code] = numbers[sound]
    return table


def syllable_value(sound: str) -> int:
    """The number of a sound class."""
    return (hash_of(sound) * UNBASE ^ 0x5851F42D4C957F2D) & MASK


@cache
def shape_values() -> Numbers:
    """For each character the number of its shape, to hash a text as it looks."""
    table = values().copy()
    for character, first in lexicon().shape.items():
        table[ord(character)] = table[ord(first)]
    return table


@cache
def has_shape() -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which characters have others that look like them."""
    table = np.zeros(BEYOND, np.bool_)
    table[[ord(character) for character in lexicon().shape]] = True
    return table


class _Sounds(dict[str, int]):
    def __missing__(self, character: str) -> int:
        number = self[character] = int(sound_values()[ord(character)])
        return number


class _Shapes(dict[str, int]):
    def __missing__(self, character: str) -> int:
        number = self[character] = VALUE[lexicon().shape.get(character, character)]
        return number


#: The number of the sound, and of the shape, of a character.
SOUND_VALUE, SHAPE_VALUE = _Sounds(), _Shapes()
