"""One mention at a time, without the set-up of arrays: the answers of `resolving.py`, in a fraction of a millisecond.

A property test holds the two to the same answer. What is rare (a trade name that many bear) is left to
`resolving.py`.
"""

from __future__ import annotations

import numpy as np

from lianzhang.naming.candidates import BLOCK
from lianzhang.naming.clean import clean
from lianzhang.naming.compare.kind import branch_level, form_level, group_level
from lianzhang.naming.compare.levels import NameLevel, PlaceLevel, SaidLevel, Way
from lianzhang.naming.compare.name import Slips, abridged, padded, sound_levels, width_for
from lianzhang.naming.compare.place import place_level, renamed_level
from lianzhang.naming.filing import REACH, SHORTEST_FOR_LIKENESS, SHORTEST_FOR_SLIPS, around_of, first_to_lack
from lianzhang.naming.index import NameIndex
from lianzhang.naming.keys import Key, hash_of, key_of, lacking, town_number
from lianzhang.naming.lexicon import ANY_COMPANY, NO_FORM, lexicon
from lianzhang.naming.likeness import SHAPE_VALUE, SOUND_VALUE
from lianzhang.naming.mentions import narrower, place_spoken_of, trades_spoken_of
from lianzhang.naming.parts import shortened, split_clean
from lianzhang.naming.places import NOWHERE
from lianzhang.naming.resolution import Match, Resolution, resolution_of
from lianzhang.naming.roman import roman_hashes
from lianzhang.naming.rows import NameKind, folded
from lianzhang.naming.scorers import Scorer

#: Rows under one key from which on arrays are the faster way.
_MANY = 256
#: From this score on, a name that agrees leaves slips no room.
AGREES = 0.95
_LITERAL = {
    NameKind.REGISTERED: NameLevel.REGISTERED,
    NameKind.FORMER: NameLevel.FORMER,
    NameKind.SHORT: NameLevel.SHORT,
    NameKind.ENGLISH: NameLevel.SHORT,
}
#: Pairs that are looked at character by character.
_BY_CHARACTER = (Way.SLIP, Way.SOUND, Way.HALF)
Sought = list[tuple[Way, int]]


class TooMany(Exception):
    """A key has more rows than are looked at one by one."""


class OneMention:
    """One mention, taken apart and compared with what shares a key with it."""

    def __init__(self, mention: str, index: NameIndex, *, context: str, scorer: Scorer) -> None:
        self._mention, self._index, self._scorer = mention, index, scorer
        self._parts = split_clean(clean(mention), index.places)
        self._spoken = place_spoken_of(context, index.places)
        self._around = self._spoken if narrower(self._parts.place, self._spoken) else NOWHERE
        self._trades = trades_spoken_of(context) if context else ()
        self._branch = hash_of(self._parts.branch) >> 32 if self._parts.branch else 0
        self._full = self._parts.form != NO_FORM
        self._town = town_number(hash_of(self._parts.town)) if self._parts.town else 0
        self._brief = self._parts.form <= lexicon().spoken
        self._only_brand = self._brief and self._parts.brand == len(self._parts.core)
        self._best: dict[int, Match] = {}

    def resolved(self) -> Resolution:
        """The answer; raises `TooMany` where arrays should look for it."""
        if not self._settled_by(self._literal()):
            self._compare(self._agreeing())
            if max((match.score for match in self._best.values()), default=0.0) < AGREES:
                self._compare(self._near())
        matches = sorted(self._best.values(), key=lambda match: (-match.score, match.row))
        return resolution_of(self._mention, matches, self._index, self._scorer, fitting=len(matches))

    def _literal(self) -> Sought:
        return [(Way.FULL, key_of(Key.FULL, hash_of(self._parts.text)))] if self._parts.text else []

    def _settled_by(self, sought: Sought) -> bool:
        rows = self._index.rows
        return any(
            level is NameLevel.REGISTERED and bool(rows.form[row] != NO_FORM or rows.branch[row])
            for row, level in self._compare(sought)
        )

    def _agreeing(self) -> Sought:
        parts, core = self._parts, self._parts.core
        if not core:
            return []
        hashed = hash_of(core)
        sought = [(Way.CORE, key_of(Key.CORE, hashed))]
        if parts.bare:
            bare = hash_of(parts.bare)
            sought.append((Way.BARE, key_of(Key.CORE, bare)))
            if self._brief:
                sought.append((Way.BARE_SHORT, key_of(Key.SHORT, bare)))
        if self._brief:
            sought.append((Way.SHORT, key_of(Key.SHORT, hashed)))
            sought.append((Way.BRAND, key_of(Key.BRAND, hash_of(parts.brand_text))))
        if self._only_brand:
            for trade in self._trades:
                with_trade = hash_of(core + trade)
                sought += [(Way.CONTEXT, key_of(kind, with_trade)) for kind in (Key.CORE, Key.SHORT)]
        return sought

    def _near(self) -> Sought:
        parts, core = self._parts, self._parts.core
        if not core:
            return []
        hashed = hash_of(core)
        sought = [(Way.SLIP, key_of(Key.LACKING, hashed))]
        sought += [(Way.ROMAN, key_of(Key.BRAND_SOUND, spelled)) for spelled in roman_hashes(core)]
        if len(core) >= SHORTEST_FOR_LIKENESS:
            sound = key_of(Key.SOUND, hash_of(core, by=SOUND_VALUE))
            sought += [(Way.SLIP, sound), (Way.SOUND, sound)]
            if not lexicon().shape.keys().isdisjoint(core):
                sought.append((Way.SLIP, key_of(Key.SHAPE, hash_of(core, by=SHAPE_VALUE))))
        if len(core) >= SHORTEST_FOR_SLIPS:
            sought += self._lacking()
        if parts.place and len(core) >= SHORTEST_FOR_SLIPS - 1:
            sought.append((Way.HALF, key_of(Key.HALF, hashed ^ around_of(parts.place, parts.form))))
        if parts.brand < len(core):
            sought.append((Way.OVERSTATED, key_of(Key.CORE, hash_of(parts.brand_text))))
            sought += [(Way.OVERSTATED, key_of(Key.CORE, hash_of(short))) for short in shortened(core)]
        return sought

    def _lacking(self) -> Sought:
        parts = self._parts
        hashes = lacking(parts.core)
        sought = []
        for hashed in hashes[first_to_lack(parts.brand) : REACH]:
            sought += [(Way.SLIP, key_of(Key.CORE, hashed)), (Way.SLIP, key_of(Key.LACKING, hashed))]
        if parts.brand == 2 and parts.place:
            around = around_of(parts.place, parts.form)
            sought += [(Way.HALF, key_of(Key.HALF, hashed ^ around)) for hashed in hashes[:2]]
        return sought

    def _compare(self, sought: Sought) -> list[tuple[int, NameLevel]]:
        """Look the keys up, compare what is found, keep the best name of each enterprise."""
        found = self._index.postings.rows_of([key for _, key in sought], at_most=_MANY) if sought else []
        if found is None:
            raise TooMany
        pairs: dict[tuple[Way, int], None] = {}
        alive = self._index.rows.alive
        for (way, _), rows in zip(sought, found, strict=True):
            if way is Way.HALF and len(rows) > BLOCK[way]:
                continue
            pairs |= {(way, row): None for row in rows if alive[row]}
        levels = self._levels(list(pairs))
        for way, row, level in levels:
            if level is not NameLevel.REJECTED:
                self._keep(row, level, placed=way not in (Way.BARE, Way.BARE_SHORT))
        return [(row, level) for _, row, level in levels]

    def _levels(self, pairs: list[tuple[Way, int]]) -> list[tuple[Way, int, NameLevel]]:
        apart = [(way, row) for way, row in pairs if way in _BY_CHARACTER]
        levels = [(way, row, self._name_level(way, row)) for way, row in pairs if way not in _BY_CHARACTER]
        return levels + (self._off(apart) if apart else [])

    def _name_level(self, way: Way, row: int) -> NameLevel:
        rows, parts = self._index.rows, self._parts
        if way is Way.FULL:
            return _LITERAL[NameKind(rows.kind[row])]
        # 九星公司 may be any firm of that trade name, or one that is called just so.
        alike = way is Way.BRAND or (way is Way.CORE and not self._full)
        if alike and self._only_brand and not parts.group:
            return NameLevel.BRAND_LONG if parts.brand > 2 else NameLevel.BRAND_SHORT
        if way is Way.CONTEXT:
            return NameLevel.SPOKEN
        if way in (Way.CORE, Way.BARE):
            return NameLevel.CORE
        if way in (Way.SHORT, Way.BARE_SHORT):
            return NameLevel.ABBREVIATED
        if way is Way.ROMAN:
            return NameLevel.ROMAN
        if way is Way.OVERSTATED:
            # A short name with more behind it may be a firm of that group; a full name would be another firm.
            kinds = (NameKind.REGISTERED,) if self._full else (NameKind.REGISTERED, NameKind.SHORT)
            incomplete = rows.form[row] == NO_FORM and rows.kind[row] in kinds
            return NameLevel.OVERSTATED if incomplete else NameLevel.REJECTED
        brand = int(rows.brand[row])
        part = brand == parts.brand and abridged(parts.trade, rows.core(row)[brand:])
        return NameLevel.ABBREVIATED if part else NameLevel.REJECTED

    def _off(self, pairs: list[tuple[Way, int]]) -> list[tuple[Way, int, NameLevel]]:
        """Pairs that differ by a character or by writing."""
        rows, parts = self._index.rows, self._parts
        row = np.array([row for _, row in pairs])
        count, length = len(row), rows.length[row].astype(np.int64)
        core = folded(np.frombuffer(parts.core.encode("utf-32-le"), np.uint32))
        mine_length = np.full(count, len(core))
        width = width_for(mine_length, length)
        mine = padded(core, np.zeros(count, np.int64), mine_length, width=width)
        theirs = padded(rows.codes, rows.start[row].astype(np.int64), length, width=width)
        slips = Slips(mine, theirs, len(core) - length)
        off = slips.levels(np.full(count, parts.brand), rows.brand[row].astype(np.int64), length).tolist()
        by_way = {
            Way.SLIP: off,
            Way.SOUND: sound_levels(mine, theirs).tolist(),
            Way.HALF: slips.halves().tolist(),
        }
        found: list[tuple[Way, int, NameLevel]] = []
        for at, (way, each) in enumerate(pairs):
            level = NameLevel(by_way[way][at])
            found.append((way, each, NameLevel.REJECTED if level is NameLevel.CORE else level))
        return found

    def _keep(self, row: int, level: NameLevel, *, placed: bool) -> None:
        rows, parts = self._index.rows, self._parts
        named, county = int(rows.place[row]), int(rows.county[row])
        levels = (
            int(level),
            int(self._place(row, parts.place if placed else NOWHERE, named, county)),
            int(place_level(self._around if placed else self._spoken, named, county)),
            int(form_level(parts.form, int(rows.body[row]))),
            int(group_level(parts.group, bool(rows.group[row]), full=self._full)),
            int(branch_level(self._branch, int(rows.branch[row]), full=self._full)),
        )
        score = float(self._scorer.table[levels])
        owner = int(rows.owner[row])
        known = self._best.get(owner)
        if score >= self._scorer.ask and (known is None or (score, -row) > (known.score, -known.row)):
            self._best[owner] = Match(owner, row, score, (*levels, int(SaidLevel.UNSAID)))

    def _place(self, row: int, stated: int, named: int, county: int) -> PlaceLevel:
        town = int(self._index.rows.town[row])
        if town and self._town and town != self._town:
            return PlaceLevel.ELSEWHERE
        level = place_level(stated, named, county)
        return renamed_level(level, stated, named) if stated and self._parts.form > ANY_COMPANY else level
