"""Large maps: nodes put together by stage and industry, so that a map of hundreds can still be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lianzhang.chain.model import ChainMap, Link, Node, Stage
from lianzhang.kernel.text import Text

#: A map of so many nodes is shown in groups.
MOST_NODES = 300


@dataclass(frozen=True)
class Grouped:
    """A map whose nodes are groups, and the nodes of the original in each group, in its order."""

    map: ChainMap
    members: Mapping[str, tuple[str, ...]]


def grouped(chain_map: ChainMap) -> Grouped:
    """The map with one node for each stage and industry division (the first two digits of GB/T 4754).

    Nodes without a code form a group of their own in each stage. Links between groups are kept once;
    links inside a group, and links that would close a circle of groups, are left out of the drawing.
    """
    of_group: dict[str, list[Node]] = {}
    group_of: dict[str, str] = {}
    for node in chain_map.nodes:
        division = node.industries[0].code[:2] if node.industries else ""
        group = f"{node.stage.value}-{division or 'none'}"
        of_group.setdefault(group, []).append(node)
        group_of[node.id] = group
    nodes = tuple(_group(group, members) for group, members in of_group.items())
    pairs: dict[tuple[str, str], Link] = {}
    for link in chain_map.links:
        ends = (group_of.get(link.source, ""), group_of.get(link.target, ""))
        if all(ends) and ends[0] != ends[1]:
            pairs.setdefault(ends, replace(link, source=ends[0], target=ends[1]))
    return Grouped(
        replace(chain_map, nodes=nodes, links=tuple(pairs.values())),
        {group: tuple(node.id for node in members) for group, members in of_group.items()},
    )


def part_of(chain_map: ChainMap, nodes: tuple[str, ...]) -> ChainMap:
    """The map of some nodes only, with the links among them."""
    wanted = frozenset(nodes)
    return replace(
        chain_map,
        nodes=tuple(node for node in chain_map.nodes if node.id in wanted),
        links=tuple(link for link in chain_map.links if {link.source, link.target} <= wanted),
    )


def _group(group: str, members: list[Node]) -> Node:
    first, count = members[0], len(members)
    name = first.name
    if count > 1:
        name = Text(f"{first.name.zh}等{count}个环节", f"{first.name.en} and {count - 1} more")
    stage: Stage = first.stage
    return Node(id=group, name=name, stage=stage, industries=first.industries[:1])
