"""Search by what is typed: characters, pinyin (shifeng), initials (sfjt), or a mixture."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from lianzhang.naming.clean import clean
from lianzhang.naming.index import NameIndex
from lianzhang.naming.likeness import readings
from lianzhang.naming.syllables import typed_parts

#: Spellings kept of a name with characters that are read in two ways.
_MOST_SPELLINGS = 8
#: Characters of names whose two readings begin with different letters and are both common.
_READ_IN_TWO_WAYS = frozenset("重长行乐盛曾朝调厦单解会降藏贾查区翟奇车传弹率省校卡系畜巷角石")
_RUNS = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")


class SpellingSearch:
    """A picture of an index at one moment, for search boxes. About 15 bytes a name.

    >>> from lianzhang.naming import Listed
    >>> search = SpellingSearch(NameIndex.of([Listed("E1", "山东时风(集团)有限责任公司")]))
    >>> search.find("sfjt"), search.find("shifeng"), search.find("时风"), search.find("sxyz")
    (['E1'], ['E1'], ['E1'], [])
    """

    def __init__(self, index: NameIndex) -> None:
        self._index = index
        lines, rows, length = [], [], 0
        starts = []
        for row, name in enumerate(index.names.all()):
            if index.rows.alive[row]:
                cleaned = clean(name).replace("(", "").replace(")", "")
                for initials in spelled_initials(cleaned):
                    starts.append(length)
                    rows.append(row)
                    lines.append(initials)
                    length += len(initials) + 1
        self._starts, self._rows = starts, rows
        self._initials = "\n".join(lines)

    def find(self, typed: str, *, limit: int = 20) -> list[str]:
        """The ids of enterprises a name of which contains what was typed; names that begin with it first."""
        wanted = clean(typed).replace("(", "").replace(")", "")
        if not wanted:
            return []
        found: dict[str, bool] = {}
        for spelling in _initials_of_typed(wanted):
            for row, at in self._occurrences(spelling):
                name = clean(self._index.names[row]).replace("(", "").replace(")", "")
                if matches(wanted, name[at:]):
                    enterprise = self._index.enterprise_id(int(self._index.rows.owner[row]))
                    found[enterprise] = found.get(enterprise, False) or at == 0
                    if len(found) >= limit * 5:
                        break
        return sorted(found, key=lambda enterprise: not found[enterprise])[:limit]

    def _occurrences(self, initials: str) -> Iterator[tuple[int, int]]:
        at = self._initials.find(initials)
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            yield self._rows[line], at - self._starts[line]
            at = self._initials.find(initials, at + 1)


def spelled_initials(cleaned: str) -> list[str]:
    """The initials of a name, one line per reading of the characters that are commonly read in two ways.

    >>> spelled_initials("时风"), spelled_initials("重工")
    (['sf'], ['zg', 'cg'])
    """
    lines = [""]
    for sign in cleaned:
        letters = list(dict.fromkeys(reading[0] for reading in readings(sign))) or [sign]
        several = (
            letters[:2] if sign in _READ_IN_TWO_WAYS and len(lines) * 2 <= _MOST_SPELLINGS else letters[:1]
        )
        lines = [line + letter for line in lines for letter in several]
    return lines


def _initials_of_typed(typed: str) -> set[str]:
    """How what was typed may look as initials: syllables and characters by their first letter."""
    found = [""]
    for run in _RUNS.findall(typed):
        if run.isascii():
            ways = {"".join(part[0] for part in parts) for parts in typed_parts(run)} or {run}
        else:
            ways = set(spelled_initials(run))
        found = [line + way for line in found for way in sorted(ways)][: _MOST_SPELLINGS * 4]
    return set(found)


def matches(typed: str, name: str) -> bool:
    """Whether a name begins with what was typed: characters, whole syllables, or first letters of them.

    >>> matches("sfjt", "时风集团"), matches("shifengjt", "时风集团"), matches("时f", "时风集团")
    (True, True, True)
    """
    if not typed:
        return True
    if not name:
        return False
    sign = name[0]
    if typed[0] == sign:
        return matches(typed[1:], name[1:])
    for reading in readings(sign):
        # A syllable may stop anywhere in its first letters only where typing stops: shif finds 时风.
        for length in range(len(reading), 0, -1):
            if typed.startswith(reading[:length]):
                whole = length in (len(reading), 1) or length == len(typed)
                if whole and matches(typed[length:], name[1:]):
                    return True
    return False
