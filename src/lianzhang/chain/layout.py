"""Drawing plan of a map: where every box and line goes. The same map gives the same plan, always.

Two forms: `wide` reads from left to right in three bands of columns, for screens and A4/A3 paper;
`narrow` reads from top to bottom, for a phone. Lengths are in CSS pixels at the size it is meant for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lianzhang.chain.model import ChainMap, Stage
from lianzhang.chain.positions import depths


class Form(StrEnum):
    """Which way the plan reads."""

    wide = "wide"
    narrow = "narrow"


@dataclass(frozen=True, slots=True)
class Box:
    """Where one node is drawn: upper left corner and size."""

    node: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """A link as a curve: where it leaves, where it arrives, as an SVG path."""

    source: str
    target: str
    path: str


@dataclass(frozen=True, slots=True)
class Band:
    """The strip of one stage."""

    stage: Stage
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything to draw."""

    form: Form
    width: int
    height: int
    bands: tuple[Band, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Size:
    """Measures of one form."""

    box_width: int
    box_height: int
    gap_x: int
    gap_y: int
    edge: int
    head: int


_WIDE = _Size(box_width=168, box_height=66, gap_x=36, gap_y=14, edge=14, head=34)
_NARROW = _Size(box_width=158, box_height=74, gap_x=12, gap_y=26, edge=8, head=30)
#: A stage deeper than this is folded, so that three stages fit on a page.
MOST_COLUMNS = 2
#: How many boxes stand side by side in the narrow form.
NARROW_COLUMNS = 2
_SWEEPS = 4


def plan(chain_map: ChainMap, *, form: Form = Form.wide) -> Plan:
    """The drawing plan of a map."""
    columns = _columns(chain_map)
    return _wide(chain_map, columns) if form is Form.wide else _narrow(chain_map, columns)


def _columns(chain_map: ChainMap) -> dict[Stage, list[list[str]]]:
    """For each stage its columns of nodes, each column in the order that crosses least."""
    deep = depths(chain_map)
    columns: dict[Stage, list[list[str]]] = {}
    for stage in Stage:
        nodes = [node.id for node in chain_map.nodes if node.stage is stage]
        levels = sorted({deep[node] for node in nodes})
        wanted = min(len(levels), MOST_COLUMNS)
        rank = {level: at * wanted // len(levels) for at, level in enumerate(levels)}
        columns[stage] = [[node for node in nodes if rank[deep[node]] == at] for at in range(wanted)]
    _uncross(chain_map, [column for stage in Stage for column in columns[stage]])
    return columns


def _uncross(chain_map: ChainMap, columns: Sequence[list[str]]) -> None:
    """Order each column by the mean place of its neighbours (barycentre method of Sugiyama, 1981)."""
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        neighbours = chain_map.suppliers if forward else chain_map.buyers
        for column in columns if forward else reversed(columns):
            place = {
                node: (at + 0.5) / len(other) for other in columns for at, node in enumerate(other)
            }  # shares of the height, so that long and short columns compare
            mean = {node: _mean([place[n] for n in neighbours[node]], place[node]) for node in column}
            column.sort(key=lambda node: mean[node])


def _mean(places: list[float], otherwise: float) -> float:
    return sum(places) / len(places) if places else otherwise


def _wide(chain_map: ChainMap, columns: Mapping[Stage, list[list[str]]]) -> Plan:
    size = _WIDE
    tallest = max((len(column) for stage in Stage for column in columns[stage]), default=0)
    tallest = max(tallest, 1)
    inner = tallest * size.box_height + (tallest - 1) * size.gap_y
    height = size.head + inner + size.edge * 2
    bands: list[Band] = []
    boxes: list[Box] = []
    x = 0
    for stage in Stage:
        count = max(len(columns[stage]), 1)
        width = count * size.box_width + (count - 1) * size.gap_x + size.edge * 2
        bands.append(Band(stage, x, 0, width, height))
        for at, column in enumerate(columns[stage]):
            left = x + size.edge + at * (size.box_width + size.gap_x)
            free = inner - len(column) * size.box_height
            step = size.box_height + min(free // (len(column) + 1), 40) if column else 0
            used = (len(column) - 1) * step + size.box_height
            top = size.head + size.edge + max((inner - used) // 2, 0)
            boxes += [
                Box(node, left, top + row * step, size.box_width, size.box_height)
                for row, node in enumerate(column)
            ]
        x += width + size.gap_x
    width = x - size.gap_x
    return Plan(Form.wide, width, height, tuple(bands), tuple(boxes), _lines(chain_map, boxes, sideways=True))


def _narrow(chain_map: ChainMap, columns: Mapping[Stage, list[list[str]]]) -> Plan:
    size = _NARROW
    width = size.edge * 2 + NARROW_COLUMNS * size.box_width + (NARROW_COLUMNS - 1) * size.gap_x
    bands: list[Band] = []
    boxes: list[Box] = []
    y = 0
    for stage in Stage:
        nodes = [node for column in columns[stage] for node in column]
        rows = max(-(-len(nodes) // NARROW_COLUMNS), 1)
        height = size.head + rows * (size.box_height + size.gap_y) + size.edge
        bands.append(Band(stage, 0, y, width, height))
        for at, node in enumerate(nodes):
            row, column = divmod(at, NARROW_COLUMNS)
            boxes.append(
                Box(
                    node,
                    size.edge + column * (size.box_width + size.gap_x),
                    y + size.head + row * (size.box_height + size.gap_y),
                    size.box_width,
                    size.box_height,
                )
            )
        y += height + size.gap_x
    height = y - size.gap_x
    lines = _lines(chain_map, boxes, sideways=False)
    return Plan(Form.narrow, width, height, tuple(bands), tuple(boxes), lines)


def _lines(chain_map: ChainMap, boxes: Sequence[Box], *, sideways: bool) -> tuple[Line, ...]:
    of_node = {box.node: box for box in boxes}
    drawn = dict.fromkeys(
        (link.source, link.target)
        for link in chain_map.links
        if link.source in of_node and link.target in of_node and link.source != link.target
    )
    return tuple(
        Line(source, target, _path(of_node[source], of_node[target], sideways=sideways))
        for source, target in drawn
    )


def _path(source: Box, target: Box, *, sideways: bool) -> str:
    """A curve from the side where products leave to the side where they arrive."""
    if sideways:
        x1, y1 = source.x + source.width, source.y + source.height // 2
        x2, y2 = target.x, target.y + target.height // 2
        if x2 > x1:
            middle = (x2 - x1) // 2
            return f"M{x1} {y1}C{x1 + middle} {y1} {x2 - middle} {y2} {x2} {y2}"
        # Both in one column, or backwards: around the right side.
        x2 = target.x + target.width
        bow = max(x1, x2) + 22
        return f"M{x1} {y1}C{bow} {y1} {bow} {y2} {x2} {y2}"
    x1, y1 = source.x + source.width // 2, source.y + source.height
    x2, y2 = target.x + target.width // 2, target.y
    reach = max(abs(y2 - y1) // 2, 10)
    return f"M{x1} {y1}C{x1} {y1 + reach} {x2} {y2 - reach} {x2} {y2}"
