"""Where officers say whether two rows tell of one title."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from lianzhang.web.people.permission import require
from lianzhang.web.registry import double_titles, words
from lianzhang.web.registry.actions import judge_titles
from lianzhang.web.registry.actions.choose import NeedsReason
from lianzhang.web.registry.models import TitleJudgement
from lianzhang.web.registry.pages.typed import number, typed


@require("title.judge")
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Pairs of rows that may tell of one title, and what was judged lately."""
    firm = typed(request, "enterprise")
    shown = {
        "doubled": double_titles.doubled(request.actor, enterprise=firm),
        "decided": () if firm else double_titles.decided(request.actor),
        "narrowed": bool(firm),
    }
    return render(request, "registry/double_titles.html", shown)


@require("title.judge")
@require_POST
def judge(request: HttpRequest, enterprise_id: str) -> HttpResponse:
    """The same title, two titles, or not clear."""
    decision, back = typed(request, "decision"), reverse("registry:double_titles")
    one, other = number(request, "one"), number(request, "other")
    if decision not in TitleJudgement.Decision.values or one is None or other is None:
        return redirect(back)
    try:
        judge_titles(
            request.actor,
            enterprise_id,
            one=one,
            other=other,
            decision=decision,
            because=typed(request, "because"),
            seen=number(request, "seen") or 0,
        )
    except NeedsReason as error:
        messages.error(request, error.say(words.language()))
    else:
        said = {
            "same": gettext("已确认是同一项，只计一次。"),
            "different": gettext("已判为两项，分开计。"),
            "unsure": gettext("已收回判断，放回待定。"),
        }
        messages.success(request, said[decision])
    return redirect(f"{back}?enterprise={enterprise_id}" if typed(request, "narrowed") else back)
