"""Where nodes stand along the chain: how deep, and in which stage when nobody has said."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import TopologicalSorter

from lianzhang.chain.model import ChainMap, Link, Stage


def depths(chain_map: ChainMap) -> Mapping[str, int]:
    """The longest way to each node from a node that nothing goes into, in links.

    Links that run in a circle are left out from the one that closes it on, in the order of the file;
    `checks.findings` names them.
    """
    order = _forward_links(chain_map)
    sorter: TopologicalSorter[str] = TopologicalSorter({node.id: () for node in chain_map.nodes})
    inward: dict[str, list[str]] = {node.id: [] for node in chain_map.nodes}
    for link in order:
        sorter.add(link.target, link.source)
        inward[link.target].append(link.source)
    found: dict[str, int] = {}
    for node in sorter.static_order():
        found[node] = max((found[source] + 1 for source in inward[node]), default=0)
    return found


def derived_stages(chain_map: ChainMap) -> Mapping[str, Stage]:
    """A stage for each node from the links alone: what nothing goes into is upstream, what goes into
    nothing is downstream, the rest is midstream. A node without any link counts as midstream."""
    return {
        node.id: (
            Stage.midstream
            if bool(chain_map.suppliers[node.id]) == bool(chain_map.buyers[node.id])
            else Stage.downstream
            if chain_map.suppliers[node.id]
            else Stage.upstream
        )
        for node in chain_map.nodes
    }


def _forward_links(chain_map: ChainMap) -> list[Link]:
    """The links without those that would close a circle."""
    onward: dict[str, set[str]] = {node.id: set() for node in chain_map.nodes}
    kept = []
    for link in chain_map.links:
        if link.source not in onward or link.target not in onward or link.source == link.target:
            continue
        if link.target in onward and _reaches(onward, link.target, link.source):
            continue
        onward[link.source].add(link.target)
        kept.append(link)
    return kept


def _reaches(onward: Mapping[str, set[str]], start: str, goal: str) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        for there in onward[here] - seen:
            seen.add(there)
            waiting.append(there)
    return False
