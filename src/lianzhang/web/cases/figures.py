"""How requests are handled, in shares that each say of how many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q

from lianzhang.casework import Actor
from lianzhang.kernel import Text, clock
from lianzhang.web.cases.queries import visible_to

_ANSWERED = ("closed", "rated")


@dataclass(frozen=True, slots=True)
class Share:
    """Part of a whole, never shown without the whole."""

    name: str
    label: Text
    part: int
    base: int
    what: Text

    @property
    def per_cent(self) -> str:
        """The share with one decimal; a dash when there is nothing to take a share of."""
        return f"{self.part * 100 / self.base:.1f}%" if self.base else "—"


def figures(actor: Actor, *, rows: Any = None) -> list[Share]:
    """The shares over everything the actor may see, or over `rows`."""
    rows = (visible_to(actor) if rows is None else rows).exclude(state="draft").order_by()
    late = Q(handled__gt=F("handle_due")) | Q(handled=None, handle_due__lt=clock.now())
    counted = rows.aggregate(
        all=Count("pk"),
        late=Count("pk", filter=late),
        met=Count("pk", filter=Q(handled__lte=F("handle_due"))),
        answered=Count("pk", filter=Q(state__in=_ANSWERED)),
        solved=Count("pk", filter=Q(state__in=_ANSWERED, result="solved")),
        lawful=Count("pk", filter=Q(state__in=_ANSWERED) & ~Q(result="refused")),
        rated=Count("pk", filter=~Q(rating=None)),
        satisfied=Count("pk", filter=Q(rating__gte=4)),
        reopened=Count("pk", filter=Q(counts__reopened__gte=1)),
        open_again=Count("pk", filter=Q(counts__reopened__gte=1) & ~Q(state__in=_ANSWERED)),
        withdrawn=Count("pk", filter=Q(state="withdrawn")),
        planned_late=Count("pk", filter=Q(marks__icontains="plan_overdue")),
        planned=Count("pk", filter=Q(state="planned") | Q(marks__icontains="plan_overdue")),
        by_silence=Count("pk", filter=Q(marks__icontains="by_silence")),
    )
    return [
        Share(name, label, part, base, what)
        for name, label, part, base, what in (
            (
                *_ON_TIME,
                counted["met"],
                counted["met"] + counted["late"],
                Text("件已答复或已逾期", "answered or late"),
            ),
            (*_SOLVED_ALL, counted["solved"], counted["answered"], _CLOSED),
            (
                *_SOLVED_LAWFUL,
                counted["solved"],
                counted["lawful"],
                Text("件办结且可依法办理", "closed and lawful"),
            ),
            (*_SATISFIED, counted["satisfied"], counted["rated"], Text("件已评价", "rated")),
            (*_SILENT, counted["by_silence"], counted["answered"], _CLOSED),
            (*_REOPENED, counted["reopened"], counted["answered"] + counted["open_again"], _ONCE_CLOSED),
            (*_WITHDRAWN, counted["withdrawn"], counted["all"], Text("件诉求", "requests")),
            (*_PLANNED_LATE, counted["planned_late"], counted["planned"], Text("件列入计划", "planned")),
        )
    ]


_ON_TIME = ("on_time", Text("按期答复", "answered on time"))
_SOLVED_ALL = ("solved_all", Text("已解决（占全部办结）", "solved, of all"))
_SOLVED_LAWFUL = ("solved_lawful", Text("已解决（占可依法办理的）", "solved, of the lawful"))
_SATISFIED = ("satisfied", Text("满意（4、5档）", "satisfied (4 and 5)"))
_SILENT = ("silent", Text("企业未答复而办结", "closed in silence"))
_REOPENED = ("reopened", Text("重新办理", "reopened"))
_WITHDRAWN = ("withdrawn", Text("撤回", "withdrawn"))
_PLANNED_LATE = ("planned_late", Text("计划逾期", "planned and overdue"))
_CLOSED = Text("件已办结", "closed")
_ONCE_CLOSED = Text("件曾办结", "once closed")
