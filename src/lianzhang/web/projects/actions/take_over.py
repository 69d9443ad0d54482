"""Take a project over from a table: registered as the table tells it, or brought up to date; and give it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.casework.flow import STAGES
from lianzhang.kernel import Conflict, Text, clock
from lianzhang.web.flow.actions import perform
from lianzhang.web.flow.actions.perform import locked, write_line
from lianzhang.web.flow.queries import subject_of
from lianzhang.web.journal.actions.record import plain, record
from lianzhang.web.people.permission import require_for
from lianzhang.web.projects.actions.begin import begin_project
from lianzhang.web.projects.actions.milestones import add_milestone, finish_milestone, postpone_milestone
from lianzhang.web.projects.actions.promises import promise, report_actual
from lianzhang.web.projects.models import Milestone, Project

#: A day is only known to have been kept when the project is said to be that far.
_REACHED = {"开工": STAGES[STAGES.index("started") :], "竣工": STAGES[STAGES.index("finished") :]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a table says of one project; None and empty where it says nothing. Money in 万元."""

    title: str
    source: str
    as_of: date
    chain: str
    #: The county or unit that reports on it.
    lead: Any
    stage: str = "lead"
    place: str = ""
    summary: str = ""
    milestones: Mapping[str, date] = field(default_factory=dict)
    investment: Decimal | None = None
    invested: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The project, and how it stood before (None for a new one) and stands now, for `give_back`."""

    project: UUID
    before: dict[str, Any] | None
    after: dict[str, Any]


def take_over(actor: Actor, told: Told, *, project_id: UUID | None = None) -> Taken:
    """Register the project, or bring `project_id` up to date; everything by the acts that people have too.

    A stage is entered with evidence only and is left alone; a promise stays as it was first made.
    """
    with transaction.atomic():
        before = None
        if project_id is None:
            content = {
                "title": told.title[:120],
                "place": told.place[:80],
                "summary": told.summary,
                "source": told.source[:200],
            }
            row = begin_project(actor, content, chain_id=told.chain, lead=told.lead, state=told.stage)
        else:
            row = locked(Project, project_id)
            require_for(actor, "project.act", subject_of(row, actor))
            before = _snapshot(row)
            _describe(actor, row, told)
        _milestones(actor, row.pk, told)
        _money(actor, row.pk, told)
        row.refresh_from_db()
        return Taken(row.pk, before, _snapshot(row))


def give_back(actor: Actor, taken: Taken, *, reason: str) -> None:
    """Undo `take_over`: a new project ends, a changed one is as before.

    Raises Conflict naming the project when somebody has worked on it since.
    """
    with transaction.atomic():
        row = locked(Project, taken.project)
        require_for(actor, "project.act", subject_of(row, actor))
        if _snapshot(row) != taken.after:
            raise Conflict(
                Text(
                    f"项目“{row.title}”在导入之后又有办理，不能随整批撤销。",
                    f"“{row.title}” has been worked on since the import and cannot be taken back with it.",
                ),
                Text("请在这个项目的页面上改正。", "Correct it on the page of the project."),
            )
        if taken.before is None:
            perform(actor, Project, row.pk, "end", {"reason": reason})
        else:
            _restore(actor, row, taken.before, reason)


def _describe(actor: Actor, row: Project, told: Told) -> None:
    said = {"summary": told.summary, "place": told.place[:80]}
    changed = {name: text for name, text in said.items() if text and getattr(row, name) != text}
    if not changed:
        return
    before = {name: getattr(row, name) for name in changed}
    for name, text in changed.items():
        setattr(row, name, text)
    row.touched = clock.now()
    row.save(update_fields=[*changed, "touched"])
    write_line(row, actor, "update", text=told.source, outward=True, before=row.state, given={})
    record(actor, "project.describe", f"project:{row.pk}", before=before, after=changed)


def _milestones(actor: Actor, project_id: UUID, told: Told) -> None:
    known = {one.name: one for one in Milestone.objects.filter(project=project_id)}
    for name, day in told.milestones.items():
        there = known.get(name)
        if there is None:
            there = add_milestone(actor, project_id, name, day)
        elif there.done is None and there.due != day:
            there = postpone_milestone(actor, project_id, there.pk, day, told.source)
        if there.done is None and day <= told.as_of and told.stage in _REACHED.get(name, ()):
            finish_milestone(actor, project_id, there.pk, day, told.source)


def _money(actor: Actor, project_id: UUID, told: Told) -> None:
    row = locked(Project, project_id)
    promised = row.promises.filter(measure="investment").first()
    if promised is None and told.investment:
        promised = promise(actor, project_id, "investment", told.investment, "万元")
    if promised is not None and told.invested is not None and promised.actual != told.invested:
        report_actual(actor, project_id, promised.pk, told.invested, told.as_of, told.source)


def _snapshot(row: Project) -> dict[str, Any]:
    """Everything a table can change, and what tells that somebody has worked on the project."""
    milestones = row.milestones.order_by("pk").values("name", "due", "done", "evidence", "moved")
    promises = row.promises.order_by("pk").values("measure", "promised", "actual", "as_of", "evidence")
    found: dict[str, Any] = plain(
        {
            "state": row.state,
            "summary": row.summary,
            "place": row.place,
            "version": row.version,
            "milestones": list(milestones),
            "promises": list(promises),
            "factors": row.factors.count(),
        }
    )
    return found


def _restore(actor: Actor, row: Project, before: dict[str, Any], reason: str) -> None:
    after = _snapshot(row)
    row.summary, row.place, row.touched = before["summary"], before["place"], clock.now()
    row.save(update_fields=["summary", "place", "touched"])
    old = {one["name"]: one for one in before["milestones"]}
    row.milestones.exclude(name__in=old).delete()
    for name, one in old.items():
        row.milestones.filter(name=name).update(
            due=one["due"], done=one["done"], evidence=one["evidence"], moved=one["moved"]
        )
    kept = {one["measure"]: one for one in before["promises"]}
    row.promises.exclude(measure__in=kept).delete()
    for measure, one in kept.items():
        row.promises.filter(measure=measure).update(
            actual=one["actual"], as_of=one["as_of"], evidence=one["evidence"]
        )
    write_line(row, actor, "update", text=reason, outward=True, before=row.state, given={})
    record(actor, "project.give_back", f"project:{row.pk}", before=after, after=before)
