"""Which enterprises a bulletin speaks of: what the names say, and what an officer confirms."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from lianzhang.web.bulletins.queries import claims_of, visible_to
from lianzhang.web.facts.placing import names_firm
from lianzhang.web.people.permission import require
from lianzhang.web.registry import queries, words
from lianzhang.web.registry.actions import link_subject
from lianzhang.web.registry.pages.typed import typed
from lianzhang.web.registry.resolving import Resolved, resolved_all


@require("subject.link")
@require_http_methods(["GET", "HEAD", "POST"])
def subjects(request: Any, document_id: UUID) -> HttpResponse:
    """The subjects of one bulletin that may be enterprises, each with what it was found to be."""
    document = visible_to(request.actor).filter(pk=document_id).first()
    if document is None:
        raise Http404
    if request.method == "POST":
        return _confirm(request, document)
    said = (claim.subject for claim in claims_of(document))
    found = resolved_all(said, document=document.pk, published=document.published, language=words.language())
    shown = [one for one in found.values() if worth_showing(one)]
    order = {"ambiguous": 0, "linked": 1, "none": 2}
    shown.sort(key=lambda one: (one.confirmed is not None, order[one.outcome]))
    return render(request, "registry/subjects.html", {"document": document, "subjects": shown})


def worth_showing(found: Resolved) -> bool:
    """Whether a subject may be an enterprise: it is one of the registry, is like one, or is called like one."""
    return found.outcome != "none" or found.confirmed is not None or names_firm(found.subject)


def _confirm(request: HttpRequest, document: Any) -> HttpResponse:
    subject, chosen = request.POST.get("subject", ""), typed(request, "enterprise")
    here = request.POST.get("everywhere") != "on"
    if not any(claim.subject == subject for claim in claims_of(document)):
        raise Http404
    if not chosen:
        messages.error(request, gettext("请选一家，或选“都不是”。"))
        return redirect("registry:subjects", document.pk)
    enterprise = None
    if chosen != "none":
        row = queries.one(request.actor, chosen.upper()) or queries.one(request.actor, chosen)
        if row is None:
            messages.error(request, gettext("企业库里没有编号%(id)s。") % {"id": chosen[:24]})
            return redirect("registry:subjects", document.pk)
        enterprise = row.pk
    link_subject(request.actor, subject, enterprise, document=document.pk if here else None)
    messages.success(request, gettext("已确认；已入库的相关数据随之归到这家企业。"))
    return redirect("registry:subjects", document.pk)
