"""What differs between two versions of a map."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from lianzhang.chain.model import ChainMap, Link, Node, NodeTerms


class Change(StrEnum):
    """What happened to a node or link from the earlier version to the later."""

    added = "added"
    removed = "removed"
    changed = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `key` is a node's id or `source→target`; for a change, `column` with both values."""

    kind: str
    key: str
    change: Change
    column: str = ""
    before: str = ""
    after: str = ""


def differences(before: ChainMap, after: ChainMap) -> tuple[Difference, ...]:
    """Everything that differs: nodes in the order of the later version, then those gone, then links."""
    found: list[Difference] = []
    for node in after.nodes:
        old = before.by_id.get(node.id)
        if old is None:
            found.append(Difference("node", node.id, Change.added, after=node.name.zh))
        else:
            found += _columns("node", node.id, old, node)
    found += [
        Difference("node", node.id, Change.removed, before=node.name.zh)
        for node in before.nodes
        if node.id not in after.by_id
    ]
    old_links = {_key(link): link for link in before.links}
    new_links = {_key(link): link for link in after.links}
    for key, link in new_links.items():
        if key not in old_links:
            found.append(Difference("link", key, Change.added))
        else:
            found += _columns("link", key, old_links[key], link)
    found += [Difference("link", key, Change.removed) for key in old_links if key not in new_links]
    return tuple(found)


def _key(link: Link) -> str:
    return f"{link.source}→{link.target}"


def _columns(kind: str, key: str, old: Node | Link, new: Node | Link) -> list[Difference]:
    return [
        Difference(kind, key, Change.changed, column.name, said(before), said(after))
        for column in fields(new)
        if column.compare and (before := getattr(old, column.name)) != (after := getattr(new, column.name))
    ]


def said(value: object) -> str:
    """A value of a node or link as one line of text."""
    if isinstance(value, tuple):
        return "、".join(said(part) for part in value)
    if isinstance(value, NodeTerms):
        return "；".join(
            f"{label}{'、'.join(words)}"
            for label, words in (("", value.any), ("须含", value.needs), ("排除", value.veto))
            if words
        )
    for name in ("code", "name", "zh"):
        if hasattr(value, name) and not isinstance(value, StrEnum):
            return said(getattr(value, name))
    return str(value)
