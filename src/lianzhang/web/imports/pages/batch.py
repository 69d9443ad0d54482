"""One import: its progress, its preview, its result; and what may be done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from lianzhang.kernel import clock
from lianzhang.tables import Field, Kind, kinds
from lianzhang.tables.mapping import IGNORED
from lianzhang.web.imports import background, queries, words
from lianzhang.web.imports.actions import change as changing
from lianzhang.web.imports.actions.commit import confirm
from lianzhang.web.imports.actions.see_through import is_left_behind
from lianzhang.web.imports.actions.undo import undo as take_back
from lianzhang.web.imports.forms import StatedForm
from lianzhang.web.imports.models import Batch
from lianzhang.web.imports.pages.access import batch_for, wants_fragment
from lianzhang.web.people.permission import may, require
from lianzhang.web.registry import base_facts
from lianzhang.web.registry import queries as registry
from lianzhang.web.registry.resting import StillNeeded

_WORKING = (Batch.State.RECEIVED, Batch.State.CHECKING, Batch.State.COMMITTING)


@require("import.see")
@require_safe
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Where one import is now."""
    found = batch_for(request, batch_id)
    if found.state in _WORKING:
        if is_left_behind(found):
            background.enqueue(found.pk)
        return render(request, "imports/progress.html", _progress(found))
    return render(request, _page(found), _shown(request, found))


@require("import.see")
@require_safe
def progress(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The part of the progress page that changes. Once there is more to see, the answer says where."""
    found = batch_for(request, batch_id)
    if not wants_fragment(request):
        return redirect("imports:batch", found.pk)
    if found.state in _WORKING:
        return render(request, "imports/parts/steps.html", _progress(found))
    response = HttpResponse()
    response["Lianzhang-Location"] = reverse("imports:batch", args=[found.pk])
    return response


@require("import.bring")
@require_POST
def commit(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Write the good rows."""
    batch_for(request, batch_id, "import.bring")
    confirm(request.actor, batch_id, version=_version(request))
    return redirect("imports:batch", batch_id)


@require("import.bring")
@require_POST
def change(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Take columns, answers and options as the form has them and look again."""
    found = batch_for(request, batch_id, "import.bring")
    form = request.POST
    columns = {
        str(item["index"]): item["field"] or IGNORED for item in (found.preview or {}).get("columns", ())
    }
    chosen = {
        index: form[f"column-{index}"] or IGNORED
        for index, before in columns.items()
        if f"column-{index}" in form and (form[f"column-{index}"] or IGNORED) != before
    }
    present = {item.get("address"): item["answer"] or item["id"] for item in _linked(found)}
    said = {key.removeprefix("row-"): form[key] for key in form if key.startswith("row-") and form[key]}
    answers = {row: answer for row, answer in said.items() if present.get(row) != answer}
    stating = StatedForm(form) if "stated" in form else None
    if stating is not None and not stating.is_valid():
        return render(request, _page(found), _shown(request, found, stating), status=422)
    changing.change(
        request.actor,
        batch_id,
        version=_version(request),
        chosen=chosen or None,
        decisions=answers or None,
        keep_unverified="keep_unverified" in form if "options" in form else None,
        all_or_nothing="all_or_nothing" in form if "options" in form else None,
        stated=stating.stated if stating is not None else None,
    )
    return redirect("imports:batch", batch_id)


@require("import.undo")
@require_POST
def undo(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Take the whole batch back."""
    found = batch_for(request, batch_id)
    try:
        touched = take_back(request.actor, batch_id)
    except StillNeeded as error:
        shown = _shown(request, found) | {
            "needed": [words.say(one) for one in error.lines],
            "more": error.more,
        }
        return render(request, "imports/result.html", shown, status=409)
    messages.success(request, gettext("已整批撤销，涉及%(n)s条记录。") % {"n": touched})
    return redirect("imports:batch", batch_id)


def _page(found: Batch) -> str:
    return {
        Batch.State.PREVIEW: "imports/preview.html",
        Batch.State.FAILED: "imports/failed.html",
    }.get(Batch.State(found.state), "imports/result.html")


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _progress(found: Batch) -> dict[str, Any]:
    phase, share = background.progress_of(found.pk)
    return {
        "batch": found,
        "steps": _steps(found),
        "phase": words.phase(phase),
        "percent": round(share * 100),
    }


def _steps(found: Batch) -> list[dict[str, str]]:
    names = [gettext("收到"), gettext("比对"), gettext("确认"), gettext("入库")]
    now = {"received": 0, "checking": 1, "failed": 1, "preview": 2, "committing": 3}.get(found.state, 4)
    states = ["done" if n < now else "now" if n == now else "next" for n in range(len(names))]
    return [{"label": name, "state": state} for name, state in zip(names, states, strict=True)]


def _shown(request: Any, found: Batch, stating: StatedForm | None = None) -> dict[str, Any]:
    preview = found.preview or {}
    counts = preview.get("counts", {})
    kind = kinds(base_facts.dictionary())[found.kind]
    language = words.language()
    linked, duplicates = _linked(found), preview.get("duplicates", ())
    names = registry.names_of({pk for item in (*linked, *duplicates) for pk in item["like"]})
    subject = queries.subject_of(found)
    return {
        "batch": found,
        "preview": preview,
        "steps": _steps(found),
        "kind": kind.label.say(language),
        "counts": [
            {"name": name, "label": label, "count": count, "unit": words.counted(name, found.kind, count)}
            for name, label in words.outcomes()
            for count in [counts.get(name, 0)]
        ],
        "form": (stating or StatedForm(initial=found.stated)) if found.kind == "titles" else None,
        "older": found.as_of is not None and found.as_of < clock.today(),
        "bad": counts.get("errors", 0),
        "by_statement": found.kind in words.BY_STATEMENT,
        "to_write": counts.get("new", 0) + counts.get("changed", 0),
        "fields": [(item.id, item.label.say(language)) for item in kind.fields],
        "guesses": [item for item in preview.get("columns", ()) if item["guess"]],
        "left_out": [item for item in preview.get("columns", ()) if not item["field"] or item["why"]],
        "duplicates": [_with_names(item, names) for item in duplicates],
        "linked": [_with_names(item, names) for item in linked],
        "open_firms": set(
            registry.visible_to(request.actor).filter(pk__in=names).values_list("pk", flat=True)
        ),
        "none_of_them": words.none_of_them(found.kind),
        "changes": [
            {**item, **{when: words.cell(_field(kind, item), item[when]) for when in ("old", "new")}}
            for item in preview.get("changes", ())
        ],
        "rules": list(preview.get("by_rule", {}).items()),
        "may_bring": may(request.actor, "import.bring", subject).allowed,
        "may_undo": queries.can_be_undone(found) and may(request.actor, "import.undo", subject).allowed,
        "what": words.say((found.failure or {}).get("what")),
        "remedy": words.say((found.failure or {}).get("remedy")),
    }


def _linked(found: Batch) -> list[dict[str, Any]]:
    """The names written otherwise; those of a preview made before answers were offered cannot be answered."""
    return [item for item in (found.preview or {}).get("linked", ()) if "like" in item]


def _with_names(item: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    shown = {"address": str(item["row"]), **item}
    return shown | {"candidates": [(pk, names.get(pk, pk)) for pk in item["like"]]}


def _field(kind: Kind, change: dict[str, Any]) -> Field | None:
    return next((item for item in kind.fields if item.id == change.get("field")), None)
