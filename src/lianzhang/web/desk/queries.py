"""What waits for the actor, over all kinds of cases. The first argument is who asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from lianzhang.casework import FLOWS, VERBS, Actor, Role, may_ever
from lianzhang.kernel import Text, clock
from lianzhang.web.cases import queries as cases
from lianzhang.web.flow import rules
from lianzhang.web.flow.columns import CaseColumns
from lianzhang.web.flow.queries import attachment, mine_to_do, model_of
from lianzhang.web.meetings import queries as meetings
from lianzhang.web.pairings import queries as pairings
from lianzhang.web.problems import queries as problems
from lianzhang.web.projects import queries as projects
from lianzhang.web.visits import queries as visits

#: Where the page of a case of each kind is.
_PAGES = {
    "request": "cases:request",
    "problem": "problems:problem",
    "meeting": "meetings:meeting",
    "resolution": "meetings:resolution",
    "project": "projects:project",
    "factor": "projects:factor",
    "need": "pairings:need",
    "visit": "visits:visit",
}
#: How many of each kind are listed; the rest is on the list of the kind.
_MOST = 40


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the desk."""

    row: CaseColumns
    title: str
    href: str
    kind: Text
    state: Text
    late: bool
    today: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits, in the order in which it is due."""

    late: list[Item]
    today: list[Item]
    later: list[Item]
    count: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (self.late or self.today or self.later)


def desk_of(actor: Actor) -> Desk:
    """Everything that waits for the actor."""
    now = clock.now()
    items: list[Item] = []
    count = 0
    for kind in _PAGES:
        rows = _waiting(actor, kind)
        if rows is None:
            continue
        count += rows.count()
        items += [_item(actor, row, now) for row in rows[:_MOST]]
    items.sort(key=lambda item: (item.row.due is None, item.row.due or now))
    late = [item for item in items if item.late]
    today = [item for item in items if item.today and not item.late]
    later = [item for item in items if not item.late and not item.today]
    return Desk(late, today, later, count)


def _waiting(actor: Actor, kind: str) -> Any:
    if f"{kind}.see" not in VERBS or not may_ever(actor, f"{kind}.see").allowed:
        return None
    if kind == "request":
        return cases.overdue(actor) if actor.role is Role.chief else cases.todo(actor)
    if kind == "resolution" and actor.role is Role.chief:
        return meetings.ledger(actor, late=True)
    model = model_of(kind)
    if model is None:
        return None
    if kind == "need":
        return (
            mine_to_do(actor, model)
            .filter(pk__in=pairings.visible_to(actor).values("pk"))
            .select_related("firm")
        )
    return mine_to_do(actor, model).select_related("firm", "lead", "owner").order_by("due", "created")


def _item(actor: Actor, row: CaseColumns, now: datetime) -> Item:
    flow = FLOWS[row.kind]
    # What a need is called may be hidden from its reader.
    title = pairings.view_of(actor, row).title if row.kind == "need" else row.title or str(row.number)
    today = now.astimezone(clock.CHINA).date()
    return Item(
        row,
        title,
        href_of(row.kind, row.pk),
        flow.label,
        flow.state(row.state).label,
        late=row.due is not None and row.due < now,
        today=row.due is not None and row.due.astimezone(clock.CHINA).date() == today,
    )


#: Who may see a case of a kind is the business of its noun.
_DOORS: dict[str, Callable[[Actor, UUID], Any]] = {
    "request": cases.one,
    "problem": problems.one,
    "meeting": meetings.one,
    "resolution": meetings.resolution,
    "project": projects.one,
    "factor": lambda actor, subject: projects.factors(actor).filter(pk=subject).first(),
    "need": pairings.one,
    "visit": visits.one,
}


def file_of(actor: Actor, file_id: UUID) -> Any:
    """An attached file, if the actor may see its case now; asked anew for every download."""
    known = attachment(actor, file_id)
    if known is None or known[1].kind not in _DOORS:
        return None
    file, step = known
    hidden = (
        step.kind == "need" and actor.role in pairings.PARTNERS and step.action not in pairings.SHARED_LINES
    )
    if hidden or _DOORS[step.kind](actor, step.subject) is None:
        return None
    return file


def href_of(kind: str, subject: Any) -> str:
    """The page of a case, or the list of a thing without one; the desk itself for what has neither."""
    if kind == "delegation":
        return reverse("people:delegations")
    try:
        return reverse(_PAGES.get(kind, ""), args=[subject])
    except NoReverseMatch:
        return reverse("desk:home")


def calendar_warning(actor: Actor) -> Text | None:
    """What must be said about the calendar to those whose work it concerns."""
    if actor.role not in (
        Role.chain_officer,
        Role.system_admin,
        Role.department_officer,
        Role.county_officer,
    ):
        return None
    return rules.calendar().warning(clock.today())
