"""The journal as the audit administrator reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from lianzhang.web.journal import anchors, queries
from lianzhang.web.journal.actions.look import note_reading
from lianzhang.web.journal.forms import FilterForm
from lianzhang.web.journal.labels import result_label, verb_label
from lianzhang.web.journal.models import Event
from lianzhang.web.people.permission import require
from lianzhang.web.people.queries import names_of

_PER_PAGE = 50
_PERSON = re.compile(r"person:([0-9a-f-]{36})")


@require("journal.see")
@require_GET
def events(request: Any) -> HttpResponse:
    """The newest events first, narrowed by the filter. Reading is itself recorded."""
    language = _language()
    form = FilterForm(request.GET or None, verbs=queries.verbs(request.actor), language=language)
    rows = queries.events(request.actor, **form.conditions())
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    note_reading(request.actor, {key: value for key, value in request.GET.items() if value and key != "page"})
    names = names_of(_people_in(page))
    shown = {"form": form, "page": page, "rows": [_shown(row, language, names) for row in page]}
    return render(request, "journal/list.html", shown)


@require("journal.verify")
@require_POST
def verify(request: Any) -> HttpResponse:
    """Check the whole chain, its end and the anchors, and say what was found."""
    language = _language()
    result = queries.verification()
    note_reading(request.actor, {"verify": True, "whole": result.whole, "checked": result.checked})
    known = anchors.read() if result.whole else []
    shown = {
        "result": result,
        "said": result.first_break.what.say(language) if result.first_break else "",
        "anchors": len(known),
        "last_anchor": datetime.fromisoformat(known[-1].at) if known else None,
    }
    return render(request, "journal/verify.html", shown)


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def _people_in(rows: Iterable[Event]) -> set[str]:
    found = (_PERSON.fullmatch(row.subject) for row in rows)
    return {match[1] for match in found if match}


def _shown(row: Event, language: str, names: dict[str, str]) -> dict[str, Any]:
    match = _PERSON.fullmatch(row.subject)
    return {
        "seq": row.seq,
        "at": datetime.fromisoformat(row.at),
        "who": row.acting_for,
        "verb": verb_label(row.verb, language),
        "subject": row.subject,
        "name": names.get(match[1], "") if match else "",
        "result": row.result,
        "result_label": result_label(row.result, language),
        "before": _readable(row.before),
        "after": _readable(row.after),
        "hash": row.hash,
    }


def _readable(text: str) -> str:
    value = json.loads(text)
    return "" if value is None else json.dumps(value, ensure_ascii=False, indent=1)
