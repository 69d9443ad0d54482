"""What a map shows when firms stand on it: gaps, weak and strong nodes, single points, local supply.

Nothing is concluded from silence: before a registry has been placed on the map, a node without firms is
`unknown`, not a gap; and every mark says by which rule it was given and what was seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from lianzhang.chain.model import ChainMap, Node
from lianzhang.kernel.text import Text


class Mark(StrEnum):
    """How a node stands in this city (断点、单点、薄弱、长板)."""

    unknown = "unknown"
    gap = "gap"
    single = "single"
    weak = "weak"
    present = "present"
    strong = "strong"

    @property
    def label(self) -> Text:
        """The mark in words."""
        return _LABELS[self]


_LABELS = {
    Mark.unknown: Text("不明", "unknown"),
    Mark.gap: Text("缺链", "gap"),
    Mark.single: Text("单点", "single point"),
    Mark.weak: Text("薄弱", "weak"),
    Mark.present: Text("有企业", "present"),
    Mark.strong: Text("长板", "strong"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """An enterprise on a node, as coverage needs it; `confirmed` when a person has said so."""

    id: str
    name: str
    county: str = ""
    leading: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Of what the city buys of a node, how much is bought here: a share known for one buyer.

    `amount`: what the share refers to, in 万元 a year; None when only the share is known.
    """

    node: str
    share: Decimal
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The numbers in the rules; a city may set its own."""

    weak_firms: int = 2
    strong_firms: int = 5
    weak_share: Decimal = Decimal("0.30")
    strong_share: Decimal = Decimal("0.60")


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeCoverage:
    """How one node stands, and why."""

    node: str
    mark: Mark
    rule: Text
    firms: tuple[Firm, ...] = ()
    counties: Mapping[str, int] = field(default_factory=dict)
    local_share: Decimal | None = None
    shares_known: int = 0

    @property
    def leading(self) -> tuple[Firm, ...]:
        """The leading firms on the node."""
        return tuple(firm for firm in self.firms if firm.leading)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How the whole map stands."""

    nodes: Mapping[str, NodeCoverage]
    placed_on: date | None
    thresholds: Thresholds

    def marked(self, *marks: Mark) -> tuple[NodeCoverage, ...]:
        """The nodes with one of these marks, in the order of the map."""
        return tuple(node for node in self.nodes.values() if node.mark in marks)

    @property
    def counts(self) -> Mapping[Mark, int]:
        """How many nodes have each mark; marks that no node has are there with 0."""
        found = Counter(node.mark for node in self.nodes.values())
        return {mark: found[mark] for mark in Mark}

    @property
    def counties(self) -> Mapping[str, int]:
        """For each county the number of nodes on which it has a firm."""
        return dict(Counter(county for node in self.nodes.values() for county in node.counties))


def coverage(
    chain_map: ChainMap,
    firms: Mapping[str, Sequence[Firm]],
    *,
    placed_on: date | None,
    supplies: Iterable[Supply] = (),
    thresholds: Thresholds | None = None,
) -> Coverage:
    """How each node of the map stands.

    `firms`: the enterprises on each node (absent = none). `placed_on`: the day on which a registry was
    placed on the map; None when none has been, and then no node is called a gap. `supplies`: known local
    shares; a node's share is their mean, weighted by amount when every amount is known.
    """
    limits = thresholds or Thresholds()
    shares: dict[str, list[Supply]] = {}
    for supply in supplies:
        shares.setdefault(supply.node, []).append(supply)
    found = {
        node.id: _node(
            node,
            _once(firms.get(node.id, ())),
            shares.get(node.id, []),
            feeds=bool(chain_map.buyers[node.id]),
            placed=placed_on is not None,
            limits=limits,
        )
        for node in chain_map.nodes
    }
    return Coverage(nodes=found, placed_on=placed_on, thresholds=limits)


def _once(firms: Iterable[Firm]) -> tuple[Firm, ...]:
    """Each enterprise once, leading ones first, then by name."""
    distinct = {firm.id: firm for firm in firms}
    return tuple(sorted(distinct.values(), key=lambda firm: (not firm.leading, firm.name, firm.id)))


def _node(
    node: Node,
    firms: tuple[Firm, ...],
    supplies: list[Supply],
    *,
    feeds: bool,
    placed: bool,
    limits: Thresholds,
) -> NodeCoverage:
    share = _mean_share(supplies)
    mark, rule = _mark(
        firms, share, can_place=bool(node.terms.any), feeds=feeds, placed=placed, limits=limits
    )
    return NodeCoverage(
        node=node.id,
        mark=mark,
        rule=rule,
        firms=firms,
        counties=dict(Counter(firm.county for firm in firms if firm.county)),
        local_share=share,
        shares_known=len(supplies),
    )


def _mean_share(supplies: list[Supply]) -> Decimal | None:
    if not supplies:
        return None
    if all(supply.amount is not None and supply.amount > 0 for supply in supplies):
        total = sum((supply.amount or Decimal(0) for supply in supplies), Decimal(0))
        return sum((supply.share * (supply.amount or Decimal(0)) for supply in supplies), Decimal(0)) / total
    return sum((supply.share for supply in supplies), Decimal(0)) / len(supplies)


def _mark(
    firms: tuple[Firm, ...],
    share: Decimal | None,
    *,
    can_place: bool,
    feeds: bool,
    placed: bool,
    limits: Thresholds,
) -> tuple[Mark, Text]:
    """The mark and the rule that gave it; rules are asked from the gravest on."""
    count, leading = len(firms), sum(firm.leading for firm in firms)
    if not firms:
        return _without_firms(can_place=can_place, placed=placed)
    if share is not None and share < limits.weak_share:
        return Mark.weak, Text(
            f"本地配套率{_percent(share)}，低于{_percent(limits.weak_share)}",
            f"local supply {_percent(share)}, below {_percent(limits.weak_share)}",
        )
    if not placed:
        return Mark.present, Text(
            f"公开材料提到{count}家；企业库尚未落位，多少不明",
            f"sources name {count}; no registry has been placed, so how many there are is unknown",
        )
    if count == 1 and feeds:
        return Mark.single, Text(
            "全市只有1家，且有下游环节用它的产品", "one firm in the city, and other nodes use its products"
        )
    if count >= limits.strong_firms and (leading or (share is not None and share >= limits.strong_share)):
        return Mark.strong, Text(
            f"有企业{count}家（不少于{limits.strong_firms}家），{_why_strong(leading, share)}",
            f"{count} firms (at least {limits.strong_firms}), {_why_strong_en(leading, share)}",
        )
    if count <= limits.weak_firms and not leading:
        return Mark.weak, Text(
            f"只有{count}家（不多于{limits.weak_firms}家），且没有龙头企业",
            f"only {count} (at most {limits.weak_firms}) and no leading firm",
        )
    return Mark.present, Text(f"有企业{count}家", f"{count} firms")


def _without_firms(*, can_place: bool, placed: bool) -> tuple[Mark, Text]:
    if not placed:
        return Mark.unknown, Text(
            "企业库尚未落位，有没有企业不明", "no registry has been placed on the map yet; not known"
        )
    if not can_place:
        return Mark.unknown, Text(
            "这个环节没有落位用语，有没有企业不明", "this node has no terms to place by; not known"
        )
    return Mark.gap, Text("全市企业库中没有企业落在这个环节", "no firm of the city's registry stands here")


def _why_strong(leading: int, share: Decimal | None) -> str:
    return f"有龙头企业{leading}家" if leading else f"本地配套率{_percent(share)}"


def _why_strong_en(leading: int, share: Decimal | None) -> str:
    return f"{leading} of them leading" if leading else f"local supply {_percent(share)}"


def _percent(share: Decimal | None) -> str:
    return "" if share is None else f"{(share * 100).quantize(Decimal('0.1')).normalize():f}%"
