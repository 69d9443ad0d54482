"""A chain map (产业图谱) as a value: nodes, links, and what is known of each county.

Nodes are the stages of work from material to use; links say whose product goes into what. Everything
carries how sure it is, in the words of the pack: `quoted`, `draft`, `unverified`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from lianzhang.kernel.text import Text


class Stage(StrEnum):
    """Where on the chain a node stands (上游、中游、下游)."""

    upstream = "upstream"
    midstream = "midstream"
    downstream = "downstream"

    @property
    def label(self) -> Text:
        """The stage in words."""
        return _STAGES[self]


_STAGES = {
    Stage.upstream: Text("上游", "upstream"),
    Stage.midstream: Text("中游", "midstream"),
    Stage.downstream: Text("下游", "downstream"),
}


class LinkKind(StrEnum):
    """What goes along a link."""

    material = "material"
    part = "part"
    equipment = "equipment"
    service = "service"

    @property
    def label(self) -> Text:
        """The kind in words."""
        return _LINK_KINDS[self]


_LINK_KINDS = {
    LinkKind.material: Text("材料与部件", "material or part"),
    LinkKind.part: Text("部件", "part"),
    LinkKind.equipment: Text("装备", "equipment"),
    LinkKind.service: Text("服务", "service"),
}


class State(StrEnum):
    """Whether a version of a map is being written or is the one in force."""

    draft = "draft"
    published = "published"


@dataclass(frozen=True, slots=True)
class NodeTerms:
    """The words that place an enterprise on a node.

    An item places when it holds one of `any`, one of `needs` (if there are any) and none of `veto`:
    轴承 needs 制造 or 生产, so that a dealer in bearings is not taken for a maker.
    """

    id: str
    any: tuple[str, ...] = ()
    veto: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry class of GB/T 4754-2017, and how sure it is that the node belongs to it."""

    code: str
    name: str = ""
    status: str = "draft"


@dataclass(frozen=True, slots=True)
class NamedFirm:
    """A firm that a source names on a node; a name as written, not yet a registered enterprise."""

    name: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One node (环节) of a chain.

    `terms` are words that a business scope uses; without them nobody is placed by words.
    `line` is where the node stands in its file, for messages; it is no part of what the node means.
    """

    id: str
    name: Text
    stage: Stage
    inputs: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    industries: tuple[Industry, ...] = ()
    terms: NodeTerms = NodeTerms("")
    firms: tuple[NamedFirm, ...] = ()
    confidence: str = ""
    status: str = "draft"
    source: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The products of `source` go into `target`."""

    source: str
    target: str
    kind: LinkKind = LinkKind.material
    confidence: str = ""
    status: str = "draft"
    basis: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class ChainMap:
    """One version of the map of one chain. Use `checks.findings` before believing it."""

    chain: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...] = ()
    name: Text = field(default_factory=lambda: Text("", ""))
    #: Leading firms (链主、龙头) of the chain by name, as sources give them.
    leading_firms: tuple[str, ...] = ()
    origin: str = field(default="", compare=False)

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        """Nodes by id; of two with one id the first, which `checks` complains about."""
        found: dict[str, Node] = {}
        for node in self.nodes:
            found.setdefault(node.id, node)
        return found

    @cached_property
    def suppliers(self) -> Mapping[str, tuple[str, ...]]:
        """For each node the nodes whose products go into it, in the order of the links."""
        return self._neighbours(inward=True)

    @cached_property
    def buyers(self) -> Mapping[str, tuple[str, ...]]:
        """For each node the nodes that its products go into, in the order of the links."""
        return self._neighbours(inward=False)

    def _neighbours(self, *, inward: bool) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {node.id: {} for node in self.nodes}
        for link in self.links:
            if link.source in found and link.target in found:
                here, there = (link.target, link.source) if inward else (link.source, link.target)
                found[here][there] = None
        return {node: tuple(others) for node, others in found.items()}

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)

    def __len__(self) -> int:
        return len(self.nodes)
