"""Record a visit: every finding becomes a request with an owner and a clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.web.cases.actions import file_for
from lianzhang.web.cases.firms import Firm
from lianzhang.web.flow.actions import perform
from lianzhang.web.flow.attachments import Fit
from lianzhang.web.visits.models import Finding, Visit


def act(
    actor: Actor, subject: UUID, action: str, given: Mapping[str, Any], *, version: int | None = None
) -> Visit:
    """Do `action` on a visit."""
    return perform(actor, Visit, subject, action, given, version=version)


def record_visit(
    actor: Actor, subject: UUID, text: str, *, findings: Iterable[Mapping[str, str]] = (),
    checked: Iterable[str] = (), version: int | None = None, files: Iterable[Fit] = (),
) -> Visit:  # fmt: skip
    """Record what was seen. `findings` are topic and title; all or nothing is kept."""
    with transaction.atomic():
        before = Visit.objects.filter(pk=subject).values_list("state", flat=True).first()
        row = perform(actor, Visit, subject, "record", {"text": text}, version=version, files=files)
        if before == "recorded":
            return row
        for finding in findings:
            content = {
                "topic": finding["topic"],
                "title": finding["title"],
                "text": f"{finding['title']}（{text}）",
                "channel": "visit",
            }
            request = file_for(actor, Firm(row.firm, row.enterprise), content, sample=row.sample)
            Finding.objects.create(
                visit=row, title=finding["title"], request=request.pk, number=str(request.number)
            )
        row.checked = list(checked)
        row.save(update_fields=["checked"])
    return row
