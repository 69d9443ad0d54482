"""Names in Latin letters that spell Chinese ones: Shandong Shifeng (Group) Co., Ltd."""

from __future__ import annotations

from functools import cache

from lianzhang.kernel.gazetteer import gazetteer
from lianzhang.naming.keys import BASE, MASK
from lianzhang.naming.lexicon import lexicon
from lianzhang.naming.likeness import readings, syllable_class, syllable_value
from lianzhang.naming.syllables import syllables

#: A trade name of fewer letters may spell anything.
_SHORTEST = 4
_LONGEST = 40


def roman_hashes(core: str) -> list[int]:
    """The hashes of the sounds that a core in Latin letters may spell; empty for Chinese ones and foreign words.

    Province and city before the trade name and words of trades behind it are left out. The hashes are those under
    which trade names are filed as they sound.
    """
    if not (_SHORTEST <= len(core) <= _LONGEST and core.isascii() and core.isalpha()):
        return []
    hashes: dict[int, None] = {}
    for letters in _variants(core):
        for way in syllables(letters):
            if len(way) >= 2:
                hashes[_hash_of_sounds(way)] = None
    return list(hashes)


def _variants(letters: str) -> list[str]:
    """The letters without trades behind them, and with and without places before: xian may be Xi'an or not."""
    shorter = True
    while shorter:
        trade = next((word for word in lexicon().english_trades if letters.endswith(word)), "")
        shorter = bool(trade) and len(letters) - len(trade) >= _SHORTEST
        letters = letters[: -len(trade)] if shorter else letters
    found, waiting = [letters], [letters]
    while waiting:
        here = waiting.pop()
        for place in _places():
            rest = here.removeprefix(place)
            if rest != here and len(rest) >= _SHORTEST and rest not in found:
                found.append(rest)
                waiting.append(rest)
    return found


@cache
def _places() -> tuple[str, ...]:
    """Provinces, prefectures and counties as they are spelled, longest first."""
    spelled = {
        "".join(readings(sign)[0] for sign in short)
        for short in gazetteer().short
        if all(map(readings, short))
    }
    return tuple(sorted(spelled, key=len, reverse=True))


def _hash_of_sounds(way: tuple[str, ...]) -> int:
    total, power = 0, 1
    for syllable in way:
        total += syllable_value(syllable_class(syllable)) * power
        power = power * BASE & MASK
    return total & MASK
