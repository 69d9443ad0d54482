"""Where officers decide: likely duplicates, contradicting values, corrections of enterprises."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from lianzhang.kernel import Conflict, LianzhangError, NotAllowed
from lianzhang.web.people.permission import require
from lianzhang.web.registry import desks, duplicates, queries, words
from lianzhang.web.registry.actions import accept_correction, choose, judge, refuse_correction
from lianzhang.web.registry.base_facts import dictionary
from lianzhang.web.registry.models import Judgement
from lianzhang.web.registry.pages.typed import number, typed


@require("enterprise.judge")
@require_safe
def tray(request: HttpRequest) -> HttpResponse:
    """Pairs that may be one enterprise, and what was judged lately."""
    asked = typed(request, "left"), typed(request, "right")
    pairs = duplicates.asked_pair(request.actor, *asked) if all(asked) else duplicates.pairs(request.actor)
    shown = {"pairs": pairs, "judged": desks.judged_pairs(request.actor), "asked": all(asked)}
    return render(request, "registry/duplicates.html", shown)


@require("enterprise.judge")
@require_POST
def judge_pair(request: HttpRequest) -> HttpResponse:
    """Same, different, or not clear."""
    decision = typed(request, "decision")
    if decision not in Judgement.Decision.values:
        return redirect("registry:duplicates")
    return _done(
        request,
        "registry:duplicates",
        lambda: judge(
            request.actor,
            typed(request, "left"),
            typed(request, "right"),
            decision,
            because=typed(request, "because"),
            seen=number(request, "seen") or 0,
        ),
        {
            "same": gettext("已合并；随时可以在下面改判。"),
            "different": gettext("已判为不同企业。"),
            "unsure": gettext("已放回待定。"),
        }[decision],
    )


@require("enterprise.choose")
@require_safe
def conflicts(request: HttpRequest) -> HttpResponse:
    """Values of one fact and year that contradict each other, and what was chosen lately."""
    firm, fact = typed(request, "enterprise"), typed(request, "fact")
    asked = (fact, typed(request, "period")) if firm and fact else None
    shown = {
        "clashes": desks.clashes(request.actor, enterprise=firm, asked=asked),
        "narrowed": bool(firm),
        "settled": () if firm else desks.settled(request.actor),
    }
    return render(request, "registry/conflicts.html", shown)


@require("enterprise.choose")
@require_POST
def settle(request: HttpRequest, enterprise_id: str) -> HttpResponse:
    """Choose one of the values, let them stand side by side, or take back what was chosen."""
    said, chosen, seen = typed(request, "chosen"), number(request, "chosen"), number(request, "seen_up_to")
    if seen is None or (chosen is None and said not in ("beside", "back")):
        messages.error(request, gettext("请先选一个值，或选“并存”。"))
        return redirect("registry:conflicts")
    return _done(
        request,
        "registry:conflicts",
        lambda: choose(
            request.actor,
            enterprise_id,
            fact=typed(request, "fact"),
            period=typed(request, "period"),
            chosen=chosen,
            because=typed(request, "because"),
            seen_up_to=seen,
            seen_choice=number(request, "seen_choice") or 0,
            take_back=said == "back",
        ),
        gettext("已收回，放回待定。") if said == "back" else gettext("已选定；其余的值保留在历史里。"),
    )


@require("correction.review")
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What enterprises say about themselves and nobody has decided about, and what became of it lately."""
    rows = [
        (row, dictionary().get(row.fact), desks.now_stated(row), queries.newest_on(row))
        for row in desks.corrections(request.actor)[:100]
    ]
    ended = [(row, dictionary().get(row.fact)) for row in desks.ended_corrections(request.actor)]
    return render(request, "registry/corrections.html", {"rows": rows, "ended": ended})


@require("correction.review")
@require_POST
def decide_correction(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Accept a correction, or refuse it with a reason that the enterprise will read."""
    said: dict[str, Any] = {"version": number(request, "version") or 0, "because": typed(request, "because")}

    def accept() -> object:
        seen = number(request, "seen_up_to")
        return accept_correction(request.actor, correction_id, seen_up_to=seen, **said)

    if typed(request, "decision") == "accept":
        return _done(request, "registry:corrections", accept, gettext("已采用，企业会看到。"))
    return _done(
        request,
        "registry:corrections",
        lambda: refuse_correction(request.actor, correction_id, **said),
        gettext("已退回，企业会看到理由。"),
    )


def _done(request: HttpRequest, back: str, act: object, message: str) -> HttpResponse:
    """Carry the decision out; a refusal that the officer can mend is said on the desk itself."""
    try:
        act()  # type: ignore[operator]
    except (Conflict, NotAllowed):
        raise
    except LianzhangError as error:
        messages.error(request, error.say(words.language()))
        return redirect(reverse(back))
    messages.success(request, message)
    return redirect(reverse(back))
