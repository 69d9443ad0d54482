"""Random rules and random enterprises, nulls included, from a seed: the same for every engine."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import polars as pl

from lianzhang.kernel import Fact, FactType, fact_dictionary
from lianzhang.kernel.fact import unsure
from lianzhang.kernel.pack import open_pack
from lianzhang.kernel.text import Text
from lianzhang.policy import Confidence, Document, Force, Rule, RuleKind
from lianzhang.policy.tree import (
    All,
    Award,
    Between,
    Comparison,
    FirstMatch,
    Ground,
    HasAny,
    Item,
    Known,
    Node,
    Not,
    OneOf,
    Relation,
    ScoreFloor,
    Sheet,
    Step,
    Stepped,
    Under,
    Undetermined,
    WithinMonths,
)
from lianzhang.policy.tree import Any as AnyOf

DAY = date(2026, 5, 31)
FACTS = fact_dictionary(open_pack("liaocheng"))
NUMBERS = ["revenue_ly", "rd_intensity_ly", "niche_years"]
WHOLE = ["employees", "ip_class1"]
FLAGS = ["has_own_brand", "exports"]
USED = [
    *NUMBERS,
    *WHOLE,
    *FLAGS,
    "size_class",
    "industry_code",
    "county",
    "holds",
    "established_on",
    "score_total",
]
CODES = ["3451", "3412", "3512", "1399", "34", "3"]
TITLES = ["srdi_sme", "little_giant", "sd_gazelle"]
SIZES = ["large", "medium", "small", "micro"]
COUNTIES = ["371502", "371521", "371581"]
_GRAINS = [Decimal("0"), Decimal("2.5"), Decimal("3"), Decimal("3.01"), Decimal("5"), Decimal("10")]
_SAID = Text("样例", "sample")


def ground(chance: Random) -> Ground:
    """Mostly sure; now and then from memory."""
    return Ground(confidence=Confidence.MEMORY if chance.random() < 0.08 else Confidence.OFFICIAL)


def leaf(chance: Random) -> Node:
    """One condition of a random form."""
    form = chance.randrange(11)
    relation = chance.choice(list(Relation))
    if form == 0:
        value = chance.choice([*_GRAINS, None])
        return Comparison(FACTS[chance.choice(NUMBERS)], relation, value, ground(chance))
    if form == 1:
        return Comparison(FACTS[chance.choice(WHOLE)], relation, chance.randrange(4), ground(chance))
    if form == 2:
        return Comparison(FACTS[chance.choice(FLAGS)], Relation.EQUALS, chance.random() < 0.5, ground(chance))
    if form == 3:
        name, words = chance.choice(
            [("size_class", SIZES), ("county", COUNTIES), ("industry_code", CODES[:4])]
        )
        return OneOf(FACTS[name], frozenset(chance.sample(words, chance.randint(1, 3))), ground(chance))
    if form == 4:
        return Under(
            FACTS["industry_code"], tuple(chance.sample(CODES, chance.randint(1, 2))), ground(chance)
        )
    if form == 5:
        low, high = sorted(chance.sample(_GRAINS, 2))
        return Between(FACTS[chance.choice(NUMBERS)], low, high, chance.random() < 0.5, ground(chance))
    if form == 6:
        return HasAny(FACTS["holds"], frozenset(chance.sample(TITLES, chance.randint(1, 2))), ground(chance))
    if form == 7:
        return Known(FACTS[chance.choice(USED)], ground(chance))
    if form == 8:
        return WithinMonths(FACTS["established_on"], chance.choice([1, 6, 24]), ground(chance))
    if form == 9:
        return stepped(chance)
    return floor(chance) if chance.random() < 0.7 else Undetermined(_SAID, ground(chance))


def stepped(chance: Random) -> Stepped:
    """A threshold that depends on the revenue."""
    starts: list[Decimal | None] = sorted(chance.sample(_GRAINS, 3))
    if chance.random() < 0.5:
        starts[0] = None
    steps = tuple(
        Step(start, chance.choice(_GRAINS), start is not None and chance.random() < 0.5) for start in starts
    )
    relation = chance.choice([Relation.AT_LEAST, Relation.MORE_THAN, Relation.AT_MOST, Relation.LESS_THAN])
    return Stepped(FACTS["rd_intensity_ly"], relation, FACTS["revenue_ly"], steps, ground(chance))


def floor(chance: Random) -> ScoreFloor:
    """A small score sheet against a floor."""
    items = tuple(item(chance, place) for place in range(chance.randint(1, 3)))
    sheet = Sheet(Decimal(20), items, {"a": Decimal(10), "b": Decimal(12)})
    stated = FACTS["score_total"] if chance.random() < 0.5 else None
    group = chance.choice(["total", "a"])
    value = Decimal(chance.randrange(1, 12))
    return ScoreFloor(sheet, group, chance.choice(list(Relation)), value, ground(chance), stated)


def item(chance: Random, place: int) -> Item:
    """Bands or first matches, sometimes the better of two."""
    ways = []
    for _ in range(chance.randint(1, 2)):
        awards = [
            Award(simple(chance), Decimal(low), Decimal(low + chance.choice([0, 0, 2])))
            for low in sorted((chance.randrange(0, 7) for _ in range(chance.randint(1, 3))), reverse=True)
        ]
        if chance.random() < 0.6:
            awards.append(Award(None, Decimal(0), Decimal(chance.choice([0, 1]))))
        ways.append(FirstMatch(tuple(awards)))
    return Item(f"i{place}", chance.choice("ab"), _SAID, Decimal(8), tuple(ways), Ground())


def simple(chance: Random) -> Node:
    """A condition, or two of them; no score inside a score."""
    while True:
        found = leaf(chance)
        if not isinstance(found, ScoreFloor):
            return AnyOf((found, simple(chance))) if chance.random() < 0.2 else found


def tree(chance: Random, depth: int = 3) -> Node:
    """A random tree."""
    if depth == 0 or chance.random() < 0.3:
        return leaf(chance)
    if chance.random() < 0.2:
        return Not(tree(chance, depth - 1))
    group = All if chance.random() < 0.5 else AnyOf
    return group(tuple(tree(chance, depth - 1) for _ in range(chance.randint(1, 3))))


def rules(count: int, *, seed: int) -> list[Rule]:
    """Rules with random trees; one in twenty is out of force on the day."""
    chance = Random(seed)
    return [
        Rule(
            id=f"r{place:03d}",
            kind=RuleKind.POLICY,
            title=_SAID,
            document=Document(_SAID),
            requires=tree(chance),
            force=Force(end=DAY - timedelta(days=1)) if chance.random() < 0.05 else Force(),
        )
        for place in range(count)
    ]


def enterprises(count: int, *, seed: int) -> list[dict[str, Any]]:
    """Rows of typed values; a third of every fact is missing, and one row knows nothing at all."""
    chance = Random(seed)
    rows: list[dict[str, Any]] = [dict.fromkeys(USED)]
    while len(rows) < count:
        rows.append({name: None if chance.random() < 0.33 else value(FACTS[name], chance) for name in USED})
    return rows


def value(fact: Fact, chance: Random) -> Any:
    """A value near the thresholds in use."""
    if fact.type is FactType.NUMBER:
        return chance.choice(_GRAINS) + chance.choice([Decimal("-0.01"), Decimal(0), Decimal("0.01")])
    if fact.type is FactType.INTEGER:
        return chance.randrange(5)
    if fact.type is FactType.BOOLEAN:
        return chance.random() < 0.5
    if fact.type is FactType.DATE:
        return chance.choice(
            [DAY, date(2026, 4, 30), date(2025, 11, 30), date(2024, 5, 31), date(2024, 5, 30)]
        )
    if fact.type is FactType.CHOICES:
        held = frozenset(chance.sample(TITLES, chance.randint(0, 2)))
        return held | {unsure(title) for title in TITLES if title not in held and chance.random() < 0.3}
    return chance.choice({"size_class": SIZES, "industry_code": CODES[:4]}.get(fact.name, COUNTIES))


_TYPES = {
    FactType.NUMBER: pl.Float64,
    FactType.INTEGER: pl.Int64,
    FactType.BOOLEAN: pl.Boolean,
    FactType.DATE: pl.Date,
    FactType.CHOICES: pl.List(pl.String),
}


def frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """The rows as a registry table, with an id."""
    columns = {
        name: pl.Series(
            name,
            [plain(row[name]) for row in rows],
            dtype=_TYPES.get(FACTS[name].type, pl.String),  # type: ignore[arg-type]
        )
        for name in USED
    }
    return pl.DataFrame({"id": [f"e{place:04d}" for place in range(len(rows))], **columns})


def plain(item: Any) -> Any:
    """A value as a table holds it."""
    if isinstance(item, Decimal):
        return float(item)
    return sorted(item) if isinstance(item, frozenset) else item
