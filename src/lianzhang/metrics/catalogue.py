"""The catalogue of measures (指标说明): what each says, how it is computed, after whom, and what it does not say."""

from __future__ import annotations

from dataclasses import dataclass

from lianzhang.kernel.text import Text
from lianzhang.metrics.catalogue_entries import OF_PLACES
from lianzhang.metrics.catalogue_networks import OF_NETWORKS


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    `group`: agglomeration, complexity, growth, structure, resilience or missing_links; `formula` in plain
    notation; `needs`: the columns it is computed from; `computed_by`: the public function of this room.
    """

    key: str
    group: str
    name: Text
    definition: Text
    formula: str
    reading: Text
    caveats: Text
    source: str
    needs: tuple[str, ...]
    computed_by: str


GROUPS: dict[str, Text] = {
    "agglomeration": Text("集聚", "Agglomeration"),
    "complexity": Text("复杂度与关联", "Complexity and relatedness"),
    "growth": Text("增长分解", "Growth taken apart"),
    "structure": Text("企业结构", "Structure of firms"),
    "resilience": Text("韧性与安全", "Resilience and security"),
    "missing_links": Text("缺失关系", "Missing links"),
}


def _measure(key: str, entry: dict[str, str]) -> Measure:
    def text(name: str) -> Text:
        return Text(zh=entry[f"{name}_zh"], en=entry[f"{name}_en"])

    return Measure(
        key=key,
        group=entry["group"],
        name=text("name"),
        definition=text("definition"),
        formula=entry["formula"],
        reading=text("reading"),
        caveats=text("caveats"),
        source=entry["source"],
        needs=tuple(entry["needs"].split(", ")),
        computed_by=entry["computed_by"],
    )


#: Every measure of the room by its key, in the order of the page.
CATALOGUE: dict[str, Measure] = {
    key: _measure(key, entry) for key, entry in (OF_PLACES | OF_NETWORKS).items()
}


def measures(group: str = "") -> tuple[Measure, ...]:
    """The measures of a group, or all."""
    return tuple(measure for measure in CATALOGUE.values() if not group or measure.group == group)
