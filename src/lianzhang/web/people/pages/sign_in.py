"""Sign in, show the second factor, sign out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from lianzhang.kernel import clock
from lianzhang.web.people.actions.sessions import close_session, open_session
from lianzhang.web.people.actions.sign_in import Answer, Outcome, check_code, check_password
from lianzhang.web.people.forms import CodeForm, SignInForm
from lianzhang.web.people.models import Person
from lianzhang.web.people.permission import open_page

#: Where the session remembers whose password was right until the code follows, and for how long.
_HALFWAY = "halfway"
_HALFWAY_SECONDS = 300


@open_page
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Account name and password."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    ended = request.session.pop("ended", None)
    form, status = SignInForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        answer = check_password(request, form.cleaned_data["username"], form.cleaned_data["password"])
        if answer.outcome is Outcome.right and answer.person is not None:
            return _after_password(request, answer.person)
        form.add_error(None, _refusal(answer, _("账号或口令不对。")))
        status = _status(answer)
    shown = {"form": form, "next": _next(request), "ended": ended}
    return render(request, "account/login.html", shown, status=status)


@open_page
@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The code, after the password was right."""
    person = _halfway(request)
    if person is None:
        return redirect("people:login")
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        answer = check_code(request, person, form.cleaned_data["code"])
        if answer.outcome is Outcome.right:
            next_page = request.session[_HALFWAY]["next"]
            request.session.pop(_HALFWAY)
            open_session(request, person, factors=2)
            return redirect(next_page)
        form.add_error("code", _refusal(answer, _("验证码不对。请核对手机时间，换下一个码再试。")))
        status = _status(answer)
    return render(request, "mfa/code.html", {"form": form}, status=status)


@open_page
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Sign out; the browser forgets what it kept of the pages."""
    close_session(request)
    response = redirect("people:login")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _after_password(request: HttpRequest, person: Person) -> HttpResponse:
    if not person.second_factor:
        next_page = _next(request)
        open_session(request, person, factors=1)
        return redirect(next_page)
    request.session.cycle_key()
    request.session[_HALFWAY] = {
        "person": str(person.pk),
        "at": int(clock.now().timestamp()),
        "next": _next(request),
    }
    return redirect("people:second_factor")


def _halfway(request: HttpRequest) -> Person | None:
    known: Any = request.session.get(_HALFWAY)
    if not known or clock.now().timestamp() - known["at"] > _HALFWAY_SECONDS:
        return None
    return Person.objects.filter(pk=known["person"], state=Person.State.active).first()


def _refusal(answer: Answer, wrong: str) -> str:
    if answer.outcome is Outcome.locked:
        return _("尝试次数过多，请在 %(minutes)d 分钟后再试。") % {"minutes": answer.wait_minutes}
    return wrong


def _status(answer: Answer) -> int:
    return 429 if answer.outcome is Outcome.locked else 400


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    at_login = asked.startswith((reverse("people:login"), reverse("people:logout")))
    return asked if safe and not at_login else resolve_url(settings.LOGIN_REDIRECT_URL)
