"""A map as it is kept (plain dictionaries) and as it stands in a table (one row a node, one row a link)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

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
from lianzhang.chain.positions import derived_stages
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

#: Columns of the two tables, in order, with their Chinese headings.
NODE_COLUMNS: Mapping[str, str] = {
    "id": "编号",
    "name": "环节",
    "name_en": "英文名称",
    "stage": "阶段",
    "inputs": "投入",
    "products": "产品",
    "industries": "行业代码",
    "any": "落位用语",
    "needs": "须含",
    "veto": "排除",
    "firms": "材料所见企业",
    "confidence": "把握",
    "status": "状态",
    "source": "出处",
}
LINK_COLUMNS: Mapping[str, str] = {
    "source": "从",
    "target": "到",
    "kind": "类别",
    "confidence": "把握",
    "status": "状态",
    "basis": "出处",
}
#: What divides several words in one cell.
DIVIDER = "；"


class TableError(LianzhangError):
    """A row of a table that cannot be a node or link; says sheet, row and what is allowed."""


def to_plain(chain_map: ChainMap) -> dict[str, Any]:
    """The map as dictionaries, lists and texts, without lines and file."""
    nodes = []
    for node in chain_map.nodes:
        row = asdict(node)
        del row["line"]
        nodes.append(row)
    links = [asdict(link) for link in chain_map.links]
    for link in links:
        del link["line"]
    return {
        "chain": chain_map.chain,
        "name": asdict(chain_map.name),
        "leading_firms": list(chain_map.leading_firms),
        "nodes": nodes,
        "links": links,
    }


def from_plain(content: Mapping[str, Any]) -> ChainMap:
    """The map that `to_plain` wrote."""
    return ChainMap(
        chain=content["chain"],
        name=Text(**content["name"]),
        leading_firms=tuple(content.get("leading_firms", ())),
        nodes=tuple(_node(row) for row in content["nodes"]),
        links=tuple(Link(**{**row, "kind": LinkKind(row["kind"])}) for row in content["links"]),
    )


def _node(row: Mapping[str, Any]) -> Node:
    terms = row["terms"]
    return Node(
        **{
            **row,
            "name": Text(**row["name"]),
            "stage": Stage(row["stage"]),
            "inputs": tuple(row["inputs"]),
            "products": tuple(row["products"]),
            "industries": tuple(Industry(**industry) for industry in row["industries"]),
            "terms": NodeTerms(terms["id"], tuple(terms["any"]), tuple(terms["veto"]), tuple(terms["needs"])),
            "firms": tuple(NamedFirm(**firm) for firm in row["firms"]),
        }
    )


def node_rows(chain_map: ChainMap) -> list[dict[str, str]]:
    """One row for each node, with the keys of `NODE_COLUMNS`."""
    return [node_row(node) for node in chain_map.nodes]


def node_row(node: Node) -> dict[str, str]:
    """One node as texts."""
    return {
        "id": node.id,
        "name": node.name.zh,
        "name_en": node.name.en if node.name.en != node.name.zh else "",
        "stage": node.stage.label.zh,
        "inputs": DIVIDER.join(node.inputs),
        "products": DIVIDER.join(node.products),
        "industries": DIVIDER.join(f"{each.code} {each.name}".strip() for each in node.industries),
        "any": DIVIDER.join(node.terms.any),
        "needs": DIVIDER.join(node.terms.needs),
        "veto": DIVIDER.join(node.terms.veto),
        "firms": DIVIDER.join(
            f"{each.name}（{each.note}）" if each.note else each.name for each in node.firms
        ),
        "confidence": node.confidence,
        "status": node.status,
        "source": node.source,
    }


def link_rows(chain_map: ChainMap) -> list[dict[str, str]]:
    """One row for each link, with the keys of `LINK_COLUMNS`."""
    return [
        {
            "source": link.source,
            "target": link.target,
            "kind": link.kind.label.zh,
            "confidence": link.confidence,
            "status": link.status,
            "basis": link.basis,
        }
        for link in chain_map.links
    ]


def from_rows(
    chain: str, name: Text, nodes: Sequence[Mapping[str, str]], links: Sequence[Mapping[str, str]]
) -> ChainMap:
    """The map of two tables; rows without any text are skipped. Raises `TableError` with sheet and row.

    A node without a stage gets the one that follows from the links.
    """
    rows = [(number, row) for number, row in enumerate(nodes, 2) if any(row.values())]
    chain_map = ChainMap(
        chain,
        tuple(node_of_row(row, number) for number, row in rows),
        tuple(_link(row, number) for number, row in enumerate(links, 2) if any(row.values())),
        name,
    )
    missing = {row["id"].strip() for _, row in rows if not row.get("stage", "").strip()}
    derived = derived_stages(chain_map)
    return replace(
        chain_map,
        nodes=tuple(
            replace(node, stage=derived[node.id]) if node.id in missing else node for node in chain_map.nodes
        ),
    )


def node_of_row(row: Mapping[str, str], number: int = 0) -> Node:
    """The node of one row of texts."""
    given = {key: str(row.get(key) or "").strip() for key in NODE_COLUMNS}
    for key in ("id", "name"):
        if not given[key]:
            raise _error("环节", "nodes", number, f"缺少{NODE_COLUMNS[key]}", f"no {key}")
    stage = _label(given["stage"], Stage, default=Stage.midstream)
    if stage is None:
        raise _error(
            "环节", "nodes", number, f"阶段“{given['stage']}”应是上游、中游或下游",
            f"the stage “{given['stage']}” should be upstream, midstream or downstream",
        )  # fmt: skip
    return Node(
        id=given["id"],
        name=Text(given["name"], given["name_en"] or given["name"]),
        stage=stage,
        inputs=words_of(given["inputs"]),
        products=words_of(given["products"]),
        industries=tuple(_industry(word, number) for word in words_of(given["industries"])),
        terms=NodeTerms(
            given["id"], words_of(given["any"]), words_of(given["veto"]), words_of(given["needs"])
        ),
        firms=tuple(_firm(word) for word in words_of(given["firms"])),
        confidence=given["confidence"],
        status=given["status"] or "draft",
        source=given["source"],
        line=number,
    )


def words_of(cell: str) -> tuple[str, ...]:
    """The words of one cell, divided by `；` `;` or line ends, each once."""
    parts = cell.replace(";", DIVIDER).replace("\n", DIVIDER).split(DIVIDER)
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _industry(word: str, number: int) -> Industry:
    code, _, name = word.partition(" ")
    if not (code.isascii() and code.isdigit() and 2 <= len(code) <= 4):
        raise _error(
            "环节", "nodes", number, f"“{word}”不是行业代码（二至四位数字，可跟名称）",
            f"“{word}” is no industry code (two to four digits, a name may follow)",
        )  # fmt: skip
    return Industry(code, name.strip())


def _firm(word: str) -> NamedFirm:
    if word.endswith("）") and "（" in word:
        at = word.rindex("（")
        return NamedFirm(word[:at], word[at + 1 : -1])
    return NamedFirm(word)


def _link(row: Mapping[str, str], number: int) -> Link:
    given = {key: str(row.get(key) or "").strip() for key in LINK_COLUMNS}
    if not given["source"] or not given["target"]:
        raise _error("连接", "links", number, "两端都要写", "both ends are needed")
    kind = _label(given["kind"], LinkKind, default=LinkKind.material)
    if kind is None:
        known = "、".join(each.label.zh for each in LinkKind)
        raise _error("连接", "links", number, f"类别应是{known}之一", "the kind is not known")
    return Link(
        source=given["source"],
        target=given["target"],
        kind=kind,
        confidence=given["confidence"],
        status=given["status"] or "draft",
        basis=given["basis"],
        line=number,
    )


def _label(text: str, kinds: Iterable[Any], *, default: Any) -> Any:
    """The member that a word names, by its Chinese or English label or its value; None for other words."""
    if not text:
        return default
    wanted = text.lower()
    return next((kind for kind in kinds if wanted in {kind.label.zh, kind.label.en, kind.value}), None)


def _error(sheet: str, sheet_en: str, number: int, what: str, what_en: str) -> TableError:
    if not number:
        return TableError(Text(f"{what}。", f"{what_en}."))
    return TableError(
        Text(f"“{sheet}”表第{number}行：{what}。", f"Sheet “{sheet_en}”, row {number}: {what_en}."),
        Text("请改正这一行后再上传。", "Correct this row and upload again."),
    )
