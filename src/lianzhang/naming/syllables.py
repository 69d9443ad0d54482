"""Latin letters read as pinyin syllables."""

from __future__ import annotations

from collections.abc import Collection

from lianzhang.naming.likeness import known_syllables

#: Ways to read kept, the longest syllable (zhuang), and the longest text worth reading.
_MOST, _LONGEST, _REACH = 8, 6, 60


def syllables(letters: str) -> list[tuple[str, ...]]:
    """The ways to read Latin letters as pinyin syllables, at most a few; none where they are no pinyin.

    >>> syllables("xian")
    [('xian',), ('xi', 'an')]
    """
    return _ways(letters, known_syllables())


def typed_parts(letters: str) -> list[tuple[str, ...]]:
    """The ways to read what is typed into a search box: syllables, and single letters for syllables.

    >>> typed_parts("shif")[0], typed_parts("sf")[0]
    (('shi', 'f'), ('s', 'f'))
    """
    return syllables(letters) + _ways(letters, known_syllables() | set(letters))


def _ways(letters: str, known: Collection[str]) -> list[tuple[str, ...]]:
    if not letters or len(letters) > _REACH:
        return []
    #: From which positions the end can be reached: without it hostile letters take exponential time.
    reaches = [False] * len(letters) + [True]
    for start in range(len(letters) - 1, -1, -1):
        reaches[start] = any(
            letters[start:end] in known and reaches[end]
            for end in range(start + 1, min(start + _LONGEST, len(letters)) + 1)
        )
    ways: list[tuple[str, ...]] = []

    def read(start: int, sofar: tuple[str, ...]) -> None:
        if start == len(letters):
            ways.append(sofar)
        for end in range(min(start + _LONGEST, len(letters)), start, -1):
            if len(ways) < _MOST and reaches[end] and letters[start:end] in known:
                read(end, (*sofar, letters[start:end]))

    if reaches[0]:
        read(0, ())
    return ways
