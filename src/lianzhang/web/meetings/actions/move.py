"""Move a consultation or a resolution; signing the minutes sends every decision on its way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.web.flow.actions import perform
from lianzhang.web.flow.attachments import Fit
from lianzhang.web.flow.queries import model_of
from lianzhang.web.meetings.models import Meeting, Resolution
from lianzhang.web.meetings.queries import OPEN, undecided


def act(
    actor: Actor, subject: UUID, action: str, given: Mapping[str, Any], *, version: int | None = None
) -> Meeting:
    """Do `action` on a consultation. Whether the agenda is whole is counted here, not believed."""
    with transaction.atomic():
        row = Meeting.objects.filter(pk=subject).first()
        counted = {
            "items": row.items.filter(dropped=False).count() if row else 0,
            "undecided": _unfinished(row) if row and action == "close" else undecided(row) if row else 0,
        }
        before = row.state if row else ""
        row = perform(actor, Meeting, subject, action, {**given, **counted}, version=version)
        if action == "sign" and before != row.state:
            for resolution in Resolution.objects.filter(item__meeting=row, state="agreed"):
                perform(actor, Resolution, resolution.pk, "issue")
                _carry_out(actor, resolution)
    return row


def act_on_resolution(
    actor: Actor, subject: UUID, action: str, given: Mapping[str, Any], *, version: int | None = None,
    files: Iterable[Fit] = (),
) -> Resolution:  # fmt: skip
    """Do `action` on a resolution."""
    return perform(actor, Resolution, subject, action, given, version=version, files=files)


def _unfinished(meeting: Meeting) -> int:
    return Resolution.objects.filter(item__meeting=meeting, state__in=OPEN).count()


def _carry_out(actor: Actor, resolution: Resolution) -> None:
    """A request that waited for the table goes on with what was decided."""
    item = resolution.item
    model = model_of("request")
    if item.source != "request" or model is None or item.source_id is None:
        return
    waiting = model._default_manager.filter(pk=item.source_id, state="consultation").exists()
    if waiting:
        perform(
            actor,
            model,
            item.source_id,
            "resolve",
            {"text": resolution.text, "unit": str(resolution.lead_id)},
        )
