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

_TITLES = {
    400: Text("这一步没有办成", "This did not work"),
    403: Text("无权办理", "Not yours to do"),
    404: Text("没有这个页面", "No such page"),
    409: Text("别人先改了", "Somebody else was first"),
    503: Text("系统正忙", "Busy at the moment"),
}


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The same page for what does not exist and for what is not to be known of."""
    what = Text("页面不存在，或不在您可查看的范围内。", "The page does not exist, or you may not see it.")
    remedy = Text("请检查地址，或从首页进入。", "Check the address, or begin at the first page.")
    return _page(request, what, remedy, status=404)


def not_allowed(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Django's own refusals."""
    what = Text("您当前的身份不能办理这件事。", "Your present identity may not do this.")
    remedy = Text("可在“我的权限”页查看原因。", "“My permissions” tells why.")
    return _page(request, what, remedy, status=403)


def forged_or_stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: most often the page stood open for too long."""
    what = Text("表单已过期，内容没有提交。", "The form is too old; nothing was submitted.")
    remedy = Text(
        "请返回上一页，刷新后重新提交；浏览器须允许本站的 Cookie。",
        "Go back, reload and submit again; the browser must accept this site's cookies.",
    )
    return _page(request, what, remedy, status=403)


def sentence(request: HttpRequest, error: LianzhangError, *, status: int) -> HttpResponse:
    """The page for an error that has words of its own."""
    return _page(request, error.what, error.remedy, status=status)


def busy(request: HttpRequest, error: WriterBusy) -> HttpResponse:
    """The database was not free in time."""
    response = _page(request, error.what, error.remedy, status=503)
    response["Retry-After"] = str(_RETRY_AFTER)
    return response


def _page(request: HttpRequest, what: Text, remedy: Text | None, *, status: int) -> HttpResponse:
    language = "en" if (get_language() or "").startswith("en") else "zh"
    shown = {
        "title": _TITLES[status].say(language),
        "what": what.say(language),
        "remedy": remedy.say(language) if remedy else "",
        "status": status,
    }
    return render(request, "people/refusal.html", shown, status=status)
