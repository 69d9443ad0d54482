"""One county, one sub-field: what has been stated, and what is known beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lianzhang.web.chains import words
from lianzhang.web.chains.models import ChainPlace, County


@dataclass(frozen=True)
class Counties:
    """The rows, and the remarks that several rows share."""

    rows: list[CountyRow] = field(default_factory=list)
    #: Assignments to places that are no county of this city; shown among the other facts.
    elsewhere: list[Any] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def concerned(self) -> list[CountyRow]:
        """The counties that chose a field here or where its links are seen: all that a sub-field's page lists."""
        return [row for row in self.rows if row.settled or row.seen]

    @property
    def settled(self) -> int:
        """How many counties have a sub-field that a fact states."""
        return sum(1 for row in self.rows if row.settled)


@dataclass(frozen=True)
class CountyRow:
    """A county with the sub-fields that accepted facts give it, and the pack's remarks."""

    id: str
    name: str
    tile_name: str
    level: str
    tile_row: int | None
    tile_column: int | None
    chosen: list[Any]
    fields: list[str]
    colour: int
    seen: list[str]
    #: Number of the remark below the table, counted from 1; 0 for none.
    remark: int

    @property
    def settled(self) -> bool:
        """Whether an accepted fact states the sub-field."""
        return bool(self.chosen)


def counties_of(
    facts: Iterable[Any],
    *,
    counties: Iterable[County],
    places: Iterable[ChainPlace],
    names: words.Names,
) -> Counties:
    """All counties and zones in the order of the pack; none is left out for want of facts."""
    counties = list(counties)
    ids = {county.region_code: county.id for county in counties if county.region_code}
    ids |= {county.name: county.id for county in counties}
    chosen: dict[str, list[Any]] = defaultdict(list)
    for fact in facts:
        chosen[ids.get(fact.subject) or ids.get(fact.region_code or "", "")].append(fact)
    said = {county.id: _remark(county) for county in counties}
    remarks = list(dict.fromkeys(said[county.id] for county in counties if said.get(county.id)))
    seen: dict[str, list[str]] = defaultdict(list)
    for place in places:
        seen[place.county_id].append(names.say(place.chain.name))
    colours = _colours(fact.sub_field for group in chosen.values() for fact in group)
    rows = [
        CountyRow(
            id=county.id,
            name=names.say(county.name),
            tile_name=county.short_name_en if words.is_english() else county.short_name,
            level=words.county_level(county.level),
            tile_row=county.tile_row,
            tile_column=county.tile_column,
            chosen=chosen[county.id],
            fields=list(dict.fromkeys(names.say(fact.sub_field) for fact in chosen[county.id])),
            colour=colours.get(chosen[county.id][0].sub_field, 0) if chosen[county.id] else 0,
            seen=seen[county.id],
            remark=remarks.index(said[county.id]) + 1 if said.get(county.id) else 0,
        )
        for county in counties
    ]
    return Counties(rows, chosen.get("", []), remarks)


def _remark(county: Any) -> str:
    return (county.doubt_en if words.is_english() else county.doubt) or ""


def _colours(fields: Iterable[str]) -> dict[str, int]:
    """One of the eight tile colours for each field, the same one wherever the field appears."""
    return {name: 1 + position % 8 for position, name in enumerate(sorted(set(fields)))}
