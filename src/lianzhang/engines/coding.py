"""From values to small codes: a condition on a coded column costs a gate or two on bit planes.

Thresholds of one fact cut its range into steps, and a value becomes the number of cuts it passes. Words fall into
classes by the conditions they meet. Choices are bits already. A missing value has code 0 and is not `known`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any as Anything

import numpy as np

from lianzhang.engines.circuit import AND_NOT, OR, Wiring
from lianzhang.engines.columns import Column
from lianzhang.engines.kernels import count_passed
from lianzhang.kernel.fact import Fact, FactType, FactValue
from lianzhang.policy.tree import Comparison, HasAny, Known, OneOf, Relation, Under

FactTest = Comparison | OneOf | Under | HasAny | Known
#: Where a condition can be read: the plane, and whether its bits say yes (or, of what is known, no).
Literal = tuple[int, bool]
#: A value and 0 for “at least”, 1 for “more than” it.
Cut = tuple[float, int]
#: Values that are no numbers and no dates.
_PLAIN = (str, bool, frozenset)
Codes = np.ndarray[Anything, Anything]
_EPOCH = date(1970, 1, 1).toordinal()


class Coding(ABC):
    """How one fact is coded for the conditions of a set of rules. `bits` is how many planes a code needs."""

    def __init__(self, fact: Fact, bits: int) -> None:
        self.fact = fact
        self.bits = bits

    @abstractmethod
    def code(self, value: FactValue | None) -> int:
        """The code of one value."""

    @abstractmethod
    def codes(self, column: Column) -> Codes:
        """The codes of a whole column."""

    @abstractmethod
    def wires(self, wiring: Wiring, bits: Sequence[int]) -> Callable[[FactTest], Literal]:
        """A function from a condition to where it can be read."""


class OrderedCoding(Coding):
    """Numbers and dates: a code counts the cuts a value passes; `v` itself passes “at least v”, not “more than v”."""

    def __init__(self, fact: Fact, tests: Iterable[FactTest]) -> None:
        cuts: set[Cut] = set()
        for test in tests:
            if isinstance(test, Comparison):
                cuts |= set(cuts_of(test))
            elif isinstance(test, OneOf):
                cuts |= {(as_number(value), side) for value in test.values for side in (0, 1)}
        self._cuts = sorted(cuts)
        self._index = {cut: place + 1 for place, cut in enumerate(self._cuts)}
        super().__init__(fact, len(self._cuts).bit_length())

    def code(self, value: FactValue | None) -> int:
        if value is None:
            return 0
        # Cuts up to (v, “at least”) are passed by v itself, (v, “more than”) is not.
        return bisect_left(self._cuts, (as_number(value), 1))

    def codes(self, column: Column) -> Codes:
        cuts = np.array([reached(cut) for cut in self._cuts])
        codes: Codes = np.empty(len(column), np.uint8 if self.bits <= 8 else np.uint16)
        count_passed(column.values, cuts, codes)
        return codes

    def wires(self, wiring: Wiring, bits: Sequence[int]) -> Callable[[FactTest], Literal]:
        passes = wiring.thresholds(bits, len(self._cuts))

        def at(value: Anything, side: int) -> int:
            return passes[self._index[as_number(value), side]]

        def exactly(value: Anything) -> int:
            return wiring.gate(AND_NOT, (at(value, 0), at(value, 1)))

        def planes(test: FactTest) -> Literal:
            if isinstance(test, OneOf):
                return wiring.gate(OR, map(exactly, test.values)), True
            assert isinstance(test, Comparison)
            if test.relation is Relation.EQUALS:
                return exactly(test.value), True
            upward = test.relation in {Relation.AT_LEAST, Relation.MORE_THAN}
            return at(test.value, int(test.relation in {Relation.MORE_THAN, Relation.AT_MOST})), upward

        return planes


def reached(cut: Cut) -> float:
    """The least number that passes a cut: more than v is at least the next number after v."""
    value, side = cut
    return value if side == 0 else float(np.nextafter(value, np.inf))


def cuts_of(test: Comparison) -> tuple[Cut, ...]:
    """Where a comparison cuts the numbers."""
    value = as_number(test.value)
    if test.relation is Relation.EQUALS:
        return ((value, 0), (value, 1))
    return ((value, int(test.relation in {Relation.MORE_THAN, Relation.AT_MOST})),)


def as_number(value: Anything) -> float:
    """A number or a date as the float its column holds."""
    return float(value.toordinal() - _EPOCH) if isinstance(value, date) else float(value)


class WordCoding(Coding):
    """Texts, choices, yes or no: words that meet the same conditions share a class; class 0 meets none."""

    def __init__(self, fact: Fact, tests: Iterable[FactTest]) -> None:
        self._tests = [test for test in tests if not isinstance(test, Known)]
        self._classes: dict[tuple[bool, ...], int] = {tuple([False] * len(self._tests)): 0}
        for word in self._mentioned():
            self._classes.setdefault(self._met(word), len(self._classes))
        #: The class of each word met so far; a registry says the same few thousand words over and over.
        self._class_of: dict[FactValue, int] = {}
        super().__init__(fact, (len(self._classes) - 1).bit_length())

    def _mentioned(self) -> Iterable[FactValue]:
        """One word for every class there can be: each value named, each prefix with and without more behind it."""
        for test in self._tests:
            if isinstance(test, Comparison) and test.value is not None:
                yield test.value
            elif isinstance(test, OneOf):
                yield from sorted(test.values, key=str)
            elif isinstance(test, Under):
                yield from test.codes

    def _met(self, word: FactValue) -> tuple[bool, ...]:
        return tuple([meets(test, word) for test in self._tests])

    def code(self, value: FactValue | None) -> int:
        if value is None:
            return 0
        found = self._class_of.get(value)
        if found is None:
            found = self._class_of[value] = self._classes[self._met(value)]
        return found

    def codes(self, column: Column) -> Codes:
        table = np.array(
            [self.code(word) for word in column.words], np.uint8 if self.bits <= 8 else np.uint16
        )
        codes: Codes = table[column.values]
        return codes

    def wires(self, wiring: Wiring, bits: Sequence[int]) -> Callable[[FactTest], Literal]:
        classes = wiring.classes(bits, len(self._classes) - 1)
        places = {test_key(test): place for place, test in enumerate(self._tests)}

        def planes(test: FactTest) -> Literal:
            place = places[test_key(test)]
            return wiring.gate(OR, [classes[code] for met, code in self._classes.items() if met[place]]), True

        return planes


def meets(test: FactTest, word: FactValue) -> bool:
    """Whether a text, a choice, yes or no, or a set of choices meets a condition."""
    if isinstance(test, HasAny):
        return isinstance(word, frozenset) and not test.values.isdisjoint(word)
    if isinstance(test, Comparison):
        return word == test.value
    if isinstance(test, Under):
        return str(word).startswith(test.codes)
    assert isinstance(test, OneOf)
    return word in test.values


class ChoicesCoding(Coding):
    """Facts of several choices: one bit for each choice that any condition names."""

    def __init__(self, fact: Fact, tests: Iterable[FactTest]) -> None:
        named = {choice for test in tests if isinstance(test, HasAny) for choice in test.values}
        self._bits = {choice: place for place, choice in enumerate(sorted(named))}
        super().__init__(fact, len(self._bits))

    def code(self, value: FactValue | None) -> int:
        if not isinstance(value, frozenset):
            return 0
        return sum(1 << self._bits[choice] for choice in value if choice in self._bits)

    def codes(self, column: Column) -> Codes:
        codes: Codes = np.array([self.code(chosen) for chosen in column.words], np.uint64)[column.values]
        return codes

    def wires(self, wiring: Wiring, bits: Sequence[int]) -> Callable[[FactTest], Literal]:
        def planes(test: FactTest) -> Literal:
            assert isinstance(test, HasAny)
            return wiring.gate(OR, [bits[self._bits[choice]] for choice in test.values]), True

        return planes


def coding_of(fact: Fact, tests: Iterable[FactTest]) -> Coding:
    """The coding that tells all these conditions on one fact apart."""
    if fact.type is FactType.CHOICES:
        return ChoicesCoding(fact, tests)
    if fact.type in {FactType.NUMBER, FactType.INTEGER, FactType.DATE}:
        return OrderedCoding(fact, tests)
    return WordCoding(fact, tests)


def test_key(test: FactTest) -> tuple[Anything, ...]:
    """Equal for conditions that say the same; their clauses do not matter."""
    if isinstance(test, Comparison):
        # 2000 and 2000.0 are one threshold; True is not 1.
        value = test.value
        said = value if value is None or isinstance(value, _PLAIN) else as_number(value)
        return ("compare", test.fact.name, test.relation, said)
    if isinstance(test, OneOf):
        return ("one_of", test.fact.name, test.values)
    if isinstance(test, Under):
        return ("under", test.fact.name, test.codes)
    if isinstance(test, HasAny):
        return ("has_any", test.fact.name, test.values)
    return ("known", test.fact.name)
