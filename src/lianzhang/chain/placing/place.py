"""Placing the enterprises of a registry on nodes by the items of their business scopes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from lianzhang.chain.model import NodeTerms
from lianzhang.chain.placing.scopes import Scopes

Integers = npt.NDArray[np.integer]
#: How many nodes one look at all scopes serves.
NODES_AT_A_TIME = 128


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an enterprise stands on a node: the words, and where they begin in its scope (characters)."""

    item: str
    item_start: int
    term: str
    term_start: int


@dataclass(frozen=True, slots=True)
class NodePlaces:
    """The enterprises on one node, in the order of the registry.

    `rows`: the enterprises. `segments`: how many segments of the scope say so. The first of them is the
    evidence: `occurrences` is its place in `Scopes.ids`, `item` its item, `term` the term (a place in
    `terms`) and `position` where the term stands, both as `TermIndex` numbers them.
    """

    node: str
    terms: tuple[str, ...]
    rows: Integers
    segments: Integers
    occurrences: Integers
    item: Integers
    term: Integers
    position: Integers

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class _Hits:
    """The segments that place on a node, ascending, and the words in each that do."""

    segment: Integers
    item: Integers
    term: Integers
    position: Integers

    def __len__(self) -> int:
        return len(self.segment)


def place(scopes: Scopes, nodes: Sequence[NodeTerms]) -> Iterator[NodePlaces]:
    """The enterprises on each node, in the order of `nodes`.

    An enterprise stands on a node when one of its items holds a term, a word that the node needs (if it
    needs any) and none of the vetoes; a veto covers the item it stands in and no other. Of several terms
    in an item the first, then the longest, is the evidence. Works through some nodes at a time, so that a
    long run can be shown and stopped.
    """
    for begin in range(0, len(nodes), NODES_AT_A_TIME):
        batch = nodes[begin : begin + NODES_AT_A_TIME]
        hits = [_hits(scopes, node) for node in batch]
        yield from _places(scopes, batch, hits, _scanned(scopes, hits))


def place_node(scopes: Scopes, node: NodeTerms) -> NodePlaces:
    """The enterprises on one node, found through the sharers of its segments: quick when asked again."""
    hits = [_hits(scopes, node)]
    (places,) = _places(scopes, [node], hits, _looked_up(scopes, hits[0]))
    return places


def _scanned(scopes: Scopes, hits: Sequence[_Hits]) -> tuple[Integers, Integers]:
    """Where segments that place stand in `ids`, and their hits (numbered through), node by node.

    One look at every place in `ids` serves all nodes. Places come out ascending and are then ordered by
    node, which leaves them ascending within each: a stable sort of sixteen bits, done by radix.
    """
    segment = np.concatenate([hit.segment for hit in hits])
    by_segment = np.argsort(segment, kind="stable").astype(np.int32)
    count = np.bincount(segment, minlength=len(scopes.segments)).astype(np.int32)
    begin = np.cumsum(count, dtype=np.int32) - count
    at = np.flatnonzero((count > 0)[scopes.ids])
    segments = scopes.ids[at]
    many = count[segments]
    before = np.cumsum(many) - many
    # For each of these places the hits of its segment one after the other.
    hit = by_segment[np.arange(int(many.sum())) - np.repeat(before - begin[segments], many)]
    by_node = np.argsort(_nodes_of(hits)[hit], kind="stable")
    return np.repeat(at, many)[by_node], hit[by_node]


def _looked_up(scopes: Scopes, hits: _Hits) -> tuple[Integers, Integers]:
    """The same for one node, reading only the places that hold its segments."""
    bounds, sharers = scopes.sharers
    begin = bounds[hits.segment]
    count = bounds[hits.segment + 1] - begin
    ramp = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count - begin, count)
    hit = np.repeat(np.arange(len(count)), count)
    # Back into the order of the registry; one sort of both numbers together is the quickest.
    both = np.sort(sharers[ramp].astype(np.int64) << 32 | hit)
    return both >> 32, both & 0xFFFFFFFF


def _places(
    scopes: Scopes, nodes: Sequence[NodeTerms], hits: Sequence[_Hits], found: tuple[Integers, Integers]
) -> Iterator[NodePlaces]:
    """One row for each enterprise on each node, with its first segment as evidence."""
    occurrence, hit = found
    item, term, position = (
        np.concatenate([getattr(each, name) for each in hits]) for name in ("item", "term", "position")
    )
    ends = np.searchsorted(hit_node := _nodes_of(hits)[hit], np.arange(len(hits) + 1))
    rows = scopes.rows[occurrence]
    first = np.ones(len(rows), bool)
    first[1:] = (rows[1:] != rows[:-1]) | (hit_node[1:] != hit_node[:-1])
    for number, node in enumerate(nodes):
        lower, upper = int(ends[number]), int(ends[number + 1])
        at = np.flatnonzero(first[lower:upper]) + lower
        chosen = hit[at]
        yield NodePlaces(
            node=node.id,
            terms=_terms(node),
            rows=rows[at],
            segments=np.diff(np.append(at, upper)),
            occurrences=occurrence[at],
            item=item[chosen],
            term=term[chosen],
            position=position[chosen],
        )


def _nodes_of(hits: Sequence[_Hits]) -> npt.NDArray[np.uint16]:
    return np.repeat(np.arange(len(hits), dtype=np.uint16), [len(each) for each in hits])


def _terms(node: NodeTerms) -> tuple[str, ...]:
    return tuple(dict.fromkeys(node.any))


def _hits(scopes: Scopes, node: NodeTerms) -> _Hits:
    index, terms = scopes.terms, _terms(node)
    found = [index.find(term) for term in terms]
    item = np.concatenate([items for items, _ in found] or [np.empty(0, np.int64)])
    position = np.concatenate([places for _, places in found] or [np.empty(0, np.int64)])
    term = np.repeat(np.arange(len(found)), [len(items) for items, _ in found])
    if len(found) > 1:
        shortness = -np.array([len(text) for text in terms])
        order = np.lexsort((shortness[term], position, item))
        item, position, term = item[order], position[order], term[order]
    if node.needs:
        keep = _among(item, np.unique(np.concatenate([index.find(word)[0] for word in node.needs])))
        item, position, term = item[keep], position[keep], term[keep]
    for veto in node.veto:
        keep = ~_among(item, index.find(veto)[0])
        item, position, term = item[keep], position[keep], term[keep]
    segment = index.item_text[item]
    first = np.ones(len(segment), bool)
    first[1:] = segment[1:] != segment[:-1]
    return _Hits(segment[first].astype(np.int64), item[first], term[first], position[first])


def _among(items: Integers, ascending: Integers) -> npt.NDArray[np.bool_]:
    """Which of `items` stand in `ascending`."""
    if len(ascending) == 0:
        return np.zeros(len(items), bool)
    at = np.minimum(np.searchsorted(ascending, items), len(ascending) - 1)
    among: npt.NDArray[np.bool_] = ascending[at] == items
    return among


def place_table(scopes: Scopes, places: NodePlaces) -> pl.DataFrame:
    """The places of one node as rows.

    Columns: `row` (place in the registry), `node`, `item` (the item's text), `item_start` and
    `term_start` (characters from the beginning of the scope), `term`, `segments` (how many say so).
    """
    index = scopes.terms
    segment = index.item_text[places.item]
    text_start = index.text_start[segment]
    offset = scopes.starts[places.occurrences] - text_start
    lead = index.item_start[places.item]
    raw = (
        scopes.segments.gather(segment)
        .rename("raw")
        .to_frame()
        .select(
            pl.col("raw").str.slice(
                pl.Series(lead - text_start), pl.Series(index.item_end[places.item] - lead)
            )
        )["raw"]
    )
    bare = raw.str.strip_chars_start()
    stripped = (raw.str.len_chars() - bare.str.len_chars()).to_numpy().astype(np.int64)
    return pl.DataFrame(
        {
            "row": places.rows.astype(np.int64),
            "node": pl.repeat(places.node, len(places), dtype=pl.String, eager=True),
            "item": bare.str.strip_chars_end(),
            "item_start": lead + offset + stripped,
            "term": pl.Series(list(places.terms), dtype=pl.String).gather(places.term),
            "term_start": places.position + offset,
            "segments": places.segments.astype(np.int64),
        }
    )
