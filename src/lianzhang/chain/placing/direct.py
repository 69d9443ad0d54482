"""Placing one scope directly: the rule itself, without an index."""

from __future__ import annotations

from collections.abc import Iterable

from lianzhang.chain.model import NodeTerms
from lianzhang.chain.placing.cut import cut_items, folded
from lianzhang.chain.placing.place import Evidence


def place_text(text: str, nodes: Iterable[NodeTerms]) -> dict[str, Evidence]:
    """The nodes on which an enterprise with this scope stands, each with its first evidence.

    An item places when it holds a term of the node, a word that it needs and none of its vetoes.
    """
    whole = folded(text)
    items = [(item, folded(item.text)) for item in cut_items(text)]
    placed: dict[str, Evidence] = {}
    for node in nodes:
        terms = [(term, key) for term in dict.fromkeys(node.any) if (key := folded(term)) and key in whole]
        if not terms:
            continue
        needs = [folded(word) for word in node.needs]
        vetoes = [folded(veto) for veto in node.veto]
        for item, plain in items:
            found = [(plain.find(key), -len(key), term) for term, key in terms if key in plain]
            if found and _holds_needed(plain, needs) and not any(veto and veto in plain for veto in vetoes):
                at, _, term = min(found, key=lambda hit: hit[:2])
                placed[node.id] = Evidence(item.text, item.start, term, item.start + at)
                break
    return placed


def _holds_needed(item: str, needs: list[str]) -> bool:
    return not needs or any(word and word in item for word in needs)
