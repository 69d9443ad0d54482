"""An enterprise's own record: what the government holds on it, and how to say that something is wrong."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianzhang.kernel import LianzhangError, NotAllowed
from lianzhang.web.people.permission import require
from lianzhang.web.registry import queries, words
from lianzhang.web.registry.actions import propose_correction, withdraw_correction
from lianzhang.web.registry.forms import CorrectionForm, facts_to_record
from lianzhang.web.registry.pages.profile import asked_fact, shown
from lianzhang.web.registry.pages.typed import form_data, number


@require("correction.propose")
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The record of the reader's own enterprise."""
    row = queries.own(request.actor)
    if row is None:
        return render(request, "registry/no_record.html")
    return shown(request, row, is_own=True)


@require("correction.propose")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """Propose what a fact about one's own enterprise should be."""
    row = queries.own(request.actor)
    if row is None:
        return redirect("registry:own")
    fact = asked_fact(request)
    if fact is None:
        return render(
            request,
            "registry/choose_fact.html",
            {"row": row, "topics": facts_to_record(), "correcting": True},
        )
    form = CorrectionForm(form_data(request) if request.method == "POST" else None, fact=fact)
    if request.method != "POST":
        return render(request, "registry/correct.html", {"row": row, "fact": fact, "form": form})
    if form.is_valid():
        said = form.cleaned_data
        try:
            propose_correction(
                request.actor,
                row.pk,
                fact=fact.name,
                value=said["value"],
                period=said.get("period", ""),
                because=said["because"],
            )
        except NotAllowed:
            raise
        except LianzhangError as error:
            form.add_error(None, error.say(words.language()))
        else:
            messages.success(request, gettext("已提交更正，等工作人员审核；审核前档案不变。"))
            return redirect("registry:own")
    return render(request, "registry/correct.html", {"row": row, "fact": fact, "form": form}, status=422)


@require("correction.withdraw")
@require_POST
def withdraw(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Take back what one's own enterprise proposed, as long as no officer has decided about it."""
    withdraw_correction(request.actor, correction_id, version=number(request, "version") or 0)
    messages.success(request, gettext("已撤回，档案不变；记录留在下面。"))
    return redirect("registry:own")
