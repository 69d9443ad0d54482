"""What is wrong with a map: circles, nodes nobody is linked with, names that stand twice, loose ends."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

from lianzhang.chain.model import ChainMap, Link, Node, Stage
from lianzhang.kernel.text import Text


class Fault(StrEnum):
    """The kinds of fault a map can have."""

    circle = "circle"
    orphan = "orphan"
    double_id = "double_id"
    double_name = "double_name"
    double_link = "double_link"
    loose_end = "loose_end"
    self_link = "self_link"
    backward = "backward"
    contradiction = "contradiction"


#: Faults with which no version may be published; the others are shown and may stay.
GRAVE = frozenset(
    {
        Fault.circle,
        Fault.double_id,
        Fault.double_name,
        Fault.double_link,
        Fault.loose_end,
        Fault.self_link,
        Fault.contradiction,
    }
)


#: So many circles are named; whoever has put those right is shown the next.
MOST_CIRCLES = 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: what is wrong, where (file and line when the map came from a file), and which nodes."""

    fault: Fault
    what: Text
    nodes: tuple[str, ...] = ()
    file: str = ""
    line: int = 0

    @property
    def is_grave(self) -> bool:
        """Whether the map cannot be published before this is put right."""
        return self.fault in GRAVE

    def say(self, language: str = "zh") -> str:
        """The finding with its place in front."""
        if not self.line:
            return self.what.say(language)
        where = Text(f"{self.file} 第{self.line}行：", f"{self.file}, line {self.line}: ")
        return where.say(language) + self.what.say(language)


def findings(chain_map: ChainMap) -> tuple[Finding, ...]:
    """Everything wrong with the map, grave faults first, each in the order of the file."""
    found = [
        *_double_nodes(chain_map),
        *_bad_links(chain_map),
        *_circles(chain_map),
        *_contradictions(chain_map),
        *_orphans(chain_map),
        *_backward(chain_map),
    ]
    return tuple(sorted(found, key=lambda finding: (not finding.is_grave, finding.line)))


def _finding(fault: Fault, chain_map: ChainMap, what: Text, nodes: tuple[str, ...], line: int) -> Finding:
    return Finding(fault, what, nodes, chain_map.origin, line)


def _double_nodes(chain_map: ChainMap) -> Iterator[Finding]:
    ids: dict[str, Node] = {}
    names: dict[str, Node] = {}
    for node in chain_map.nodes:
        if node.id in ids:
            what = Text(
                f"环节编号“{node.id}”写了两次{_first(ids[node.id])}。",
                f"The node id “{node.id}” stands twice.",
            )
            yield _finding(Fault.double_id, chain_map, what, (node.id,), node.line)
        key = "".join(node.name.zh.split()).casefold()
        if key in names and names[key].id != node.id:
            other = names[key]
            what = Text(
                f"环节“{node.name.zh}”重名：{other.id}{_first(other)}与 {node.id}。",
                f"Two nodes are called “{node.name.zh}”: {other.id} and {node.id}.",
            )
            yield _finding(Fault.double_name, chain_map, what, (other.id, node.id), node.line)
        ids.setdefault(node.id, node)
        names.setdefault(key, node)


def _first(node: Node) -> str:
    return f"（先见于第{node.line}行）" if node.line else ""


def _bad_links(chain_map: ChainMap) -> Iterator[Finding]:
    known = chain_map.by_id
    seen: Counter[tuple[str, str]] = Counter()
    for link in chain_map.links:
        ends = (link.source, link.target)
        seen[ends] += 1
        for missing in dict.fromkeys(end for end in ends if end not in known):
            what = Text(
                f"连接 {link.source}→{link.target} 指向没有的环节“{missing}”。",
                f"The link {link.source}→{link.target} leads to “{missing}”, which is no node.",
            )
            yield _finding(Fault.loose_end, chain_map, what, ends, link.line)
        if link.source == link.target:
            what = Text(f"环节 {link.source} 连向自己。", f"The node {link.source} is linked with itself.")
            yield _finding(Fault.self_link, chain_map, what, (link.source,), link.line)
        elif seen[ends] == 2:
            what = Text(
                f"连接 {link.source}→{link.target} 写了两次。",
                f"The link {link.source}→{link.target} stands twice.",
            )
            yield _finding(Fault.double_link, chain_map, what, ends, link.line)


def _circles(chain_map: ChainMap) -> Iterator[Finding]:
    """Every circle is named once: the links that close one are set aside and the rest looked at again."""
    links = [
        link
        for link in chain_map.links
        if link.source != link.target and link.source in chain_map.by_id and link.target in chain_map.by_id
    ]
    for _ in range(MOST_CIRCLES):
        circle = _circle(chain_map, links)
        if not circle:
            return
        closing = _closing(circle, links)
        way = "→".join((*circle, circle[0]))
        what = Text(f"连接绕成一圈：{way}。", f"These links run in a circle: {way}.")
        yield _finding(Fault.circle, chain_map, what, tuple(circle), closing.line)
        links = [link for link in links if (link.source, link.target) != (closing.source, closing.target)]


def _circle(chain_map: ChainMap, links: list[Link]) -> list[str]:
    sorter: TopologicalSorter[str] = TopologicalSorter({node.id: () for node in chain_map.nodes})
    for link in links:
        sorter.add(link.target, link.source)
    try:
        sorter.prepare()
    except CycleError as error:
        around: list[str] = list(error.args[1][:-1])
        start = min(range(len(around)), key=lambda at: around[at])
        return around[start:] + around[:start]
    return []


def _closing(circle: list[str], links: list[Link]) -> Link:
    """The last written link of a circle, which most likely is the mistaken one."""
    pairs = set(zip(circle, [*circle[1:], circle[0]], strict=True))
    return [link for link in links if (link.source, link.target) in pairs][-1]


def _contradictions(chain_map: ChainMap) -> Iterator[Finding]:
    for node in chain_map.nodes:
        never = [term for term in node.terms.any if any(veto in term for veto in node.terms.veto)]
        if never:
            what = Text(
                f"环节 {node.id} 的用语“{'、'.join(never)}”含有它自己的排除语，永远不起作用。",
                f"Terms of node {node.id} hold one of its own vetoes and never place: {', '.join(never)}.",
            )
            yield _finding(Fault.contradiction, chain_map, what, (node.id,), node.line)


def _orphans(chain_map: ChainMap) -> Iterator[Finding]:
    if len(chain_map.nodes) < 2:
        return
    linked = {end for link in chain_map.links for end in (link.source, link.target)}
    for node in chain_map.nodes:
        if node.id not in linked:
            what = Text(
                f"环节 {node.id}“{node.name.zh}”没有任何连接。",
                f"The node {node.id} “{node.name.en}” has no link.",
            )
            yield _finding(Fault.orphan, chain_map, what, (node.id,), node.line)


def _backward(chain_map: ChainMap) -> Iterator[Finding]:
    order: dict[Stage, int] = defaultdict(int, {stage: rank for rank, stage in enumerate(Stage)})
    for link in chain_map.links:
        source, target = chain_map.by_id.get(link.source), chain_map.by_id.get(link.target)
        if source and target and order[source.stage] > order[target.stage]:
            what = Text(
                f"连接 {link.source}→{link.target} 由{source.stage.label.zh}指回{target.stage.label.zh}。",
                f"The link {link.source}→{link.target} leads from {source.stage.label.en} back "
                f"to {target.stage.label.en}.",
            )
            yield _finding(Fault.backward, chain_map, what, (link.source, link.target), link.line)
