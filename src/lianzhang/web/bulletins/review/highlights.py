"""The original text in lines and pieces, with the places of claims and of damage marked.

Places count characters (code points) of the original. Every piece carries where it begins, so that the
browser can find a place again although it counts in UTF-16 units.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

#: A text longer than this is shown in excerpts around its claims.
WHOLE = 40_000
#: Lines shown around a marked one in an excerpt.
_AROUND = 1


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the text: `mark` names what it belongs to, `anchor` is set on its main place."""

    start: int
    end: int
    mark: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters with the same marks. `anchors` are the ids that begin here."""

    start: int
    text: str
    marks: tuple[str, ...] = ()
    damage: int | None = None
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text, or the note that lines are left out (`omitted` characters)."""

    start: int
    pieces: tuple[Piece, ...] = ()
    omitted: int = 0


@dataclass(slots=True)
class _Edges:
    """What begins and ends at one position."""

    opens: list[str] = field(default_factory=list)
    closes: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)


def lines_of(text: str, places: Iterable[Place], damages: Sequence[tuple[int, int]] = ()) -> list[Line]:
    """The text line by line. Places may overlap, repeat and run over line ends; empty ones are left out."""
    places = [place for place in places if 0 <= place.start < place.end <= len(text)]
    edges = _edges(places)
    damages = sorted(damages)
    cuts = sorted({*edges, *(end for damage in damages for end in damage)})
    lines = []
    open_marks: dict[str, int] = {}
    start = 0
    for raw in text.split("\n"):
        end = start + len(raw)
        first, last = bisect_right(cuts, start - 1), bisect_right(cuts, end)
        pieces = list(_pieces(text, [start, *cuts[first:last], end], edges, damages, open_marks))
        lines.append(Line(start, tuple(pieces)))
        # What ends or begins exactly at the line end belongs to this line or the next, never to none.
        start = end + 1
    return lines if len(text) <= WHOLE else _excerpts(lines)


def _edges(places: Iterable[Place]) -> dict[int, _Edges]:
    edges: dict[int, _Edges] = defaultdict(_Edges)
    for place in places:
        edges[place.start].opens.append(place.mark)
        edges[place.end].closes.append(place.mark)
        if place.anchor:
            edges[place.start].anchors.append(place.anchor)
    return edges


def _pieces(
    text: str,
    cuts: list[int],
    edges: dict[int, _Edges],
    damages: Sequence[tuple[int, int]],
    open_marks: dict[str, int],
) -> Iterable[Piece]:
    """The pieces of one line; `open_marks` runs on from line to line."""
    passed: set[int] = set()
    for position, following in zip(cuts, [*cuts[1:], None], strict=True):
        anchors: tuple[str, ...] = ()
        if position not in passed:
            passed.add(position)
            anchors = _turn(edges.get(position), open_marks)
        stop = position if following is None else following
        if stop > position or anchors:
            yield Piece(
                position, text[position:stop], tuple(open_marks), _damage_at(damages, position), anchors
            )


def _turn(edge: _Edges | None, open_marks: dict[str, int]) -> tuple[str, ...]:
    """Close and open what this position closes and opens; returns the anchors that begin here."""
    if edge is None:
        return ()
    for mark in edge.closes:
        open_marks[mark] -= 1
        if not open_marks[mark]:
            del open_marks[mark]
    for mark in edge.opens:
        open_marks[mark] = open_marks.get(mark, 0) + 1
    anchors = tuple(edge.anchors)
    # A position at a line end is met twice: as the end of one line and never again.
    edge.closes, edge.opens, edge.anchors = [], [], []
    return anchors


def _damage_at(damages: Sequence[tuple[int, int]], position: int) -> int | None:
    for number, (start, end) in enumerate(damages):
        if start <= position < end:
            return number
    return None


def _excerpts(lines: list[Line]) -> list[Line]:
    """The lines with main places and their neighbours; what lies between is left out, with its length."""
    wanted: set[int] = set()
    for number, line in enumerate(lines):
        if any(piece.anchors for piece in line.pieces):
            wanted |= set(range(number - _AROUND, number + _AROUND + 1))
    shown: list[Line] = []
    left_out = 0
    for number, line in enumerate(lines):
        if number in wanted or number == 0:
            if left_out:
                shown.append(Line(line.start, omitted=left_out))
                left_out = 0
            shown.append(line)
        else:
            left_out += sum(len(piece.text) for piece in line.pieces) + 1
    if left_out:
        shown.append(Line(lines[-1].start, omitted=left_out))
    return shown


def places_of(claims: Iterable[Any]) -> list[Place]:
    """The places of claims and of their mentions, marked with the claim's ordinal."""
    found = []
    for claim in claims:
        mark = str(claim.ordinal)
        found.append(Place(claim.start, claim.end, mark, f"c{claim.pk}"))
        found += [Place(start, end, mark) for start, end in claim.mentions]
    return found
