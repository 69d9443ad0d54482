"""Finds names in running text, and learns or forgets a name while it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import ahocorasick

from lianzhang.naming.index import NameIndex

#: Names added since the last build from which on the next search builds anew.
_REBUILD_AT = 20_000


class Hit(NamedTuple):
    """A name in a text: where, and whose. `enterprises` are several where several bear the name."""

    start: int
    end: int
    name: str
    enterprises: tuple[str, ...]


class Finder:
    """An automaton over all names, and a small second one over the names added since.

    Reads the text as it is: simplify it first (`kernel` and `reading` keep the way back to the original).

    >>> finder = Finder([("时风集团", "E1"), ("时风", "E1")])
    >>> finder.add("鑫大地", "E2")
    >>> [(hit.name, hit.enterprises) for hit in finder.find("时风集团与鑫大地签约")]
    [('时风集团', ('E1',)), ('鑫大地', ('E2',))]
    >>> finder.withdraw("鑫大地", "E2")
    >>> [hit.name for hit in finder.find("时风集团与鑫大地签约")]
    ['时风集团']
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._bearers: dict[str, tuple[str, ...]] = {}
        for name, enterprise in names:
            self._bear(name, enterprise)
        self._main = _automaton(self._bearers)
        self._late_names: dict[str, None] = {}
        self._late: ahocorasick.Automaton | None = None

    @classmethod
    def of(cls, index: NameIndex, *, shortest: int = 3) -> Finder:
        """A finder of all names of an index that have at least so many characters."""
        rows = index.rows
        return cls(
            (name, index.enterprise_id(int(rows.owner[row])))
            for row, name in enumerate(index.names.all())
            if rows.alive[row] and len(name) >= shortest
        )

    def add(self, name: str, enterprise: str) -> None:
        """Find this name from now on."""
        if name and self._bear(name, enterprise) and name not in self._main:
            self._late_names[name] = None
            self._late = None

    def withdraw(self, name: str, enterprise: str) -> None:
        """Find this name no longer for this enterprise; nothing happens where it was not found before."""
        others = tuple(bearer for bearer in self._bearers.get(name, ()) if bearer != enterprise)
        if others:
            self._bearers[name] = others
        else:
            self._bearers.pop(name, None)

    def find(self, text: str) -> list[Hit]:
        """The names in a text, the longest where they overlap, in order."""
        hits: list[Hit] = []
        for hit in sorted(self.every(text), key=lambda hit: (hit.start, -hit.end)):
            if not hits or hit.start >= hits[-1].end:
                hits.append(hit)
        return hits

    def every(self, text: str) -> Iterator[Hit]:
        """All names in a text, those within others too."""
        bearers_of = self._bearers.get
        for automaton in (self._main, self._small()):
            if len(automaton):
                for last, name in automaton.iter(text):
                    if bearers := bearers_of(name):
                        yield Hit(last + 1 - len(name), last + 1, name, bearers)

    def _small(self) -> ahocorasick.Automaton:
        if len(self._late_names) > _REBUILD_AT:
            self._main = _automaton(self._bearers)
            self._late_names, self._late = {}, None
        if self._late is None:
            self._late = _automaton(self._late_names)
        return self._late

    def _bear(self, name: str, enterprise: str) -> bool:
        bearers = self._bearers.get(name, ())
        if enterprise in bearers:
            return False
        self._bearers[name] = (*bearers, enterprise)
        return True


def _automaton(names: Iterable[str]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for name in names:
        if name:
            automaton.add_word(name, name)
    if len(automaton):
        automaton.make_automaton()
    return automaton
