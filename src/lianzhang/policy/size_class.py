"""大、中、小、微: the size class of an enterprise, as one class or as the set that is still possible.

Each class needs every one of its lower bounds; lower bounds are included, upper ones are not. A missing figure
leaves open only what the known ones allow: revenue of 1,500 with staff unknown is small or micro (300号 第四条).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any as Anything

from lianzhang.kernel.fact import Fact
from lianzhang.kernel.fact_dictionary import FactDictionary, both_languages, fact_dictionary
from lianzhang.kernel.lined_yaml import LinedMapping, read_lined_yaml
from lianzhang.kernel.pack import Pack
from lianzhang.kernel.text import Text
from lianzhang.policy.judge import Facts, value_of
from lianzhang.policy.load import document_of, force_of
from lianzhang.policy.rule import Document, Force, RuleError
from lianzhang.policy.tree import Confidence

#: From the largest down; a class is its place here.
CLASSES = ("large", "medium", "small", "micro")
_MICRO = len(CLASSES) - 1


@dataclass(frozen=True, slots=True)
class Indicator:
    """The lower bounds of one figure in one industry: large, medium, small."""

    fact: Fact
    bounds: tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Industry:
    """One industry of a standard. `lower_sure` is False where the bounds below large rest on memory."""

    id: str
    label: Text
    clause: str
    indicators: tuple[Indicator, ...]
    lower_sure: bool = True


@dataclass(frozen=True, slots=True)
class SizeStandard:
    """A standard of size classes with the day from which it holds."""

    id: str
    title: Text
    document: Document
    force: Force
    confidence: Confidence
    industries: Mapping[str, Industry]
    short: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What one figure says: the best class it allows, and what it lacks to the class above (None at the top)."""

    fact: Fact
    value: Decimal | None
    allows: str | None
    next_bound: Decimal | None
    gap: Decimal | None


@dataclass(frozen=True, slots=True)
class SizeFinding:
    """The classes still possible, largest first; settled when it is one. `missing` would settle it.

    `proven` leaves out the bounds that rest on memory; it is wider than `classes` where they decide.
    """

    standard: SizeStandard
    industry: Industry | None
    classes: tuple[str, ...]
    steps: tuple[Step, ...]
    missing: tuple[str, ...]
    proven: tuple[str, ...] = CLASSES
    warnings: tuple[Text, ...] = ()

    @property
    def settled(self) -> str | None:
        """The class, where only one is possible by bounds that were read."""
        return self.proven[0] if len(self.proven) == 1 else None


def size_class(standard: SizeStandard, facts: Facts) -> SizeFinding:
    """The size class by one standard, from `size_industry` and the figures of that industry."""
    name = value_of(facts, "size_industry")
    industry = standard.industries.get(str(name)) if name is not None else None
    if industry is None:
        return SizeFinding(standard, None, CLASSES, (), ("size_industry",))
    steps = tuple(_step(indicator, facts) for indicator in industry.indicators)
    best = max((CLASSES.index(step.allows) for step in steps if step.allows is not None), default=0)
    missing = tuple(step.fact.name for step in steps if step.value is None)
    if best == _MICRO:
        missing = ()
    possible = CLASSES[best:] if missing else CLASSES[best : best + 1]
    if industry.lower_sure or best == 0:
        return SizeFinding(standard, industry, possible, steps, missing, possible)
    proven = CLASSES[1:]
    warning = Text(
        f"注意：“{industry.label.zh}”中型以下的界限凭记忆、未核实，核对原文前不得据以划型；不计这些，只能确定不是大型。",
        f"Caution: the bounds of {industry.label.en} below large are from memory, not confirmed; do not act on them "
        "before the text is read. Without them it is surely not large, no more.",
    )
    return SizeFinding(standard, industry, possible, steps, missing, proven, (warning,))


def _step(indicator: Indicator, facts: Facts) -> Step:
    raw: Anything = value_of(facts, indicator.fact.name)
    if raw is None:
        return Step(indicator.fact, None, None, None, None)
    value = Decimal(raw)
    place = next((at for at, bound in enumerate(indicator.bounds) if value >= bound), _MICRO)
    above = indicator.bounds[place - 1] if place > 0 else None
    return Step(indicator.fact, value, CLASSES[place], above, None if above is None else above - value)


@lru_cache(maxsize=8)
def size_standards(pack: Pack) -> tuple[SizeStandard, ...]:
    """The standards of a pack, newest last; raises `PackError` with file, line and remedy."""
    facts = fact_dictionary(pack)
    return tuple(_standard(pack, path, facts) for path in pack.files("sizes"))


def size_standard(pack: Pack, standard_id: str) -> SizeStandard:
    """The standard of this id or short name; raises `RuleError` when there is none."""
    for standard in size_standards(pack):
        if standard_id in (standard.id, standard.short):
            return standard
    known = [standard.id for standard in size_standards(pack)]
    raise RuleError(
        Text(f"没有划型标准“{standard_id}”。", f"There is no size standard “{standard_id}”."),
        Text(f"可用：{'、'.join(known)}。", f"There are: {', '.join(known)}."),
    )


def standard_on(pack: Pack, day: date) -> SizeStandard:
    """The newest standard in force on a day; raises `RuleError` when none is."""
    held = [standard for standard in size_standards(pack) if standard.force.covers(day)]
    if not held:
        raise RuleError(Text(f"{day}没有施行的划型标准。", f"No size standard is in force on {day}."))
    return held[-1]


def _standard(pack: Pack, path: str, facts: FactDictionary) -> SizeStandard:
    row = read_lined_yaml(pack.read_text(path), file=f"{pack.id}/{path}")
    row.only(("id", "title", "document", "in_force", "confidence", "industries", "short"))
    industries = [_industry(item, facts) for item in row.need("industries")]
    return SizeStandard(
        id=str(row.need("id")),
        title=both_languages(row, "title"),
        document=document_of(row.need("document")),
        force=force_of(row.get("in_force")),
        confidence=Confidence(row.need("confidence")),
        industries={industry.id: industry for industry in industries},
        short=str(row.get("short", "")),
    )


def _industry(row: LinedMapping, facts: FactDictionary) -> Industry:
    row.only(("id", "label", "clause", "bounds", "lower_confidence"))
    indicators = []
    for name, bounds in row.need("bounds").items():
        if name not in facts:
            raise row.at("bounds").refuse(
                Text(f"没有事实“{name}”。", f"There is no fact {name}."),
                Text("请用事实表里的英文名。", "Use a name of the facts."),
            )
        numbers = [Decimal(repr(bound)) for bound in bounds]
        if len(numbers) != 3 or numbers != sorted(numbers, reverse=True):
            raise row.at("bounds").refuse(
                Text(
                    "界限写成 [大型, 中型, 小型]，从大到小。", "Bounds are [large, medium, small], falling."
                ),
                Text("例如 [40000, 2000, 300]。", "For example [40000, 2000, 300]."),
            )
        indicators.append(Indicator(facts[name], (numbers[0], numbers[1], numbers[2])))
    return Industry(
        id=str(row.need("id")),
        label=both_languages(row, "label"),
        clause=str(row.need("clause")),
        indicators=tuple(indicators),
        lower_sure=row.get("lower_confidence") != Confidence.MEMORY,
    )
