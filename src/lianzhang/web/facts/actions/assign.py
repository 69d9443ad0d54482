"""Say which enterprise facts are about, once people have confirmed whom their subject means."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from lianzhang.web.facts.models import Fact


def assign(subject: str, enterprise_id: str | None, *, document: UUID | None = None) -> int:
    """Let all facts with this subject (of one bulletin, or of all) be about the enterprise; returns how many.

    The caller decides who may, and records the act: this runs inside its transaction.
    """
    with transaction.atomic():
        rows = Fact.objects.filter(subject=subject)
        if document is not None:
            rows = rows.filter(claim__document_id=document)
        return rows.update(enterprise=enterprise_id)
