"""All lists, one list as it was valid on a day, one measure as a policy card, two versions compared."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from lianzhang.casework import may, may_ever
from lianzhang.casework.measure_list import OPINIONS, STATES, steps_from
from lianzhang.kernel import clock
from lianzhang.web.measures import queries
from lianzhang.web.measures.fair_competition import warnings_of
from lianzhang.web.measures.forms import NewVersionForm, StepForm
from lianzhang.web.measures.lives import life_of, subject_of
from lianzhang.web.measures.models import ListVersion, MeasureList
from lianzhang.web.measures.words import sentence_of
from lianzhang.web.people.permission import open_page, require
from lianzhang.web.subscriptions.queries import follows
from lianzhang.web.ui.days import DayForm


@open_page
@require_safe
def all_lists(request: HttpRequest) -> HttpResponse:
    """Every list by kind, with its version in force and the one in preparation."""
    shown = {
        "lists": queries.lists(request.actor),
        "may_draft": may_ever(request.actor, "measure.draft").allowed,
    }
    return render(request, "measures/lists.html", shown)


@open_page
@require_safe
def one_list(request: HttpRequest, code: str) -> HttpResponse:
    """The text that was valid on a day (today unless asked), and the history of the list."""
    measures = get_object_or_404(MeasureList.objects.select_related("chain", "owner"), code=code)
    # A version may be published before the day on which it takes over.
    form = DayForm(request.GET, label=gettext("查看某日有效的文本"), ahead=True)
    day = form.day or clock.today()
    history = queries.history(request.actor, measures)
    allowed = may(request.actor, "measure.draft", subject_of(measures)).allowed
    if not history and not allowed:
        raise Http404
    version = queries.valid_on(request.actor, measures, day)
    shown = {
        "list": measures,
        "version": version,
        "rows": [(row, sentence_of(row.requires)) for row in version.measures.all()] if version else [],
        "history": [(row, STATES[row.state].say(_language())) for row in history],
        "day_form": form,
        "may_draft": allowed and not any(row.state not in _ENDED for row in history),
        **following(request, f"list:{measures.code}" if version else ""),
        "new_version": NewVersionForm(),
    }
    return render(request, "measures/list.html", shown, status=400 if form.errors else 200)


#: States beside which the next version may begin.
_ENDED = frozenset({"published", "suspended", "repealed", "replaced"})


@require("measure.prepare")
@require_safe
def version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """One version for those who prepare it: text, faults, warning words, trial, opinions, next steps."""
    found = _version(request, version_id)
    return render(request, "measures/version.html", version_context(request, found))


def version_context(request: HttpRequest, found: ListVersion, **more: Any) -> dict[str, Any]:
    """What the page of a version shows."""
    life, subject, language = life_of(found), subject_of(found.list, found), _language()
    steps = [
        (step, step.label.say(language), more.pop("bound", {}).get(step.action) or StepForm(step=step))
        for step in steps_from(life)
        if may(request.actor, step.verb, subject).allowed
    ]
    items = list(found.measures.all())
    trial = found.trial if found.trial and life.tried else None
    reached = {row["code"]: row for row in trial["measures"]} if trial else {}
    return {
        "version": found,
        "state": STATES[found.state].say(language),
        "editable": found.state == "draft" and may(request.actor, "measure.draft", subject).allowed,
        "rows": [
            (item, sentence_of(item.requires), warnings_of(item, language), reached.get(item.code))
            for item in items
        ],
        "steps": steps,
        "trial": trial,
        "flagged": life.flagged,
        "needs_competition_review": life.has_support and "fair_competition" not in life.agreed,
        "opinions": [(row, OPINIONS[row.kind].say(language)) for row in found.opinions.all()],
        "before": queries.version_before(request.actor, found),
        **more,
    }


@open_page
@require_safe
def compared(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """A version beside the one before it: what was added, removed, changed."""
    found = _version(request, version_id)
    before = queries.version_before(request.actor, found)
    differences = queries.compare(before, found)
    shown = {
        "version": found,
        "before": before,
        "differences": [row for row in differences if row.kind != "same"],
        "same": sum(row.kind == "same" for row in differences),
    }
    return render(request, "measures/compared.html", shown)


@open_page
@require_safe
def card(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """One measure in the fixed order of a policy card."""
    found = queries.measure(request.actor, measure_id)
    if found is None:
        raise Http404
    language = _language()
    in_force = queries.valid_on(request.actor, found.version.list, clock.today())
    key = f"measure:{found.version.list.code}/{found.code}"
    shown = {
        "measure": found,
        "who": sentence_of(found.requires),
        "state": STATES[found.version.state].say(language),
        "in_force": in_force,
        **following(request, key if in_force and in_force.pk == found.version_id else ""),
    }
    return render(request, "measures/card.html", shown)


def following(request: HttpRequest, key: str) -> dict[str, Any]:
    """What the button to follow a text needs; nothing for those who cannot."""
    if not key or not may_ever(request.actor, "subscription.keep").allowed:
        return {}
    return {"follow_key": key, "follows": follows(request.actor, key)}


def _version(request: HttpRequest, version_id: UUID) -> ListVersion:
    found = queries.one(request.actor, version_id)
    if found is None:
        raise Http404
    return found


def _language() -> str:
    return get_language() or "zh-hans"
