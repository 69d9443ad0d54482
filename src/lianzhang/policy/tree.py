"""The closed tree in which every rule is written: its forms, and nothing else.

No form runs code of its own. Whoever reads the tree – the judge, the sentences, the batch, the databases –
handles each form here and no other; anything richer is a fact computed beforehand and stored with its evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from lianzhang.kernel.fact import NOWHERE, Fact, FactValue, unsure
from lianzhang.kernel.lined_yaml import Place
from lianzhang.kernel.text import Text


class Confidence(StrEnum):
    """How far the wording of a condition may be trusted."""

    OFFICIAL = "A"  # official text, or a government page, was read
    AGREED = "B"  # two or more unofficial pages agree
    SINGLE = "C"  # one unofficial page
    MEMORY = "M"  # nobody has read it: shown, never decides

    @property
    def label(self) -> Text:
        """The letter in words."""
        return _CONFIDENCE[self]


_CONFIDENCE = {
    Confidence.OFFICIAL: Text("读过官方文本", "official text read"),
    Confidence.AGREED: Text("多个非官方来源一致", "unofficial sources agree"),
    Confidence.SINGLE: Text("仅一个非官方来源", "one unofficial source"),
    Confidence.MEMORY: Text("凭记忆，未核实", "from memory, not confirmed"),
}


class Relation(StrEnum):
    """How a value is compared.

    以上、以下、不低于、不超过 include the number; 超过、不满、低于 do not (民法典第1259条).
    """

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    EQUALS = "equals"


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What a condition rests on: clause, confidence, a note for the reader, and its line in the pack."""

    clause: str = ""
    confidence: Confidence = Confidence.MEMORY
    note: Text | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """A fact against a value. `value` None: a floor is known to exist and its number was not read.

    With `parameter` the value is the parameter's on the day of judgement; `Rule.on` puts it in.
    """

    fact: Fact
    relation: Relation
    value: FactValue | None
    ground: Ground
    parameter: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class OneOf:
    """The fact is one of these values."""

    fact: Fact
    values: frozenset[FactValue]
    ground: Ground


@dataclass(frozen=True, slots=True, eq=False)
class Under:
    """A hierarchical code lies under one of these: 3451 under 34, 371502 under 3715."""

    fact: Fact
    codes: tuple[str, ...]
    ground: Ground


@dataclass(frozen=True, slots=True, eq=False)
class Between:
    """Low end included; high end included unless `open_end`. Numbers of one unit, or dates."""

    fact: Fact
    low: Decimal | int | date
    high: Decimal | int | date
    open_end: bool
    ground: Ground


@dataclass(frozen=True, slots=True, eq=False)
class HasAny:
    """A fact of several choices holds at least one of these; not known where only one that nobody knows of is."""

    fact: Fact
    values: frozenset[str]
    ground: Ground
    #: The same choices with the mark that nobody knows of them.
    open_values: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "open_values", frozenset(map(unsure, self.values)))


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Whether the value is there at all; the only form that is never unknown."""

    fact: Fact
    ground: Ground


@dataclass(frozen=True, slots=True, eq=False)
class WithinMonths:
    """The date lies at most so many months before the day of judgement, which `Rule.on` puts in as `until`."""

    fact: Fact
    months: int
    ground: Ground
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """From this value of the leading fact on, this threshold holds (None: the rule has no band there)."""

    start: Decimal | None
    threshold: Decimal | None
    #: 不含: the step begins just above `start`.
    above: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Stepped:
    """A threshold that depends on another fact: R&D share by sales, growth by revenue.

    `steps` ascend; the first may start at None, which is “from below”.
    """

    fact: Fact
    relation: Relation
    leading: Fact
    steps: tuple[Step, ...]
    ground: Ground


@dataclass(frozen=True, slots=True, eq=False)
class Undetermined:
    """What no fact can settle: text that was cut off, or a decision of experts."""

    why: Text
    ground: Ground


@dataclass(frozen=True, slots=True, eq=False)
class OutOfForce:
    """Put in by `Rule.on` when the rule does not hold on the day."""

    day: date
    start: date | None
    end: date | None
    ground: Ground


@dataclass(frozen=True, slots=True, eq=False)
class ScoreFloor:
    """The score of a sheet, or of one group of it, against a floor. `stated`: an official score, if there is one."""

    sheet: Sheet
    group: str
    relation: Relation
    value: Decimal
    ground: Ground
    stated: Fact | None = None


@dataclass(frozen=True, slots=True, eq=False)
class All:
    """Every part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Any:
    """At least one part holds."""

    parts: tuple[Node, ...]
    label: Text | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Not:
    """The part does not hold."""

    part: Node


FactCondition = Comparison | OneOf | Under | Between | HasAny | Known | WithinMonths | Stepped
Condition = FactCondition | ScoreFloor | Undetermined | OutOfForce
Node = Condition | All | Any | Not


@dataclass(frozen=True, slots=True, eq=False)
class Award:
    """Points when a condition is the first to hold; `when` None is “otherwise”.

    `low` and `high` differ where experts give points in a range or the page read was cut off.
    """

    when: Node | None
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, eq=False)
class FirstMatch:
    """The first condition that holds gives the points; bands are the same with one fact."""

    awards: tuple[Award, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One line of a score sheet: the best of its ways to earn points, at most `most`."""

    id: str
    group: str
    label: Text
    most: Decimal
    ways: tuple[FirstMatch, ...]
    ground: Ground


#: The name by which a floor asks for the whole score and not for a group.
TOTAL = "total"


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A score sheet: items in groups, each group with a ceiling."""

    total: Decimal
    items: tuple[Item, ...]
    groups: dict[str, Decimal] = field(default_factory=dict)
    labels: dict[str, Text] = field(default_factory=dict)


def parts_of(node: Node) -> tuple[Node, ...]:
    """The parts of a group; empty for a condition."""
    if isinstance(node, All | Any):
        return node.parts
    return (node.part,) if isinstance(node, Not) else ()


def conditions(node: Node) -> Iterator[Condition]:
    """Every condition of a tree in reading order, those inside score sheets left out."""
    if isinstance(node, All | Any | Not):
        for part in parts_of(node):
            yield from conditions(part)
    else:
        yield node


def facts_of(node: Node) -> frozenset[str]:
    """The names of all facts a tree reads, score sheets included."""
    names: set[str] = set()
    for condition in conditions(node):
        if isinstance(condition, ScoreFloor):
            names |= sheet_facts(condition.sheet, condition.group)
            if condition.stated is not None:
                names.add(condition.stated.name)
        elif isinstance(condition, FactCondition):
            names.add(condition.fact.name)
            if isinstance(condition, Stepped):
                names.add(condition.leading.name)
    return frozenset(names)


def sheet_facts(sheet: Sheet, group: str = TOTAL) -> frozenset[str]:
    """The names of the facts that earn points in a group, or in the whole sheet."""
    return frozenset(
        name
        for item in sheet.items
        if group in {TOTAL, item.group}
        for way in item.ways
        for award in way.awards
        if award.when is not None
        for name in facts_of(award.when)
    )
