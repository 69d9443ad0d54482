"""Pages that say no, each with what happened, what was kept and what to do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from lianzhang.kernel import LianzhangError, Text
from lianzhang.web.database.writer import WriterBusy

#: Seconds after which a browser may try again when the database was busy.
_RETRY_AFTER = 5


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The same page for what does not exist and for what is not to be known of."""
    return render(request, "404.html", status=404)


def not_allowed(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Django's own refusals."""
    return render(request, "403.html", status=403)


def forged_or_stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: most often the page stood open for too long."""
    what = Text("表单已过期，内容没有提交。", "The form is too old; nothing was submitted.")
    remedy = Text(
        "请返回上一页，刷新后重新提交；浏览器须允许本站的 Cookie。",
        "Go back, reload and submit again; the browser must accept this site's cookies.",
    )
    return _page(request, "400.html", what, remedy, status=403)


def sentence(request: HttpRequest, error: LianzhangError, *, status: int) -> HttpResponse:
    """The page for an error that has words of its own (400, 403 or 409)."""
    return _page(request, f"{status}.html", error.what, error.remedy, status=status)


def busy(request: HttpRequest, error: Exception) -> HttpResponse:
    """The database was not free in time. What was typed stays on the page and can be sent again."""
    own = isinstance(error, WriterBusy)
    what = error.what if own else _HELD
    remedy = error.remedy if own else _LATER
    response = _page(request, "503.html", what, remedy, status=503, typed=_typed(request))
    response["Retry-After"] = str(_RETRY_AFTER)
    return response


_HELD = Text(
    "正在导入一份涉及这里的表，或别人正在办理同一条，等了一会儿仍没有空出；这次没有保存任何内容。",
    "A table that concerns this is being imported, or somebody is at the same record; nothing was saved this time.",
)
_LATER = Text("请稍后再试。", "Try again in a moment.")


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What the form said, for sending it again; nothing where that would lose files or show a password."""
    if request.method != "POST" or request.FILES or any("password" in name for name in request.POST):
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
        if isinstance(value, str)
    ]


def _page(
    request: HttpRequest, page: str, what: Text, remedy: Text | None, *, status: int, **more: Any
) -> HttpResponse:
    language = "en" if (get_language() or "").startswith("en") else "zh"
    shown = {"what": what.say(language), "remedy": remedy.say(language) if remedy else "", **more}
    return render(request, page, shown, status=status)
