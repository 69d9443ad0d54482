"""The map as pictures: what stands in every box, cut to fit, and where the county squares are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from lianzhang.chain import Band, Box, ChainMap, Form, Grouped, Line, Mark, Node, NodeCoverage, plan
from lianzhang.kernel import Text
from lianzhang.web.chains import words
from lianzhang.web.chains.models import County
from lianzhang.web.chains.standing import Standing

#: Units that fit beside each other in a box; a Han character is two. The leading firm shares its line with
#: the word of the mark.
NAME_UNITS, NOTE_UNITS, LEADING_UNITS = 20, 27, 17


@dataclass(frozen=True, slots=True)
class Drawn:
    """One node as it is drawn."""

    box: Box
    href: str
    mark: Mark
    lines: tuple[str, ...]
    word: str
    firms: str
    leading: str
    #: Everything the box shows, in one sentence, for those who hear or hover.
    said: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing of the map."""

    form: Form
    width: int
    height: int
    bands: tuple[tuple[Band, str], ...]
    nodes: tuple[Drawn, ...]
    lines: tuple[Line, ...]


def picture(
    chain_map: ChainMap,
    nodes: Mapping[str, NodeCoverage],
    *,
    form: Form,
    href: Callable[[str], str],
    counties: Mapping[str, str],
    may_name: Callable[..., bool],
) -> Picture:
    """The drawing of a map; `href` leads from a node to its page, `counties` gives short names by code."""
    laid = plan(chain_map, form=form)
    return Picture(
        form=form,
        width=laid.width,
        height=laid.height,
        bands=tuple((band, words.spoken(band.stage.label)) for band in laid.bands),
        nodes=tuple(
            _drawn(box, chain_map.by_id[box.node], nodes[box.node], href, counties, may_name)
            for box in laid.boxes
        ),
        lines=laid.lines,
    )


def _drawn(
    box: Box,
    node: Node,
    found: NodeCoverage,
    href: Callable[[str], str],
    counties: Mapping[str, str],
    may_name: Callable[..., bool],
) -> Drawn:
    name, rule, word = words.spoken(node.name), words.spoken(found.rule), words.spoken(found.mark.label)
    firms = _firms(found, counties)
    leading = next((firm.name for firm in found.leading if may_name(firm)), "")
    return Drawn(
        box=box,
        href=href(node.id),
        mark=found.mark,
        lines=wrapped(name, NAME_UNITS, lines=2),
        word=word,
        firms=_cut(firms, NOTE_UNITS),
        leading=_cut(leading, LEADING_UNITS),
        said=" · ".join(part for part in (name, word, rule, firms, leading) if part),
    )


def _firms(found: NodeCoverage, counties: Mapping[str, str]) -> str:
    if not found.firms:
        return ""
    count = ngettext("%(n)s家", "%(n)s家", len(found.firms)) % {"n": len(found.firms)}
    most = sorted(found.counties.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
    places = [f"{counties.get(code, code)}{number}" for code, number in most]
    share = ""
    if found.local_share is not None:
        share = gettext("本地配套%(share)s") % {"share": f"{found.local_share * 100:.0f}%"}
    return " ".join(part for part in (count, share, "·".join(places)) if part)


def units(text: str) -> int:
    """How wide a text is: two for a Han character, one for a Latin letter."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def wrapped(text: str, width: int, *, lines: int) -> tuple[str, ...]:
    """The text in at most so many lines of so many units; what does not fit ends in an ellipsis."""
    found: list[str] = []
    rest = text.strip()
    while rest and len(found) < lines:
        if units(rest) <= width:
            found.append(rest)
            return tuple(found)
        at = _fitting(rest, width)
        if len(found) == lines - 1:
            return (*found, rest[: _fitting(rest, width - 2)].rstrip() + "…")
        space = rest.rfind(" ", 1, at + 1)
        at = space if space > 0 and rest[at].isascii() else at
        found.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return tuple(found)


def _cut(text: str, width: int) -> str:
    return next(iter(wrapped(text, width, lines=1)), "")


def _fitting(text: str, width: int) -> int:
    used = 0
    for at, sign in enumerate(text):
        used += units(sign)
        if used > width:
            return max(at, 1)
    return len(text)


def coverage_of_groups(whole: Grouped, nodes: Mapping[str, NodeCoverage]) -> dict[str, NodeCoverage]:
    """How each group of a large map stands: its firms, and how many of its nodes have which mark."""
    found = {}
    for group, members in whole.members.items():
        inside = [nodes[node] for node in members]
        firms = {firm.id: firm for node in inside for firm in node.firms}
        counts = Counter(node.mark for node in inside)
        marks = [mark for mark in _GRAVEST_FIRST if counts[mark]]
        told = [(counts[mark], mark.label) for mark in marks]
        found[group] = NodeCoverage(
            node=group,
            mark=marks[0] if len(marks) == 1 else Mark.weak if counts[Mark.gap] else Mark.present,
            rule=Text(
                "，".join(f"{label.zh}{count}个环节" for count, label in told),
                ", ".join(f"{label.en}: {count}" for count, label in told),
            ),
            firms=tuple(firms.values()),
            counties=Counter(firm.county for firm in firms.values() if firm.county),
        )
    return found


_GRAVEST_FIRST = (Mark.gap, Mark.single, Mark.weak, Mark.unknown, Mark.present, Mark.strong)


@dataclass(frozen=True, slots=True)
class Square:
    """A county as a square: how many nodes and firms it has on the map."""

    county: County
    name: str
    nodes: int
    firms: int
    #: 0 (none) to 4 (most), by quarters of the largest count.
    depth: int


def squares(counties: Iterable[County], shown: Standing) -> list[Square]:
    """The tile cartogram (方块示意图): one square a county; no boundaries, no areas."""
    nodes: dict[str, int] = {}
    firms: dict[str, set[str]] = {}
    for found in shown.coverage.nodes.values():
        for firm in found.firms:
            firms.setdefault(firm.county, set()).add(firm.id)
        for county in found.counties:
            nodes[county] = nodes.get(county, 0) + 1
    most = max((len(ids) for code, ids in firms.items() if code), default=0)
    made = []
    for county in counties:
        here = len(firms.get(county.pk, ()))
        depth = -(-4 * here // most) if most and here else 0
        name = (words.is_english() and county.short_name_en) or county.short_name or county.name
        made.append(Square(county, name, nodes.get(county.pk, 0), here, depth))
    return made
