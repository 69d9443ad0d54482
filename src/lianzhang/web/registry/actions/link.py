"""Say which enterprise something is: an organisation with accounts, or the subject of a bulletin."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404

from lianzhang.casework import Actor, Subject
from lianzhang.kernel import Conflict, Text
from lianzhang.web.facts.actions.assign import assign
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions.choose import locked
from lianzhang.web.registry.actions.refresh import raise_version
from lianzhang.web.registry.models import Enterprise, SubjectLink


def link_organisation(actor: Actor, enterprise_id: str, organisation_id: Any, *, version: int) -> Enterprise:
    """Let the people of an organisation see and correct this enterprise; None takes the link back."""
    with transaction.atomic():
        enterprise = locked(actor, enterprise_id, "enterprise.link")
        if enterprise.version != version:
            raise changed_meanwhile()
        before = enterprise.organisation_id
        try:
            with transaction.atomic():
                Enterprise.objects.filter(pk=enterprise.pk).update(organisation=organisation_id)
        except IntegrityError as error:
            raise Conflict(
                Text("这个单位已与另一家企业关联。", "This organisation is linked with another enterprise."),
                Text("请先解除那边的关联。", "Take that link back first."),
            ) from error
        raise_version({enterprise.pk})
        record(
            actor,
            "enterprise.link",
            f"enterprise:{enterprise.pk}",
            before={"organisation": before},
            after={"organisation": organisation_id},
        )
    enterprise.refresh_from_db()
    return enterprise


def link_subject(
    actor: Actor, subject: str, enterprise_id: str | None, *, document: UUID | None = None, because: str = ""
) -> SubjectLink:
    """Confirm which enterprise the words `subject` mean (in one bulletin, or everywhere without `document`).

    None says that it is no enterprise of the registry. The latest word counts.
    """
    require_for(actor, "subject.link", Subject(kind="enterprise"))
    with transaction.atomic():
        if enterprise_id is not None and enterprise_id not in queries.stored({enterprise_id}):
            raise Http404
        row = SubjectLink.objects.create(
            subject=subject[:200],
            document=document,
            enterprise_id=enterprise_id,
            because=because[:200],
            by_id=actor.person_id,
        )
        facts = assign(row.subject, enterprise_id, document=document)
        record(
            actor,
            "subject.link",
            f"enterprise:{enterprise_id}" if enterprise_id else "enterprise",
            after={"subject": row.subject, "document": document, "because": row.because, "facts": facts},
        )
    return row


def changed_meanwhile() -> Conflict:
    """Somebody wrote to the same enterprise since the page was opened."""
    return Conflict(
        Text(
            "您打开页面之后，别人改过这家企业，或您自己已经提交过一次。",
            "Somebody has changed this enterprise since you opened the page, or you have sent it once already.",
        ),
        Text(
            "请先看过现在的内容（可另开一页），再办。",
            "See what it says now, on another page, and decide again.",
        ),
    )
