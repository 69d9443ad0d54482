"""The same made rules for every side of benchmarks/matching.py, each in its own best shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import polars as pl
from matching_generator import REGIONS, STATUSES, TITLES

from lianzhang.kernel import Fact, FactPeriod, FactType, Origin, Sensitivity
from lianzhang.kernel.text import Text
from lianzhang.policy import Confidence, Document, Rule, RuleKind
from lianzhang.policy.tree import All, Comparison, Ground, HasAny, Node, Not, OneOf, Relation, Under
from lianzhang.policy.tree import Any as AnyOf

NUMBERS = [
    "capital",
    "revenue",
    "rd",
    "rd_ratio",
    "export",
    "employees",
    "patents",
    "age_years",
    "clean_years",
]
_SAID = Text("样例", "sample")
_SURE = Ground(clause="1", confidence=Confidence.OFFICIAL)


def _fact(name: str, kind: FactType, choices: list[str] | None = None) -> Fact:
    words = {word: Text(word, word) for word in choices or []}
    return Fact(
        name, _SAID, kind, "", FactPeriod.NONE, (Origin.OFFICER,), Sensitivity.PUBLIC, _SAID, "made", words
    )


FACTS = {
    "region": _fact("region", FactType.CHOICE, list(REGIONS)),
    "industry": _fact("industry", FactType.TEXT),
    "status": _fact("status", FactType.CHOICE, list(STATUSES)),
    "abnormal": _fact("abnormal", FactType.BOOLEAN),
    "titles": _fact("titles", FactType.CHOICES, TITLES),
    **{name: _fact(name, FactType.NUMBER) for name in NUMBERS},
}


# -- ours -------------------------------------------------------------------------------------------------


def our_rules(made: list[dict[str, Any]]) -> list[Rule]:
    """The made rules as rules of the product."""
    return [
        Rule(
            id=one["id"],
            kind=RuleKind.POLICY,
            title=_SAID,
            document=Document(_SAID),
            requires=_tree(one["when"]),
        )
        for one in made
    ]


def _tree(node: dict[str, Any]) -> Node:
    if "all" in node:
        return All(tuple(_tree(part) for part in node["all"]))
    if "any" in node:
        return AnyOf(tuple(_tree(part) for part in node["any"]))
    if "not" in node:
        return Not(_tree(node["not"]))
    fact, op, value = FACTS[node["f"]], node["op"], node["v"]
    if op == "one_of":
        return OneOf(fact, frozenset(value), _SURE)
    if op == "under":
        return Under(fact, tuple(value), _SURE)
    if op == "has_any":
        return HasAny(fact, frozenset(value), _SURE)
    said = Decimal(repr(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value
    return Comparison(fact, Relation(op), said, _SURE)


def our_frame(registry: pl.DataFrame) -> pl.DataFrame:
    """The registry as the product takes it: titles as a list."""
    bits = [
        pl.when(pl.col("titles") & (1 << bit) != 0).then(pl.lit(title)) for bit, title in enumerate(TITLES)
    ]
    return registry.with_columns(titles=pl.concat_list(bits).list.drop_nulls())


# -- Polars -----------------------------------------------------------------------------------------------


def integer_frame(registry: pl.DataFrame) -> pl.DataFrame:
    """The registry with integer codes in place of texts: what a careful engineer hands to Polars."""
    return registry.with_columns(
        pl.col("region").cast(pl.Int32),
        pl.col("industry").cast(pl.Int16),
        pl.col("status") == "active",
    )


def polars_rule(node: dict[str, Any], atom: Callable[[dict[str, Any]], pl.Expr]) -> pl.Expr:
    """One made rule as an expression."""
    if "all" in node:
        return pl.all_horizontal([polars_rule(part, atom) for part in node["all"]])
    if "any" in node:
        return pl.any_horizontal([polars_rule(part, atom) for part in node["any"]])
    return ~polars_rule(node["not"], atom) if "not" in node else atom(node)


def text_atom(node: dict[str, Any]) -> pl.Expr:
    """A condition on the registry's text columns."""
    column, op, value = pl.col(node["f"]), node["op"], node["v"]
    if op == "under":
        return pl.any_horizontal([column.str.starts_with(prefix) for prefix in value])
    return column == "active" if node["f"] == "status" else _atom(column, op, value)


def integer_atom(node: dict[str, Any]) -> pl.Expr:
    """A condition on integer columns; a prefix is a range of codes."""
    column, op, value = pl.col(node["f"]), node["op"], node["v"]
    if op == "under":
        ranges = [(int(prefix.ljust(4, "0")), int(prefix.ljust(4, "9"))) for prefix in value]
        return pl.any_horizontal([column.is_between(low, high) for low, high in ranges])
    if node["f"] == "region":
        return column.is_in([int(code) for code in value])
    return column if node["f"] == "status" else _atom(column, op, value)


def _atom(column: pl.Expr, op: str, value: Any) -> pl.Expr:
    if op == "has_any":
        return column & (1 << TITLES.index(value[0])) != 0
    if op == "one_of":
        return column.is_in(value)
    if op == "equals":
        return column == value
    return column >= value if op == "at_least" else column <= value


def atoms_of(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every condition of a made rule."""
    if "not" in node:
        yield from atoms_of(node["not"])
    elif "f" in node:
        yield node
    else:
        for part in node.get("all", node.get("any")):
            yield from atoms_of(part)


class PolarsShared:
    """Polars at its best: integer columns, every distinct condition once, then rules over the conditions."""

    def __init__(self, registry: pl.DataFrame, made: list[dict[str, Any]]) -> None:
        self.frame = integer_frame(registry)
        distinct = {repr(atom): atom for rule in made for atom in atoms_of(rule["when"])}
        self.names = {key: f"c{place}" for place, key in enumerate(distinct)}
        self.conditions = [integer_atom(atom).alias(self.names[key]) for key, atom in distinct.items()]
        named = lambda atom: pl.col(self.names[repr(atom)])  # noqa: E731
        self.rules = [polars_rule(rule["when"], named).alias(rule["id"]) for rule in made]

    def run(self) -> pl.DataFrame:
        return self.frame.select(self.conditions).select(self.rules)


def polars_chunks(frame: pl.DataFrame, expressions: list[pl.Expr]) -> pl.DataFrame:
    """A hundred rules a select, side by side."""
    parts = [frame.select(expressions[at : at + 100]) for at in range(0, len(expressions), 100)]
    return pl.concat(parts, how="horizontal")


def counts(frame: pl.DataFrame) -> dict[str, tuple[int, int]]:
    """Yes and not known by rule."""
    yes, unknown = frame.select(pl.all().sum()).row(0), frame.null_count().row(0)
    return dict(zip(frame.columns, zip(yes, unknown, strict=True), strict=True))


# -- DuckDB -----------------------------------------------------------------------------------------------


def sql(node: dict[str, Any]) -> str:
    """A made rule over the integer columns, as SQL."""
    if "all" in node or "any" in node:
        joint = " AND " if "all" in node else " OR "
        return "(" + joint.join(sql(part) for part in node.get("all", node.get("any"))) + ")"
    if "not" in node:
        return f"(NOT {sql(node['not'])})"
    name, op, value = node["f"], node["op"], node["v"]
    if name == "status":
        return "status"
    if op == "has_any":
        return f"((titles & {1 << TITLES.index(value[0])}) <> 0)"
    if op == "one_of":
        return f"(region IN ({', '.join(value)}))"
    if op == "under":
        ranges = [f"industry BETWEEN {prefix.ljust(4, '0')} AND {prefix.ljust(4, '9')}" for prefix in value]
        return "(" + " OR ".join(ranges) + ")"
    if op == "equals":
        return f"({name} = {value})"
    return f"({name} {'>=' if op == 'at_least' else '<='} {value})"


# -- zen --------------------------------------------------------------------------------------------------


def zen_expression(node: dict[str, Any]) -> str:
    """A made rule in the zen expression language: true where it surely holds, null guarded by hand."""
    if "all" in node or "any" in node:
        joint = " and " if "all" in node else " or "
        return "(" + joint.join(zen_expression(part) for part in node.get("all", node.get("any"))) + ")"
    if "not" in node:
        inner = node["not"]
        return f"({inner['f']} != null and not {zen_expression(inner)})"
    name, op, value = node["f"], node["op"], node["v"]
    if op == "has_any":
        return f'("{value[0]}" in titles)'
    if op == "one_of":
        return f"({name} in [{', '.join(repr(item).replace(chr(39), chr(34)) for item in value)}])"
    if op == "under":
        return "(" + " or ".join(f'startsWith({name}, "{prefix}")' for prefix in value) + ")"
    if op == "equals":
        return f"({name} == {str(value).lower() if isinstance(value, bool) else chr(34) + value + chr(34)})"
    return f"({name} != null and {name} {'>=' if op == 'at_least' else '<='} {value})"


def walk(node: dict[str, Any], row: dict[str, Any]) -> bool | None:
    """The tree walker every side is checked against: thirty lines, three values, nothing clever."""
    if "all" in node or "any" in node:
        verdicts = [walk(part, row) for part in node.get("all", node.get("any"))]
        settling = "any" in node
        if settling in verdicts:
            return settling
        return None if None in verdicts else not settling
    if "not" in node:
        verdict = walk(node["not"], row)
        return None if verdict is None else not verdict
    value, op, wanted = row[node["f"]], node["op"], node["v"]
    if value is None:
        return None
    if op == "has_any":
        return bool(value & (1 << TITLES.index(wanted[0])))
    if op == "one_of":
        return value in wanted
    if op == "under":
        return any(value.startswith(prefix) for prefix in wanted)
    if op == "equals":
        return bool(value == wanted)
    return bool(value >= wanted if op == "at_least" else value <= wanted)
