"""Reading the map of a chain from its YAML file; what is wrong is named with file and line."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, TypeVar

from lianzhang.chain.model import (
    ChainMap,
    Industry,
    Link,
    LinkKind,
    NamedFirm,
    Node,
    NodeTerms,
    Stage,
)
from lianzhang.kernel.lined_yaml import LinedMapping, Place, read_lined_yaml
from lianzhang.kernel.text import Text

_NODE_KEYS = (
    "id", "name", "stage", "inputs", "products", "terms", "industry", "industries", "firms",
    "confidence", "status", "source", "note",
)  # fmt: skip
_LINK_KEYS = ("from", "to", "kind", "confidence", "status", "source")
_TERM_KEYS = ("any", "needs", "veto")

Choice = TypeVar("Choice", bound=StrEnum)


def load_map(text: str, *, file: str) -> ChainMap:
    """The map written in one chain file; a file without nodes is a map without nodes.

    Raises `PackError` with file and line for anything that cannot be read. What can be read and is still
    wrong (circles, nodes nobody is linked with) is for `checks.findings`.
    """
    content = read_lined_yaml(text, file=file)
    if not isinstance(content, LinedMapping):
        raise Place(file, 1).refuse(Text("产业链文件应是一组键值。", "A chain file is a set of keys."))
    lists = _mapping(content, "word_lists")
    words = {name: _words(lists, name) for name in lists}
    return ChainMap(
        chain=str(content.need("id")),
        name=_text(content, "name"),
        nodes=tuple(_node(row, words) for row in _rows(content, "nodes")),
        links=tuple(_link(row) for row in _rows(content, "edges")),
        leading_firms=_words(content, "leading_firms"),
        origin=file,
    )


def _node(row: LinedMapping, lists: dict[str, tuple[str, ...]]) -> Node:
    row.only(_NODE_KEYS)
    node_id = str(row.need("id"))
    industries = [row["industry"]] if row.get("industry") else _rows(row, "industries")
    return Node(
        id=node_id,
        name=_text(row, "name"),
        stage=_choice(row, "stage", Stage),
        inputs=_words(row, "inputs"),
        products=_words(row, "products"),
        industries=tuple(_industry(industry) for industry in industries),
        terms=_terms(node_id, _mapping(row, "terms"), lists),
        firms=tuple(
            NamedFirm(str(firm.need("name")), str(firm.get("note") or "")) for firm in _rows(row, "firms")
        ),
        confidence=str(row.get("confidence") or ""),
        status=str(row.get("status") or "draft"),
        source=str(row.get("source") or ""),
        line=row.place.line,
    )


def _terms(node_id: str, row: LinedMapping, lists: dict[str, tuple[str, ...]]) -> NodeTerms:
    row.only(_TERM_KEYS)
    needs = row.get("needs")
    if isinstance(needs, str):
        if needs not in lists:
            raise row.at("needs").refuse(
                Text(f"没有名为“{needs}”的词表。", f"There is no word list called “{needs}”."),
                Text("请在 word_lists 里写出它，或直接列出词。", "Add it to word_lists, or list the words."),
            )
        wanted = lists[needs]
    else:
        wanted = _words(row, "needs")
    return NodeTerms(node_id, _words(row, "any"), _words(row, "veto"), wanted)


def _industry(row: LinedMapping) -> Industry:
    code = str(row.need("code"))
    if not (code.isascii() and code.isdigit() and 2 <= len(code) <= 4):
        raise row.at("code").refuse(
            Text(
                f"“{code}”不是行业代码（GB/T 4754-2017，二至四位数字）。",
                f"“{code}” is no industry code (GB/T 4754-2017, two to four digits).",
            )
        )
    return Industry(code, str(row.get("name") or ""), str(row.get("status") or "draft"))


def _link(row: LinedMapping) -> Link:
    row.only(_LINK_KEYS)
    return Link(
        source=str(row.need("from")),
        target=str(row.need("to")),
        kind=_choice(row, "kind", LinkKind) if row.get("kind") else LinkKind.material,
        confidence=str(row.get("confidence") or ""),
        status=str(row.get("status") or "draft"),
        basis=str(row.get("source") or ""),
        line=row.place.line,
    )


def _rows(row: LinedMapping, key: str) -> Sequence[LinedMapping]:
    value = row.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, LinedMapping) for item in value):
        raise row.at(key).refuse(Text(f"“{key}”应是一列条目。", f"“{key}” is a list of entries."))
    return value


def _mapping(row: LinedMapping, key: str) -> LinedMapping:
    value = row.get(key)
    if value is None:
        return LinedMapping(row.at(key))
    if not isinstance(value, LinedMapping):
        raise row.at(key).refuse(Text(f"“{key}”应是一组键值。", f"“{key}” is a set of keys."))
    return value


def _words(row: LinedMapping, key: str) -> tuple[str, ...]:
    value = row.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or any(isinstance(item, (list, dict)) for item in value):
        raise row.at(key).refuse(Text(f"“{key}”应是一列词。", f"“{key}” is a list of words."))
    words = tuple(str(item).strip() for item in value)
    if not all(words):
        raise row.at(key).refuse(
            Text(f"“{key}”里有空词。", f"“{key}” holds an empty word."), Text("请删去。", "Remove it.")
        )
    return words


def _text(row: LinedMapping, key: str) -> Text:
    value: Any = row.need(key)
    if isinstance(value, str):
        return Text(value, value)
    if isinstance(value, LinedMapping):
        return Text(str(value.need("zh")), str(value.get("en") or value["zh"]))
    raise row.at(key).refuse(Text(f"“{key}”应是名称。", f"“{key}” is a name."))


def _choice(row: LinedMapping, key: str, kinds: type[Choice]) -> Choice:
    value = str(row.need(key))
    try:
        return kinds(value)
    except ValueError as error:
        known = [kind.value for kind in kinds]
        raise row.at(key).refuse(
            Text(f"“{key}”不能是“{value}”。", f"“{key}” cannot be “{value}”."),
            Text(f"可用：{'、'.join(known)}。", f"Known: {', '.join(known)}."),
        ) from error
