"""A placing that stands and is kept up to date: one node or one scope changes, the rest is not touched."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from lianzhang.chain.model import NodeTerms
from lianzhang.chain.placing.direct import place_text
from lianzhang.chain.placing.place import Evidence, NodePlaces, place_node
from lianzhang.chain.placing.scopes import Scopes


class Standing:
    """The present placing of a registry on a set of nodes; always equal to a full run on what it holds.

    Scopes that changed since they were interned are placed directly and kept beside the rest; when they
    are many, intern the registry again (`changed_scopes` tells how many).
    """

    def __init__(self, scopes: Scopes, nodes: Iterable[NodeTerms]) -> None:
        self._scopes = scopes
        self._nodes = {node.id: node for node in nodes}
        self._base: dict[str, NodePlaces] = {
            node.id: place_node(scopes, node) for node in self._nodes.values()
        }
        self._changed: dict[int, tuple[str, dict[str, Evidence]]] = {}

    @property
    def nodes(self) -> tuple[NodeTerms, ...]:
        """The nodes, in the order in which they came."""
        return tuple(self._nodes.values())

    @property
    def changed_scopes(self) -> int:
        """How many scopes have changed since they were interned."""
        return len(self._changed)

    def change_node(self, node: NodeTerms) -> None:
        """Place everybody on this node again; a node with a new id is added."""
        self._base[node.id] = place_node(self._scopes, node)
        self._nodes[node.id] = node
        for text, placed in self._changed.values():
            placed.pop(node.id, None)
            placed.update(place_text(text, [node]))

    def remove_node(self, node: str) -> None:
        """Take a node away; raises `KeyError` when it is not there."""
        del self._nodes[node], self._base[node]
        for _, placed in self._changed.values():
            placed.pop(node, None)

    def change_scope(self, row: int, text: str) -> dict[str, Evidence]:
        """Place one enterprise again by its new scope; raises `IndexError` for no such enterprise."""
        if not 0 <= row < len(self._scopes):
            raise IndexError(row)
        placed = place_text(text, self._nodes.values())
        self._changed[row] = (text, placed)
        return placed

    def on_node(self, node: str) -> list[int]:
        """The enterprises on a node, in the order of the registry."""
        rows = self._base[node].rows
        if self._changed:
            rows = rows[~np.isin(rows, np.fromiter(self._changed, np.int64, len(self._changed)))]
        now = [row for row, (_, placed) in self._changed.items() if node in placed]
        return sorted([*rows.tolist(), *now])

    def of_enterprise(self, row: int) -> set[str]:
        """The nodes on which an enterprise stands."""
        if row in self._changed:
            return set(self._changed[row][1])
        return {node for node, places in self._base.items() if _holds(places, row)}


def _holds(places: NodePlaces, row: int) -> bool:
    at = int(np.searchsorted(places.rows, row))
    return at < len(places.rows) and int(places.rows[at]) == row
