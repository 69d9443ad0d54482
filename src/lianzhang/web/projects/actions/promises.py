"""What was promised, and what it has come to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.web.flow.actions.perform import locked
from lianzhang.web.flow.queries import subject_of
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.projects.models import Project, Promise


def promise(
    actor: Actor, project_id: UUID, measure: str, value: Decimal, unit: str, *, by: date | None = None
) -> Promise:
    """Write down a promise; a measure is promised once."""
    if value <= 0 or not unit.strip() or measure not in Promise.Measure.values:
        raise LianzhangError(Text("承诺须有数值和单位。", "A promise has a value and a unit."))
    with transaction.atomic():
        project = locked(Project, project_id)
        require_for(actor, "project.act", subject_of(project, actor))
        if project.promises.filter(measure=measure).exists():
            raise LianzhangError(Text("这项承诺已登记。", "This promise is on record."))
        row = Promise.objects.create(
            project=project, measure=measure, promised=value, unit=unit.strip(), by=by
        )
        record(
            actor,
            "project.promise",
            f"project:{project.pk}",
            after={"measure": measure, "value": value, "unit": unit},
        )
    return row


def report_actual(
    actor: Actor, project_id: UUID, promise_id: int, value: Decimal, as_of: date, evidence: str
) -> Promise:
    """What a promise has come to by a day, with what shows it; in the unit of the promise."""
    if value < 0 or as_of > clock.today() or not evidence.strip():
        raise LianzhangError(
            Text(
                "实际数须不为负、截至日不晚于今天，并写明佐证。",
                "Not negative, not later than today, and with evidence.",
            )
        )
    with transaction.atomic():
        project = locked(Project, project_id)
        require_for(actor, "project.act", subject_of(project, actor))
        row = project.promises.select_for_update().filter(pk=promise_id).first()
        if row is None:
            raise Http404
        before = row.actual
        row.actual, row.as_of, row.evidence = value, as_of, evidence.strip()[:300]
        row.save(update_fields=["actual", "as_of", "evidence"])
        after = {"measure": row.measure, "value": value, "as_of": as_of}
        record(actor, "project.actual", f"project:{project.pk}", before={"value": before}, after=after)
    return row
