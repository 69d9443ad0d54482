"""The six kinds of tables that can be imported."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.kernel import LianzhangError, Text
from lianzhang.kernel.fact_dictionary import FactDictionary
from lianzhang.tables.kinds.enterprise import CODE, ENTERPRISES, NAME
from lianzhang.tables.kinds.grammar import Field, FieldType, Kind
from lianzhang.tables.kinds.records import EXPORTS, LINKS, PROJECTS, TITLES
from lianzhang.tables.kinds.yearly import yearly_figures

__all__ = ["KIND_IDS", "Field", "FieldType", "Kind", "UnknownKind", "kinds", "need_kind"]

KIND_IDS = ("enterprises", "titles", "figures", "exports", "links", "projects")
#: Other words for the same kinds, for people who type them.
_ALIASES = {"yearly": "figures", "yearly_figures": "figures", "supply": "links", "supply_links": "links"}


class UnknownKind(LianzhangError):
    """No such kind of table."""


def kinds(facts: FactDictionary | None = None) -> Mapping[str, Kind]:
    """All kinds by id; `facts` is the pack's dictionary, which the yearly figures follow."""
    found = (ENTERPRISES, TITLES, yearly_figures(facts, CODE, NAME), EXPORTS, LINKS, PROJECTS)
    return MappingProxyType({kind.id: kind for kind in found})


def need_kind(kind_id: str, facts: FactDictionary | None = None) -> Kind:
    """The kind of this id; raises `UnknownKind` naming those there are."""
    key = kind_id.strip().lower().replace("-", "_")
    known = kinds(facts)
    found = known.get(_ALIASES.get(key, key))
    if found is None:
        zh = "、".join(f"{kind.id}（{kind.label.zh}）" for kind in known.values())
        en = ", ".join(f"{kind.id} ({kind.label.en})" for kind in known.values())
        raise UnknownKind(
            Text(f"没有“{kind_id}”这类表。", f"There is no kind “{kind_id}”."),
            Text(f"可选：{zh}。", f"Choose one of: {en}."),
        )
    return found
