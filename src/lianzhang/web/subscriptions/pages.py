"""One's own subscriptions, and what they brought."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from lianzhang.kernel import Conflict, LianzhangError, NotAllowed, Text, clock
from lianzhang.web.people.permission import require
from lianzhang.web.subscriptions import queries
from lianzhang.web.subscriptions.actions import follow, leave, read_all


@require("subscription.keep")
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I follow with its deadlines, and what I was told."""
    language = get_language() or "zh-hans"
    page = Paginator(queries.news(request.actor), 50).get_page(request.GET.get("page"))
    shown = {
        "lines": [
            (line, Text(**line.subscription.title).say(language))
            for line in queries.lines(request.actor, on=clock.today())
        ],
        "page": page,
        "news": [(row, Text(**row.said).say(language)) for row in page.object_list],
        "unread": queries.unread(request.actor).count(),
    }
    return render(request, "subscriptions/mine.html", shown)


@require("subscription.keep")
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Follow what a page shows, and go back to it."""
    try:
        follow(request.actor, request.POST.get("key", "")[:160])
    except (NotAllowed, Conflict):
        raise
    except LianzhangError as error:
        messages.error(request, error.say(get_language() or "zh-hans"))
    else:
        messages.success(request, gettext("已订阅：截止前30天、7天、1天和内容变化时会提醒。"))
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if safe else "subscriptions:mine")


@require("subscription.keep")
@require_POST
def end(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """No longer follow it."""
    if not leave(request.actor, subscription_id):
        raise Http404
    messages.success(request, gettext("已取消订阅。"))
    return redirect("subscriptions:mine")


@require("subscription.keep")
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """All of it has been read."""
    read_all(request.actor)
    return redirect("subscriptions:mine")
