"""Which unit should have a request, and why; which requests are like it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from lianzhang.casework import Actor
from lianzhang.kernel import Text
from lianzhang.web.cases.likeness import likeness, pairs
from lianzhang.web.cases.models import Request
from lianzhang.web.flow import rules
from lianzhang.web.people.queries import UNITS, directory

#: How alike requests must be to be shown as one another's like, and among how many recent ones is looked.
_SAME, _LIKE, _RECENT = 0.5, 0.18, 400


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit with the reason for it."""

    unit: Any
    why: Text


class Suggester:
    """Suggestions for many requests at once: history and directory are read a single time."""

    def __init__(self) -> None:
        self._units = {unit.pk: unit for unit in directory(*UNITS)}
        self._words = rules.presets("request").words.get("units", {})
        self._topics = rules.presets("request").words["topics"]
        closed = Request.objects.filter(state__in=("closed", "rated"), lead__isnull=False, result="solved")
        counted = closed.order_by().values_list("topic", "lead_id").annotate(n=Count("pk")).order_by("-n")
        self._history: dict[str, tuple[Any, int]] = {}
        for topic, lead, n in counted:
            self._history.setdefault(topic, (lead, n))

    def unit_for(self, row: Request) -> Suggestion | None:
        """The unit for this request; None when nothing speaks for any."""
        topic = self._topics.get(row.topic)
        if (word := self._words.get(row.topic)) and topic:
            for unit in self._units.values():
                if word.zh in unit.name:
                    why = Text(f"“{topic.zh}”事项属其职责", f"“{topic.en}” is its duty")
                    return Suggestion(unit, why)
        lead, n = self._history.get(row.topic, (None, 0))
        if lead in self._units and topic:
            return Suggestion(
                self._units[lead],
                Text(f"已解决过{n}件“{topic.zh}”类诉求", f"solved {n} requests on “{topic.en}”"),
            )
        return None


def same_again(actor: Actor, row: Request) -> list[Request]:
    """Requests of the same firm that are open or recent and seem to say the same."""
    if row.firm_id is None and row.enterprise_id is None:
        return []
    theirs = Q(firm_id=row.firm_id) if row.firm_id else Q(enterprise_id=row.enterprise_id)
    others = Request.objects.filter(theirs).exclude(pk=row.pk).exclude(state="draft")
    mine = pairs(f"{row.title}{row.text}")
    found = [(likeness(mine, pairs(f"{other.title}{other.text}")), other) for other in others[:100]]
    return [other for how, other in sorted(found, key=lambda one: -one[0]) if how >= _SAME][:3]


def answered_before(topic: str, text: str, *, besides: object = None) -> list[Request]:
    """Answered requests on the same topic that are like this one, the likest first.

    Shown to firms as title and answer only, and never those that were marked confidential.
    """
    mine = pairs(text)
    rows = Request.objects.filter(topic=topic, state__in=("closed", "rated"), confidential=False)
    rows = rows.exclude(pk=besides).only("pk", "title", "text", "result", "number", "matter")
    found = [
        (likeness(mine, pairs(f"{row.title}{row.text}")), row) for row in rows.order_by("-created")[:_RECENT]
    ]
    return [row for how, row in sorted(found, key=lambda one: -one[0]) if how >= _LIKE][:3]
