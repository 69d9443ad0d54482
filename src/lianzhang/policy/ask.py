"""The next question worth asking: which unknown fact would settle most of what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any as Anything

from lianzhang.kernel.fact import Fact, FactType, FactValue, choices_known, choices_unsure
from lianzhang.kernel.fact_dictionary import FactDictionary
from lianzhang.policy.evaluate import evaluate
from lianzhang.policy.judge import UNKNOWN, Facts, judge, value_of
from lianzhang.policy.rule import Rule
from lianzhang.policy.tree import (
    Between,
    Comparison,
    HasAny,
    Node,
    OneOf,
    ScoreFloor,
    Stepped,
    Under,
    conditions,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A fact to ask for. `settles` is how many open rules its answer settles, on average over the answers
    that make a difference; `opens` are the rules that wait for it, alone or with others."""

    fact: Fact
    settles: float
    opens: tuple[str, ...]


def ask(rules: Iterable[Rule], facts: Facts, dictionary: FactDictionary, *, on: date) -> tuple[Question, ...]:
    """The unknown facts by how much their answer would settle, most first.

    Every open rule is judged again under each answer that can make a difference: the values just at and just
    below the thresholds in use, each choice named, yes and no. Ties go to the fact more rules wait for, then
    to the one that is easier to state.
    """
    waiting: dict[str, list[Rule]] = {}
    for rule in rules:
        for name in evaluate(rule, facts, on=on).missing:
            waiting.setdefault(name, []).append(rule)
    questions = [
        Question(dictionary[name], _settles(dictionary[name], held, facts, on), tuple(r.id for r in held))
        for name, held in waiting.items()
        if name in dictionary
    ]
    return tuple(sorted(questions, key=lambda q: (-q.settles, -len(q.opens), q.fact.effort, q.fact.name)))


def _settles(fact: Fact, rules: list[Rule], facts: Facts, on: date) -> float:
    trees = [rule.on(on) for rule in rules]
    answers = sorted(set(_answers(fact, trees, value_of(facts, fact.name))), key=str)
    if not answers:
        return 0.0
    settled = sum(
        judge(tree, _With(facts, fact.name, answer)) is not UNKNOWN for answer in answers for tree in trees
    )
    return settled / len(answers)


class _With(Mapping[str, Anything]):
    """The facts with one more answer, without copying them."""

    def __init__(self, facts: Facts, name: str, value: FactValue) -> None:
        self._facts, self._name, self._value = facts, name, value

    def __getitem__(self, name: str) -> Anything:
        return self._value if name == self._name else self._facts[name]

    def get(self, name: str, default: Anything = None) -> Anything:
        return self._value if name == self._name else self._facts.get(name, default)

    def __iter__(self) -> Iterator[str]:
        return iter({*self._facts, self._name})

    def __len__(self) -> int:
        return len({*self._facts, self._name})


def _answers(fact: Fact, trees: list[Node], known: FactValue | None) -> Iterator[FactValue]:
    if fact.type is FactType.BOOLEAN:
        yield from (True, False)
    elif fact.type is FactType.CHOICE:
        yield from fact.choices
    elif fact.type is FactType.CHOICES:
        # Of a set that is known in part only the rest is asked for.
        held = choices_known(known) if isinstance(known, frozenset) else frozenset()
        open_ = choices_unsure(known) if isinstance(known, frozenset) else fact.choices
        yield held
        yield from (held | {choice} for choice in open_)
    else:
        for tree in trees:
            for bound in _bounds(fact, tree):
                yield from _around(bound)


def _bounds(fact: Fact, tree: Node) -> Iterator[Anything]:
    for condition in conditions(tree):
        if isinstance(condition, ScoreFloor):
            for item in condition.sheet.items:
                for award in (award for way in item.ways for award in way.awards):
                    if award.when is not None:
                        yield from _bounds(fact, award.when)
        elif isinstance(condition, Stepped):
            if condition.fact is fact:
                yield from (step.threshold for step in condition.steps if step.threshold is not None)
            if condition.leading is fact:
                yield from (step.start for step in condition.steps if step.start is not None)
        elif isinstance(condition, Comparison) and condition.fact is fact and condition.value is not None:
            yield condition.value
        elif isinstance(condition, Between) and condition.fact is fact:
            yield from (condition.low, condition.high)
        elif isinstance(condition, OneOf | HasAny) and condition.fact is fact:
            yield from condition.values
        elif isinstance(condition, Under) and condition.fact is fact:
            yield from condition.codes


def _around(bound: Anything) -> Iterator[FactValue]:
    """The bound itself and a value on either side of it."""
    yield bound
    if isinstance(bound, Decimal | int):
        yield from (bound - 1, bound + 1)
    elif isinstance(bound, date):
        yield from (date.fromordinal(bound.toordinal() - 1), date.fromordinal(bound.toordinal() + 1))
    else:
        yield "其他"
