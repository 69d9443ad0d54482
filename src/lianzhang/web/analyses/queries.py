"""Reads of this noun. The first argument is always who asks."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from lianzhang.casework import Actor, may_ever
from lianzhang.web.analyses.models import Scenario

#: Scenarios that can be put side by side.
MOST_COMPARED = 4


def saved(actor: Actor) -> QuerySet[Scenario]:
    """The saved scenarios, the newest first; they name firms of the whole city."""
    if not may_ever(actor, "analysis.see").allowed:
        return Scenario.objects.none()
    return Scenario.objects.select_related("enterprise", "saved_by")


@dataclass(frozen=True, slots=True)
class Line:
    """A firm in the scenarios side by side: first day, days and worst loss in each, or None where it is not hit."""

    name: str
    cells: tuple[dict[str, object] | None, ...]

    @property
    def differs(self) -> bool:
        """Whether the scenarios say different things about the firm."""
        return any(cell != self.cells[0] for cell in self.cells)


def compared(scenarios: list[Scenario]) -> list[Line]:
    """Every firm that any scenario hits, those first that are not hit alike."""
    hits = [{hit["id"]: hit for hit in each.answer["hits"]} for each in scenarios]
    names = {key: hit["name"] for one in hits for key, hit in one.items()}
    lines = [Line(name, tuple(one.get(key) for one in hits)) for key, name in names.items()]
    return sorted(lines, key=lambda line: (not line.differs, line.name))
