"""All evidence on many pairs at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lianzhang.naming.candidates import Pairs
from lianzhang.naming.columns import extents
from lianzhang.naming.compare.kind import branch_levels, form_levels, group_levels
from lianzhang.naming.compare.levels import NameLevel, PlaceLevel, Way
from lianzhang.naming.compare.name import Slips, abridged_levels, padded, sound_levels, width_for
from lianzhang.naming.compare.place import place_levels, renamed_levels
from lianzhang.naming.compare.reasons import ABOUT
from lianzhang.naming.lexicon import ANY_COMPANY, NO_FORM, lexicon
from lianzhang.naming.mentions import Mentions
from lianzhang.naming.rows import NameKind, Rows, folded, folded_branch

Ints = NDArray[np.int64]
Levels = NDArray[np.uint8]


@dataclass(frozen=True)
class Compared:
    """The level of each kind of evidence, a row per pair."""

    name: Levels
    place: Levels
    context: Levels
    form: Levels
    group: Levels
    branch: Levels
    said: Levels

    @staticmethod
    def joined(lots: Sequence[Compared]) -> Compared:
        """Several lots as one."""
        return Compared(*(np.concatenate([getattr(lot, about) for lot in lots]) for about in ABOUT))

    def only(self, kept: NDArray[np.bool_] | Ints) -> Compared:
        """Some of the pairs."""
        return Compared(*(getattr(self, about)[kept] for about in ABOUT))

    def with_said(self, said: Levels) -> Compared:
        """The same with what the mention says besides the name."""
        return replace(self, said=said)


class Comparison:
    """Compares mentions with the names of a registry."""

    def __init__(self, mentions: Mentions, rows: Rows) -> None:
        self._mentions, self._rows = mentions, rows
        columns = mentions.columns
        self._start, self._length = columns.starts[:-1], np.diff(columns.starts)
        self._codes = folded(columns.codes)
        self._branch = folded_branch(columns.branch)
        self._bare = (columns.brand == self._length) & (columns.form <= lexicon().spoken) & ~columns.group
        self._full = columns.form != NO_FORM
        # A context speaks of the place where it says more than the mention itself.
        stated, around = columns.place, mentions.around
        level = extents(stated)
        inside = (stated // level == around // level) & (extents(around) < level)
        self._around = np.where((around > 0) & ((stated == 0) | inside), around, 0)

    def of(self, pairs: Pairs, names: Levels) -> Compared:
        """The evidence on these pairs; `names` tells how their names agree."""
        columns, rows = self._mentions.columns, self._rows
        mention, row = pairs.mention, pairs.row
        # A division word that is taken for part of the trade name says nothing of the place.
        bare = (pairs.way == Way.BARE) | (pairs.way == Way.BARE_SHORT)
        stated = np.where(bare, 0, columns.place[mention])
        around = np.where(bare, self._mentions.around[mention], self._around[mention])
        place, county = rows.place[row].astype(np.int64), rows.county[row].astype(np.int64)
        form = columns.form[mention]
        placed = place_levels(stated, place, county)
        full = np.flatnonzero((form > ANY_COMPANY) & (stated != 0))
        if len(full):
            marked = placed[full]
            renamed_levels(marked, stated[full], place[full])
            placed[full] = marked
        town = columns.town[mention]
        placed[(town != 0) & (rows.town[row] != 0) & (town != rows.town[row])] = PlaceLevel.ELSEWHERE
        return Compared(
            name=names,
            place=placed,
            context=place_levels(around, place, county),
            form=form_levels(form, rows.body[row].astype(np.int64)),
            group=group_levels(columns.group[mention], rows.group[row], full=form != NO_FORM),
            branch=branch_levels(self._branch[mention], rows.branch[row], full=form != NO_FORM),
            said=np.zeros(len(row), np.uint8),
        )

    def names(self, pairs: Pairs) -> Levels:
        """How the names of these pairs agree: most are looked at no further."""
        rows = self._rows
        levels = np.zeros(len(pairs.row), np.uint8)
        kind = rows.kind[pairs.row]
        literal = np.array(
            [NameLevel.REGISTERED, NameLevel.FORMER, NameLevel.SHORT, NameLevel.SHORT], np.uint8
        )
        way = pairs.way
        levels[way == Way.FULL] = literal[kind[way == Way.FULL]]
        levels[(way == Way.CORE) | (way == Way.BARE)] = NameLevel.CORE
        levels[way == Way.CONTEXT] = NameLevel.SPOKEN
        levels[way == Way.ROMAN] = NameLevel.ROMAN
        levels[(way == Way.SHORT) | (way == Way.BARE_SHORT)] = NameLevel.ABBREVIATED
        # A short name with more behind it may be a firm of that group; a full name would be another firm.
        short = (kind == NameKind.SHORT) & ~self._full[pairs.mention]
        incomplete = (rows.form[pairs.row] == NO_FORM) & ((kind == NameKind.REGISTERED) | short)
        levels[(way == Way.OVERSTATED) & incomplete] = NameLevel.OVERSTATED
        # 九星公司 may be any firm of that trade name, or one that is called just so.
        alike = (way == Way.BRAND) | ((way == Way.CORE) & ~self._full[pairs.mention])
        bare = self._bare[pairs.mention] & alike
        brand = self._mentions.columns.brand[pairs.mention]
        levels[bare] = np.where(brand[bare] > 2, int(NameLevel.BRAND_LONG), int(NameLevel.BRAND_SHORT))
        for wanted, judge in (
            ((way == Way.SLIP), self._slips),
            ((way == Way.SOUND), self._sounds),
            ((way == Way.HALF), self._halves),
            ((way == Way.BRAND) & ~bare, self._abridged),
        ):
            if wanted.any():
                levels[wanted] = judge(pairs.mention[wanted], pairs.row[wanted])
        return levels

    def _cores(self, mention: Ints, row: Ints) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
        rows = self._rows
        length, of_firm = self._length[mention], rows.length[row].astype(np.int64)
        width = width_for(length, of_firm)
        mine = padded(self._codes, self._start[mention], length, width=width)
        theirs = padded(rows.codes, rows.start[row].astype(np.int64), of_firm, width=width)
        return mine, theirs

    def _slips(self, mention: Ints, row: Ints) -> Levels:
        brand, length = self._rows.brand[row].astype(np.int64), self._rows.length[row].astype(np.int64)
        levels = self._slipped(mention, row).levels(self._mentions.columns.brand[mention], brand, length)
        # Names of one core were found before, as such.
        levels[levels == NameLevel.CORE] = NameLevel.REJECTED
        return levels

    def _slipped(self, mention: Ints, row: Ints) -> Slips:
        longer = self._length[mention] - self._rows.length[row].astype(np.int64)
        return Slips(*self._cores(mention, row), longer)

    def _halves(self, mention: Ints, row: Ints) -> Levels:
        return self._slipped(mention, row).halves()

    def _sounds(self, mention: Ints, row: Ints) -> Levels:
        return sound_levels(*self._cores(mention, row))

    def _abridged(self, mention: Ints, row: Ints) -> Levels:
        """One trade name, and the mention's industry is in order part of the firm's: 九星科技 for 九星轴承科技."""
        mine, theirs = self._cores(mention, row)
        brand, firm_brand = self._mentions.columns.brand[mention], self._rows.brand[row].astype(np.int64)
        return abridged_levels(mine, theirs, self._length[mention], brand, firm_brand)
