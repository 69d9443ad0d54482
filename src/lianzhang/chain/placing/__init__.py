"""Placing: which enterprises stand on which nodes of a chain, and the words that say so.

The many business scopes of a registry are built of few items: eight million items of a million scopes
are some three hundred thousand different texts. Scopes are cut and interned once (`Scopes`); a node's
terms are then looked up in the different texts only (`TermIndex`), and what is found is handed on to the
enterprises that share the text (`place`). Changing one node repeats only that node's share (`Standing`).
"""

from lianzhang.chain.placing.cut import Item, cut_items, folded
from lianzhang.chain.placing.direct import place_text
from lianzhang.chain.placing.find import TermIndex
from lianzhang.chain.placing.industry import place_by_industry
from lianzhang.chain.placing.place import Evidence, NodePlaces, place, place_node, place_table
from lianzhang.chain.placing.registry import PLACES, place_registry
from lianzhang.chain.placing.scopes import Scopes
from lianzhang.chain.placing.standing import Standing

__all__ = [
    "PLACES",
    "Evidence",
    "Item",
    "NodePlaces",
    "Scopes",
    "Standing",
    "TermIndex",
    "cut_items",
    "folded",
    "place",
    "place_by_industry",
    "place_node",
    "place_registry",
    "place_table",
    "place_text",
]
