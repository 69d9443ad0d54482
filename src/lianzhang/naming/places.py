"""Places in names: which words at the head of a name are divisions, and how two places lie to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from lianzhang.kernel.gazetteer import gazetteer
from lianzhang.kernel.regions import Region, Regions
from lianzhang.naming.lexicon import lengths_by

#: No place, or one that cannot be told (鼓楼区 stands in five cities).
NOWHERE = 0


def extent(place: int) -> int:
    """10000 for a province, 100 for a prefecture, 1 for a county or zone.

    >>> extent(370000), extent(371500), extent(371526)
    (10000, 100, 1)
    """
    return 1 if place % 100 else 100 if place % 10_000 else 10_000


def contains(outer: int, inner: int) -> bool:
    """Whether one place is, or lies in, the other.

    >>> contains(371500, 371526), contains(371526, 371500)
    (True, False)
    """
    level = extent(outer)
    return outer // level == inner // level


@dataclass(frozen=True, eq=False)
class Places:
    """The division words a name may begin with.

    `words` maps a word to its places (several where the name is not unique); `bare` are short forms that may as
    well belong to the trade name (永康, 德州); `home` are the places of the city; `heads` gives the lengths of the
    words that begin with two characters, longest first; `zones` are the functional zones of the city.
    """

    words: dict[str, tuple[int, ...]]
    bare: frozenset[str]
    home: frozenset[int]
    longest: int
    heads: dict[str, tuple[int, ...]]
    zones: dict[str, int] = field(default_factory=dict)

    def of(self, word: str, *, within: int = NOWHERE) -> int | None:
        """The place of a division word, seen from the place named before it; None where it is no such word."""
        found = self.words.get(word)
        if found is None:
            return None
        if within:
            return next((place for place in found if place != within and contains(within, place)), None)
        if len(found) == 1:
            return found[0]
        return next((place for place in found if place in self.home), NOWHERE)

    def zone(self, name: str) -> int:
        """The functional zone of this name, with or without the city's before it; `NOWHERE` where it is none."""
        return next((place for known, place in self.zones.items() if name and known.endswith(name)), NOWHERE)

    def named(self, name: str) -> int:
        """The place of a name or six-digit code from a column; `NOWHERE` where it is neither.

        Takes the last division of a full address: 山东省聊城市高唐县 is 高唐县.
        """
        name = name.strip()
        if zone := self.zone(name):
            return zone
        if len(name) >= 6 and name[:6].isascii() and name[:6].isdigit():
            return int(name[:6])
        place, start = NOWHERE, 0
        while start < len(name):
            for length in range(min(self.longest, len(name) - start), 1, -1):
                found = self.of(name[start : start + length], within=place)
                if found is None and place == NOWHERE and start:
                    continue
                if found is not None:
                    place, start = found, start + length
                    break
            else:
                break
        return place


def places_of(regions: Iterable[Region] = ()) -> Places:
    """The divisions of China, and the regions of a pack with their former names, short names and zones."""
    known = gazetteer()
    words: defaultdict[str, set[int]] = defaultdict(set)
    for code, name in known.rows:
        words[name].add(int(code))
    bare = set()
    for short, full in known.short.items():
        words[short].add(int(known.full[full]))
        if not known.full[full].endswith("0000"):
            bare.add(short)
    zones: dict[str, int] = {}
    zoned: list[Region] = []
    home = set()
    for region in regions:
        # A zone has no code; it gets one of its parent's that no division has (counties end at 80, cities at 89).
        place = (
            int(region.code) if region.code else int(region.parent or 0) // 100 * 100 + 91 + len(zoned) % 9
        )
        if not region.code:
            zoned.append(region)
        home.add(place)
        names = [region.name, *(name for _, name in region.former)]
        shorts = [name for name in region.short_names if not name.startswith(("全", "市"))]
        for name in (*names, *shorts):
            # 高新区 alone is a zone of any city; with the city's name it is this one.
            if region.code or len(name) > 4:
                words[name].add(place)
            if not region.code:
                zones[name] = place
        bare -= {*shorts, *(_without_level(name) for name in names)}
    return Places(
        words={word: tuple(sorted(found)) for word, found in words.items()},
        bare=frozenset(bare),
        home=frozenset(home),
        longest=max(map(len, words)),
        heads=lengths_by(words, lambda word: word[:2]),
        zones=zones,
    )


def _without_level(name: str) -> str:
    return name[:-1] if len(name) > 2 and name[-1] in "市县区" else name


@lru_cache(maxsize=4)
def places_of_pack(pack_id: str = "liaocheng") -> Places:
    """The places as one pack sees them; raises `PackError` where there is no such pack."""
    from lianzhang.kernel.pack import open_pack

    return places_of(Regions.from_pack(open_pack(pack_id)))
