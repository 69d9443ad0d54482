"""What a drafter and the reviewers do with a list: write measures, try them, take the next step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST

from lianzhang.casework.measure_list import STEPS
from lianzhang.kernel import Conflict, LianzhangError, NotAllowed
from lianzhang.web.chains import queries as chains
from lianzhang.web.measures import queries
from lianzhang.web.measures.actions.create_list import create_list
from lianzhang.web.measures.actions.draft import new_version, put_measure, remove_measure
from lianzhang.web.measures.actions.take_step import take_step
from lianzhang.web.measures.actions.try_out import acknowledge, try_out
from lianzhang.web.measures.forms import MeasureForm, NewListForm, NewVersionForm, StepForm, initial_of
from lianzhang.web.measures.models import ListVersion, MeasureList
from lianzhang.web.measures.pages.lists import version_context
from lianzhang.web.people.permission import require


@require("measure.draft")
@require_http_methods(["GET", "POST"])
def new_list(request: HttpRequest) -> HttpResponse:
    """Begin a list, empty or with what the pack has for it."""
    form = NewListForm(request.POST or None, chains=chains.visible_to(request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            made = create_list(request.actor, **form.cleaned_data)
        except (NotAllowed, Conflict):
            raise
        except LianzhangError as error:
            form.add_error("code", error.say(get_language() or "zh"))
        else:
            return redirect("measures:version", made.pk)
    return render(request, "measures/new_list.html", {"form": form}, status=400 if form.errors else 200)


@require("measure.draft")
@require_POST
def begin_version(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the next version with the measures of the one in force, or of the list named in the form."""
    measures = get_object_or_404(MeasureList, code=code)
    form = NewVersionForm(request.POST)
    form.is_valid()
    copied = _source(request, measures)
    made = new_version(request.actor, measures.pk, copy_of=copied, note=form.cleaned_data.get("note", ""))
    messages.success(request, gettext("已建第%(n)s版草稿。") % {"n": made.number})
    return redirect("measures:version", made.pk)


def _source(request: HttpRequest, measures: MeasureList) -> UUID | None:
    """The version to copy: the list's own latest, or for a chain's first list the main list in force."""
    own = queries.history(request.actor, measures)
    if own:
        return own[0].pk
    if request.POST.get("copy") != "main":
        return None
    main = MeasureList.objects.filter(kind=MeasureList.Kind.MAIN).first()
    current = (
        next((v for v in queries.history(request.actor, main) if v.state == "published"), None)
        if main
        else None
    )
    return current.pk if current else None


@require("measure.draft")
@require_http_methods(["GET", "POST"])
def write_measure(request: HttpRequest, version_id: UUID, measure_id: UUID | None = None) -> HttpResponse:
    """Add a measure, or write one again."""
    version = _version(request, version_id)
    measure = None
    if measure_id is not None:
        measure = get_object_or_404(version.measures, pk=measure_id)
    if request.method == "POST":
        form = MeasureForm(request.POST)
        if form.is_valid():
            try:
                put_measure(
                    request.actor,
                    version.pk,
                    revision=form.cleaned_data["revision"],
                    measure_id=measure_id,
                    **form.written(),
                )
            except (NotAllowed, Conflict):
                raise
            except LianzhangError as error:
                form.add_error(None, error.say(get_language() or "zh"))
            else:
                messages.success(
                    request, gettext("已保存“%(title)s”。") % {"title": form.cleaned_data["title"]}
                )
                return redirect("measures:version", version.pk)
    else:
        initial: dict[str, Any] = {"position": version.measures.count() + 1}
        form = MeasureForm(
            initial={**(initial_of(measure) if measure else initial), "revision": version.revision}
        )
    shown = {"form": form, "version": version, "measure": measure}
    return render(request, "measures/measure.html", shown, status=400 if form.errors else 200)


@require("measure.draft")
@require_POST
def drop_measure(request: HttpRequest, version_id: UUID, measure_id: UUID) -> HttpResponse:
    """Take a measure out of a draft."""
    remove_measure(request.actor, version_id, measure_id, revision=_revision(request))
    messages.success(request, gettext("已移出这条措施。"))
    return redirect("measures:version", version_id)


@require("measure.draft")
@require_POST
def try_version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Try the draft on all enterprises, or answer for the rules that meet none or all."""
    if request.POST.get("because", "").strip():
        acknowledge(
            request.actor,
            version_id,
            revision=_revision(request),
            because=request.POST["because"].strip()[:500],
        )
    else:
        try_out(request.actor, version_id, revision=_revision(request))
    return redirect("measures:version", version_id)


@require("measure.prepare")
@require_POST
def step(request: HttpRequest, version_id: UUID, action: str) -> HttpResponse:
    """Take one step in the life of the list; what stands against it is said beside the button."""
    row = next((row for row in STEPS if row.action == action), None)
    if row is None:
        raise Http404
    form = StepForm(request.POST, step=row)
    if form.is_valid():
        try:
            take_step(request.actor, version_id, action, revision=_revision(request), **form.cleaned_data)
        except (NotAllowed, Conflict):
            raise
        except LianzhangError as error:
            form.add_error(None, error.say(get_language() or "zh"))
        else:
            messages.success(request, gettext("已办理。"))
            return redirect("measures:version", version_id)
    found = _version(request, version_id)
    return render(
        request, "measures/version.html", version_context(request, found, bound={action: form}), status=400
    )


def _version(request: HttpRequest, version_id: UUID) -> ListVersion:
    found = queries.one(request.actor, version_id)
    if found is None:
        raise Http404
    return found


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
