"""Milestones: add one, put its day off with a reason, finish it with evidence."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.web.flow.actions.perform import locked, write_line
from lianzhang.web.flow.queries import subject_of
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.projects.models import Milestone, Project


def add_milestone(actor: Actor, project_id: UUID, name: str, due: date) -> Milestone:
    """A new milestone. Its first day is kept for good."""
    if not name.strip():
        raise LianzhangError(Text("请写节点名称。", "Name the milestone."))
    with transaction.atomic():
        project = _locked(actor, project_id)
        if project.milestones.filter(name=name.strip()).exists():
            raise LianzhangError(Text(f"已有节点“{name}”。", f"There is a milestone “{name}” already."))
        row = Milestone.objects.create(project=project, name=name.strip()[:80], due=due, first_due=due)
        _write(actor, project, "milestone", f"{row.name} {due:%Y-%m-%d}", {"milestone": row.name, "due": due})
    return row


def postpone_milestone(
    actor: Actor, project_id: UUID, milestone_id: int, due: date, reason: str
) -> Milestone:
    """Another day for a milestone. A reason is needed, and every move is counted and told."""
    if not reason.strip():
        raise LianzhangError(Text("改期须写明理由。", "A moved date needs a reason."))
    with transaction.atomic():
        project = _locked(actor, project_id)
        row = _milestone(project, milestone_id)
        if due == row.due:
            raise LianzhangError(Text("新日期与原日期相同。", "The date is the same."))
        before, row.due = row.due, due
        row.moved += 1
        row.save(update_fields=["due", "moved"])
        text = f"{row.name}：{before:%Y-%m-%d} → {due:%Y-%m-%d}。{reason.strip()}"
        _write(actor, project, "postpone", text, {"milestone": row.name, "before": before, "due": due})
    return row


def finish_milestone(
    actor: Actor, project_id: UUID, milestone_id: int, done: date, evidence: str
) -> Milestone:
    """A milestone was reached on `done`; what shows it is kept."""
    if not evidence.strip():
        raise LianzhangError(Text("完成节点须写明佐证。", "A finished milestone needs evidence."))
    if done > clock.today():
        raise LianzhangError(Text("完成日期不能晚于今天。", "It cannot have been finished after today."))
    with transaction.atomic():
        project = _locked(actor, project_id)
        row = _milestone(project, milestone_id)
        row.done, row.evidence = done, evidence.strip()[:300]
        row.save(update_fields=["done", "evidence"])
        _write(
            actor, project, "reach", f"{row.name} {done:%Y-%m-%d}。{row.evidence}", {"milestone": row.name}
        )
    return row


def _locked(actor: Actor, project_id: UUID) -> Project:
    project = locked(Project, project_id)
    require_for(actor, "project.act", subject_of(project, actor))
    if project.state in ("closed", "ended"):
        raise LianzhangError(Text("项目已结束。", "The project has ended."))
    return project


def _milestone(project: Project, milestone_id: int) -> Milestone:
    row = project.milestones.select_for_update().filter(pk=milestone_id).first()
    if row is None:
        raise Http404
    if row.done is not None:
        raise LianzhangError(Text("这个节点已完成。", "This milestone was reached already."))
    return row


def _write(actor: Actor, project: Project, action: str, text: str, after: dict[str, object]) -> None:
    write_line(project, actor, action, text=text, outward=True, before=project.state, given={})
    project.touched = clock.now()
    project.save(update_fields=["touched"])
    record(actor, f"project.{action}", f"project:{project.pk}", after=after)
