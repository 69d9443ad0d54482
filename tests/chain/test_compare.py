"""Two versions of a map are compared column by column."""

from __future__ import annotations

from dataclasses import replace

from lianzhang.chain import Change, NodeTerms, differences
from tests.chain.maps import UP, chain_map, node

BEFORE = chain_map([node("a", UP), node("b")], "a>b")


def test_the_same_map_has_no_differences_wherever_it_stands_in_its_file() -> None:
    moved = replace(BEFORE, nodes=tuple(replace(each, line=99) for each in BEFORE.nodes))
    assert differences(BEFORE, moved) == ()


def test_new_gone_and_changed_nodes_and_links_are_named() -> None:
    changed = replace(node("a", UP), terms=NodeTerms("a", ("轴承",), ("销售",)), products=("钢", "铁"))
    found = differences(BEFORE, chain_map([changed, node("c")], "a>c"))
    said = {(each.key, each.change, each.column): (each.before, each.after) for each in found}
    assert said[("a", Change.changed, "terms")] == ("词", "轴承；排除销售")
    assert said[("a", Change.changed, "products")] == ("", "钢、铁")
    assert said[("c", Change.added, "")] == ("", "环节c")
    assert said[("b", Change.removed, "")] == ("环节b", "")
    assert ("a→c", Change.added, "") in said and ("a→b", Change.removed, "") in said
