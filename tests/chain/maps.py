"""Small maps for tests."""

from __future__ import annotations

from lianzhang.chain import ChainMap, Link, Node, NodeTerms, Stage
from lianzhang.kernel.text import Text

UP, MID, DOWN = Stage


def node(node_id: str, stage: Stage = MID, name: str = "", terms: tuple[str, ...] = ("词",)) -> Node:
    title = name or f"环节{node_id}"
    return Node(id=node_id, name=Text(title, title), stage=stage, terms=NodeTerms(node_id, terms))


def chain_map(nodes: list[Node], links: str = "") -> ChainMap:
    """`links` as "a>b b>c"."""
    pairs = [pair.split(">") for pair in links.split()]
    return ChainMap("test", tuple(nodes), tuple(Link(source=left, target=right) for left, right in pairs))
