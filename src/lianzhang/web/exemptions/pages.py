"""Pages of the exemption desk. They show grounds and gaps; the words of the decision are the officer's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianzhang.casework import may
from lianzhang.kernel import Conflict, LianzhangError, NotAllowed, fact_dictionary
from lianzhang.web.exemptions import queries
from lianzhang.web.exemptions.actions.study import decide, open_study, put_facts, submit
from lianzhang.web.exemptions.forms import FactsForm, OpenForm
from lianzhang.web.exemptions.models import Study
from lianzhang.web.people.permission import require


@require("exemption.see")
@require_safe
def studies(request: HttpRequest) -> HttpResponse:
    """The studies of one's own organisation."""
    page = Paginator(queries.visible_to(request.actor), 50).get_page(request.GET.get("page"))
    language = _language()
    rows = [(study, queries.item_of(study).act.say(language)) for study in page.object_list]
    return render(request, "exemptions/list.html", {"page": page, "rows": rows})


@require("exemption.study")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a study."""
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("exemptions:study", open_study(request.actor, **form.cleaned_data).pk)
    return render(request, "exemptions/new.html", {"form": form}, status=400 if form.errors else 200)


@require("exemption.see")
@require_http_methods(["GET", "POST"])
def study(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """One study: facts on the left, what the law says of them on the right."""
    found = _study(request, study_id)
    asked = queries.asked_of(queries.item_of(found))
    form = FactsForm(request.POST or None, asked=asked, known=found.facts)
    if request.method == "POST" and form.is_valid():
        put_facts(request.actor, found.pk, version=_version(request), facts=form.facts())
        return redirect("exemptions:study", found.pk)
    return _shown(request, found, form, status=400 if form.errors else 200)


@require("exemption.study")
@require_POST
def hand_in(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Hand in the opinion."""
    return _acted(
        request,
        study_id,
        lambda: submit(
            request.actor, study_id, version=_version(request), opinion=request.POST.get("opinion", "")
        ),
    )


@require("exemption.approve")
@require_POST
def decided(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Approve or return the opinion."""
    approve = request.POST.get("answer") == "approve"
    because = request.POST.get("because", "")
    return _acted(
        request,
        study_id,
        lambda: decide(request.actor, study_id, version=_version(request), approve=approve, because=because),
    )


def _acted(request: HttpRequest, study_id: UUID, act: Any) -> HttpResponse:
    try:
        act()
    except (NotAllowed, Conflict):
        raise
    except LianzhangError as error:
        found = _study(request, study_id)
        form = FactsForm(asked=queries.asked_of(queries.item_of(found)), known=found.facts)
        return _shown(request, found, form, said=error.say(_language()), status=400)
    return redirect("exemptions:study", study_id)


def _shown(
    request: HttpRequest, study: Study, form: FactsForm, *, said: str = "", status: int = 200
) -> HttpResponse:
    language = _language()
    finding = queries.finding(study)
    dictionary = fact_dictionary(queries.pack())
    subject = queries.subject_of(study)
    shown = {
        "study": study,
        "form": form,
        "said": said,
        "act": finding.item.act.say(language),
        "basis": finding.item.basis,
        "fine": finding.item.fine.say(language) if finding.item.fine else "",
        "confidence": finding.item.confidence.label.say(language),
        "advice": finding.advice.label.say(language),
        "ground": finding.ground.say(language),
        "reasons": [
            (reason.fact.label.say(language) if reason.fact else "", reason.need.say(language),
             reason.have.say(language), reason.status.value, reason.clause)
            for reason in finding.reasons
        ],
        "missing": [dictionary[name].label.say(language) for name in finding.missing if name in dictionary],
        "notes": [note.say(language) for note in finding.notes],
        "history": queries.history_of(request.actor, study),
        "editable": study.state == Study.State.OPEN and may(request.actor, "exemption.study", subject).allowed,
        "decides": study.state == Study.State.SUBMITTED
        and may(request.actor, "exemption.approve", subject).allowed
        and study.submitters.isdisjoint(request.actor.hands),
    }  # fmt: skip
    return render(request, "exemptions/study.html", shown, status=status)


def _study(request: HttpRequest, study_id: UUID) -> Study:
    found = queries.one(request.actor, study_id)
    if found is None:
        raise Http404
    return found


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _language() -> str:
    return get_language() or "zh-hans"
