"""Who acts for me, and for whom I act: the page both see."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lianzhang.kernel import LianzhangError, NotAllowed, clock
from lianzhang.web.people import queries
from lianzhang.web.people.actions.delegate import delegate, end_delegation
from lianzhang.web.people.forms import DelegateForm
from lianzhang.web.people.permission import require


@require("delegation.see")
@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: Any) -> HttpResponse:
    """The list, and the form while one acts in a post of one's own."""
    actor = request.actor
    lends = actor.for_person_id is None
    form = (
        DelegateForm(request.POST or None, actor=actor, initial={"starts": clock.today()}) if lends else None
    )
    if request.method == "POST" and form is not None and form.is_valid():
        given = form.cleaned_data
        try:
            delegate(actor, given["to"], starts=given["starts"], ends=given["ends"], reason=given["reason"])
        except NotAllowed:
            raise
        except LianzhangError as error:
            form.add_error(None, error.say("en" if (get_language() or "").startswith("en") else "zh"))
        else:
            messages.success(request, _("已委托，对方登录后可切换到您的职务。"))
            return redirect("people:delegations")
    today = clock.today()
    rows = [
        (row, str(row.to_id) == actor.person_id, _state(row, today))
        for row in queries.delegations(actor)[:50]
    ]
    shown = {"form": form, "rows": rows}
    return render(request, "account/delegations.html", shown, status=422 if form and form.errors else 200)


@require("delegation.give")
@require_POST
def end(request: Any, subject: UUID) -> HttpResponse:
    """End one early."""
    end_delegation(request.actor, subject)
    messages.success(request, _("委托已结束。"))
    return redirect("people:delegations")


def _state(row: Any, today: Any) -> str:
    if row.ended is not None or row.ends < today:
        return "over"
    return "ahead" if row.starts > today else "now"
