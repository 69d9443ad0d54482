"""The matrix: what counties report on the ten, and what the cases say on the seven. Nothing is entered twice.

Of the ten each county says how far it is, with evidence; of the seven the factor needs of projects are counted as
they stand. An empty cell is unknown, never “not done”.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from lianzhang.casework import Actor
from lianzhang.kernel import Text, clock
from lianzhang.web.chains import queries as chains
from lianzhang.web.flow import rules
from lianzhang.web.ledgers import queries as ledgers
from lianzhang.web.projects import queries as projects

#: The one of the seven that the public text does not name: it is read from the same phrase.
_INFERRED = frozenset({"energy"})
_STATES = {
    "done": ("good", Text("已完成", "done")),
    "doing": ("warning", Text("进行中", "under way")),
    "not": ("danger", Text("未开展", "not begun")),
    "not_applicable": ("info", Text("不适用", "not applicable")),
}
_UNKNOWN = ("", Text("未填", "not reported"))
_NO_NEED = ("", Text("无", "none raised"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One county and one measure: a colour with its word, the evidence, and where more is said."""

    tone: str
    word: Text
    evidence: str = ""
    on: date | None = None
    #: Query of the address of what stands behind it; empty when nothing does.
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One row. `announced` is what there should be (counties to which one of the ten applies, needs raised for one
    of the seven), `found` what is there: done with evidence, needs met."""

    id: str
    name: Text
    group: str
    quoted: bool
    cells: tuple[tuple[Any, Cell], ...]
    announced: int
    found: int

    @property
    def unknown(self) -> int:
        """Counties of which nothing is said."""
        return sum(not cell.tone for _, cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole page."""

    chain: Any
    counties: tuple[Any, ...]
    ten: tuple[Measure, ...]
    seven: tuple[Measure, ...]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All rows."""
        return self.ten + self.seven

    @property
    def quoted(self) -> int:
        """How many of the announced ten and seven the public text names; the others are drafts."""
        return sum(measure.quoted for measure in self.measures)


def chains_of(actor: Actor) -> list[Any]:
    """Chains whose matrix the actor may see: overall ones, not their sub-fields."""
    return [chain for chain in ledgers.visible_chains(actor) if not chain.parent_id]


def matrix_of(actor: Actor, slug: str) -> Matrix | None:
    """The matrix of a chain; None for a chain that is none of the actor's business."""
    chain = next((one for one in chains_of(actor) if one.pk == slug), None)
    if chain is None:
        return None
    counties = tuple(chains.every_county())
    return Matrix(chain, counties, tuple(_ten(chain, counties)), tuple(_seven(chain, counties)))


def _ten(chain: Any, counties: tuple[Any, ...]) -> Iterable[Measure]:
    progress = ledgers.ten_of(chain)
    for item in ledgers.ledgers().ten:
        cells = tuple((county, _reported(progress.get((county.pk, item.id)))) for county in counties)
        due = [cell for _, cell in cells if cell.word != _STATES["not_applicable"][1]]
        done = sum(cell.tone == "good" and bool(cell.evidence) for cell in due)
        yield Measure(item.id, item.name, "ten", item.status == "quoted", cells, len(due), done)


def _reported(row: Any) -> Cell:
    if row is None:
        return Cell(*_UNKNOWN)
    return Cell(*_STATES[row.state], evidence=row.evidence, on=row.on)


def _seven(chain: Any, counties: tuple[Any, ...]) -> Iterable[Measure]:
    needs: dict[tuple[str, str], list[Any]] = defaultdict(list)
    rows = projects.counted_factors([chain.pk, *chain.sub_chains.values_list("pk", flat=True)])
    for row in rows:
        needs[row.factor, row.region_code].append(row)
    for factor, name in rules.presets("project").words["factors"].items():
        by_county = [(county, needs[factor, county.region_code or county.pk]) for county in counties]
        cells = tuple((county, _counted(found, factor, county)) for county, found in by_county)
        found = [row for _, rows_there in by_county for row in rows_there]
        met = sum(row.state == "closed" for row in found)
        yield Measure(factor, name, "seven", factor not in _INFERRED, cells, len(found), met)


def _counted(rows: list[Any], factor: str, county: Any) -> Cell:
    if not rows:
        return Cell(*_NO_NEED)
    now = clock.now()
    open_ones = [row for row in rows if row.state not in ("closed", "withdrawn")]
    late = sum(row.due is not None and row.due < now for row in open_ones)
    met = sum(row.state == "closed" for row in rows)
    tone = "danger" if late else "warning" if open_ones else "good"
    parts = [Text(f"落实{met}/{len(rows)}项", f"{met} of {len(rows)} met")]
    if open_ones:
        parts.append(Text(f"在办{len(open_ones)}", f"{len(open_ones)} open"))
    if late:
        parts.append(Text(f"逾期{late}", f"{late} overdue"))
    word = Text("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))
    behind = f"factor={factor}&county={county.region_code or county.pk}"
    return Cell(tone, word, behind=behind)
