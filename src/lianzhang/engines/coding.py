"""From values to small codes: a condition on a coded column costs a gate or two on bit planes.

Thresholds of one fact cut its range into steps, and a value becomes the number of cuts it passes. Words fall into
classes by the conditions they meet. Choices are bits already. A missing value has code 0 and is not `known`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any as Anything

import numpy as np

from lianzhang.engines.circuit import AND_NOT, OR, Wiring
from lianzhang.engines.columns import Column
from lianzhang.kernel.fact import Fact, FactType, FactValue
from lianzhang.policy.tree import Comparison, HasAny, Known, OneOf, Relation, Under

FactTest = Comparison | OneOf | Under | HasAny | Known
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
    def wires(self, wiring: Wiring, bits: Sequence[int], known: int) -> Callable[[FactTest], tuple[int, int]]:
        """A function from a condition to its two planes: surely yes, surely no."""

    def fits(self, test: FactTest) -> bool:
        """Whether a condition that was not there at first can be told from the codes."""
        return isinstance(test, Known)


class OrderedCoding(Coding):
    """Numbers and dates: a code counts the cuts a value passes; `v` itself passes “at least v”, not “more than v”."""

    def __init__(self, fact: Fact, tests: Iterable[FactTest]) -> None:
        cuts: set[tuple[float, int]] = set()
        for test in tests:
            if isinstance(test, Comparison):
                cuts |= set(_cuts(test))
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
        assert column.values is not None
        reached = np.array([value for value, side in self._cuts if side == 0])
        passed = np.array([value for value, side in self._cuts if side == 1])
        values = column.values.astype(np.float64, copy=False)
        codes: Codes = np.zeros(len(values), np.uint8 if self.bits <= 8 else np.uint16)
        if len(reached):
            codes += np.searchsorted(reached, values, side="right").astype(codes.dtype)
        if len(passed):
            codes += np.searchsorted(passed, values, side="left").astype(codes.dtype)
        codes[~column.known] = 0
        return codes

    def wires(self, wiring: Wiring, bits: Sequence[int], known: int) -> Callable[[FactTest], tuple[int, int]]:
        passes = wiring.thresholds(bits, len(self._cuts))

        def at(value: Anything, side: int) -> int:
            return passes[self._index[as_number(value), side]]

        def both(yes: int) -> tuple[int, int]:
            return yes, wiring.gate(AND_NOT, (known, yes))

        def planes(test: FactTest) -> tuple[int, int]:
            if isinstance(test, OneOf):
                exact = [wiring.gate(AND_NOT, (at(value, 0), at(value, 1))) for value in test.values]
                return both(wiring.gate(OR, exact))
            assert isinstance(test, Comparison)
            if test.relation is Relation.EQUALS:
                return both(wiring.gate(AND_NOT, (at(test.value, 0), at(test.value, 1))))
            if test.relation in {Relation.AT_LEAST, Relation.MORE_THAN}:
                return both(at(test.value, int(test.relation is Relation.MORE_THAN)))
            return both(at(test.value, int(test.relation is Relation.AT_MOST)))[::-1]

        return planes

    def fits(self, test: FactTest) -> bool:
        return isinstance(test, Known) or (
            isinstance(test, Comparison) and all(cut in self._index for cut in _cuts(test))
        )


def _cuts(test: Comparison) -> tuple[tuple[float, int], ...]:
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
        return tuple(_meets(test, word) for test in self._tests)

    def code(self, value: FactValue | None) -> int:
        if value is None:
            return 0
        found = self._class_of.get(value)
        if found is None:
            found = self._class_of[value] = self._classes[self._met(value)]
        return found

    def codes(self, column: Column) -> Codes:
        assert column.values is not None
        words: Sequence[FactValue] = (False, True) if column.fact.type is FactType.BOOLEAN else column.words
        table = np.array([self.code(word) for word in words], np.uint8 if self.bits <= 8 else np.uint16)
        codes: Codes = table[column.values]
        codes[~column.known] = 0
        return codes

    def wires(self, wiring: Wiring, bits: Sequence[int], known: int) -> Callable[[FactTest], tuple[int, int]]:
        classes = wiring.classes(bits, len(self._classes) - 1)

        def planes(test: FactTest) -> tuple[int, int]:
            place = next(i for i, own in enumerate(self._tests) if test_key(own) == test_key(test))
            meeting = [classes[code] for met, code in self._classes.items() if met[place]]
            yes = wiring.gate(OR, meeting)
            return yes, wiring.gate(AND_NOT, (known, yes))

        return planes

    def fits(self, test: FactTest) -> bool:
        return isinstance(test, Known) or test_key(test) in {test_key(own) for own in self._tests}


def _meets(test: FactTest, word: FactValue) -> bool:
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
        codes = np.zeros(len(column.known), np.uint64)
        for choice, place in self._bits.items():
            codes |= column.holds(choice).astype(np.uint64) << np.uint64(place)
        return codes

    def wires(self, wiring: Wiring, bits: Sequence[int], known: int) -> Callable[[FactTest], tuple[int, int]]:
        def planes(test: FactTest) -> tuple[int, int]:
            assert isinstance(test, HasAny)
            yes = wiring.gate(OR, [bits[self._bits[choice]] for choice in test.values])
            return yes, wiring.gate(AND_NOT, (known, yes))

        return planes

    def fits(self, test: FactTest) -> bool:
        return isinstance(test, Known) or (isinstance(test, HasAny) and test.values <= set(self._bits))


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
        value = test.value
        # 2000 and 2000.0 are one threshold; True is not 1.
        said = (
            as_number(value)
            if isinstance(value, int | Decimal | date) and not isinstance(value, bool)
            else value
        )
        return ("compare", test.fact.name, test.relation, said)
    if isinstance(test, OneOf):
        return ("one_of", test.fact.name, test.values)
    if isinstance(test, Under):
        return ("under", test.fact.name, test.codes)
    if isinstance(test, HasAny):
        return ("has_any", test.fact.name, test.values)
    return ("known", test.fact.name)
