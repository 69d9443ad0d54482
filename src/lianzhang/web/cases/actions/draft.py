"""A firm writes its request page by page; each page is kept, and the last one sends it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor, Subject
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.web.cases import contact
from lianzhang.web.cases.firms import firm_of
from lianzhang.web.cases.models import Request
from lianzhang.web.chains import queries as chains
from lianzhang.web.flow.actions.perform import attach_to_log, perform, start
from lianzhang.web.flow.attachments import Fit
from lianzhang.web.people.permission import require_for
from lianzhang.web.people.queries import organisation
from lianzhang.web.registry.actions import hold

_COLUMNS = ("topic", "title", "text", "wish", "confidential", "contact_name", "chain_id")


def begin_draft(
    actor: Actor, content: Mapping[str, Any], *, form_key: UUID | None = None, sample: bool = False
) -> Request:
    """A new draft with the content of the first page; the same form sent twice is one draft."""
    require_for(actor, "request.file", Subject("request", enterprise=actor.organisation_id))
    with transaction.atomic():
        known = (
            Request.objects.filter(form_key=form_key, firm_id=actor.organisation_id).first()
            if form_key
            else None
        )
        if known is not None:
            return save_draft(actor, known.pk, content) if known.state == "draft" else known
        firm = organisation(actor.organisation_id)
        enterprise = firm_of(firm).enterprise
        hold(enterprise.pk if enterprise else None)
        row = Request(
            state="draft",
            firm=firm,
            enterprise=enterprise,
            region_code=firm.region_code if firm else "",
            matter="single",
            filed_by_id=actor.person_id,
            form_key=form_key,
            sample=sample,
            chain_id=first_chain(actor),
        )
        _put(row, content)
        return start(actor, row)


def save_draft(
    actor: Actor, subject: UUID, content: Mapping[str, Any], *, files: Iterable[Fit] = ()
) -> Request:
    """Keep one page of a draft."""
    with transaction.atomic():
        row = Request.objects.select_for_update().filter(pk=subject, firm_id=actor.organisation_id).first()
        if row is None:
            raise Http404
        if row.state != "draft":
            raise LianzhangError(
                Text("这件诉求已经提交，不能再改。", "This request has been sent and cannot be changed."),
                Text("请在诉求页面补充。", "Add to it on its page."),
            )
        _put(row, content)
        row.touched = clock.now()
        row.save()
        attach_to_log(actor, row, files)
    return row


def submit_draft(actor: Actor, subject: UUID, *, version: int | None) -> Request:
    """Send the draft. Raises LianzhangError when something is missing."""
    row = Request.objects.filter(pk=subject, firm_id=actor.organisation_id).first()
    if row is None:
        raise Http404
    missing = [
        label for value, label in ((row.topic, _TOPIC), (row.title, _TITLE), (row.text, _TEXT)) if not value
    ]
    if missing and row.state == "draft":
        raise LianzhangError(
            Text(
                f"还没有填：{'、'.join(one.zh for one in missing)}。",
                f"Still empty: {', '.join(one.en for one in missing)}.",
            )
        )
    return perform(actor, Request, subject, "submit", {"text": row.title}, version=version)


_TOPIC, _TITLE, _TEXT = Text("事项类别", "topic"), Text("标题", "title"), Text("具体情况", "the facts")


def _put(row: Request, content: Mapping[str, Any]) -> None:
    for name in _COLUMNS:
        if name in content:
            setattr(row, name, content[name])
    if "phone" in content:
        row.contact_phone = contact.sealed(content["phone"])
        row.phone_check = contact.check_of(content["phone"])


def first_chain(actor: Actor) -> str | None:
    """The chain a firm belongs to, as far as its organisation says; the city's main chain otherwise."""
    named = sorted(actor.chains - {"*"})
    return named[0] if named else chains.main_chain()
