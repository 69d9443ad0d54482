"""A person's own account: sessions, password, second factor, identity, permissions."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianzhang.web.journal import queries as journal
from lianzhang.web.people import queries, second_factor
from lianzhang.web.people.actions.identity import switch_identity
from lianzhang.web.people.actions.password import set_password
from lianzhang.web.people.actions.second_factor import switch_off, switch_on
from lianzhang.web.people.actions.sessions import end_other_sessions, open_session
from lianzhang.web.people.forms import ChangePasswordForm, CodeForm
from lianzhang.web.people.permission import may_ever, require
from lianzhang.web.people.sessions import digest_of

#: Where the session keeps a new seed until the person has shown a code made from it.
_NEW_SEED = "new_seed"


@require("account.see")
@require_GET
def account(request: Any) -> HttpResponse:
    """Who I am here, where I am signed in, and what protects the account."""
    sign_ins = journal.own_sign_ins(request.actor)
    shown = {
        "may_lend": may_ever(request.actor, "delegation.see").allowed,
        "last": _sign_in(sign_ins[1]) if len(sign_ins) > 1 else None,
        "sessions": queries.sessions(request.actor),
        "this_session": digest_of(str(request.session.session_key)),
    }
    return render(request, "account/account.html", shown)


@require("account.change")
@never_cache
@sensitive_post_parameters("present", "password", "again")
@require_http_methods(["GET", "POST"])
def password(request: Any) -> HttpResponse:
    """Choose a new password; all sessions end and this browser gets a fresh one."""
    form = ChangePasswordForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        person = request.user
        factors = 2 if person.second_factor else 1
        set_password(request.actor, person, form.cleaned_data["password"])
        open_session(request, person, factors=factors)
        messages.success(request, _("口令已修改，其他设备上的登录已退出。"))
        return redirect("home")
    shown = {"form": form, "forced": request.user.must_change_password}
    return render(request, "account/password.html", shown, status=400 if form.errors else 200)


@require("account.change")
@never_cache
@require_http_methods(["GET", "POST"])
def factor(request: Any) -> HttpResponse:
    """Switch the second factor on (scan, then show a code) or off (show a code)."""
    person = request.user
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if person.second_factor:
            done, said = switch_off(request.actor, person, code), _("第二因素已关闭。")
        else:
            seed = _seed(request)
            done, said = switch_on(request.actor, person, seed, code), _("第二因素已启用，下次登录时生效。")
        if done:
            request.session.pop(_NEW_SEED, None)
            messages.success(request, said)
            return redirect("people:account")
        form.add_error("code", _("验证码不对。请核对手机时间，换下一个码再试。"))
    shown: dict[str, Any] = {"form": form, "is_on": bool(person.second_factor)}
    if not person.second_factor:
        seed = _seed(request)
        shown["drawing"] = second_factor.picture(seed, username=person.username)
        shown["typed"] = second_factor.typed_form(seed)
    return render(request, "mfa/factor.html", shown, status=400 if form.errors else 200)


@require("account.change")
@require_POST
def end_others(request: Any) -> HttpResponse:
    """Sign out everywhere else."""
    count = end_other_sessions(request)
    messages.success(request, _("已退出其他 %(count)d 处登录。") % {"count": count})
    return redirect("people:account")


@require("identity.switch")
@require_POST
def identity(request: Any) -> HttpResponse:
    """Act in another of one's posts from now on."""
    switch_identity(request, request.POST.get("holding", ""))
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    return redirect(asked if safe else "home")


@require("permission.see")
@require_GET
def why(request: Any) -> HttpResponse:
    """What my present identity may do and, for everything else, why not."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    rows = [
        {
            "label": ability.label.say(language),
            "verb": ability.verb,
            "scope": ability.scope.label.say(language) if ability.scope else "",
            "reason": ability.reason.say(language) if ability.reason else "",
        }
        for ability in queries.abilities(request.actor)
    ]
    allowed = [row for row in rows if not row["reason"]]
    refused = [row for row in rows if row["reason"]]
    role = request.actor.role.label.say(language)
    return render(request, "people/why.html", {"allowed": allowed, "refused": refused, "role": role})


def _sign_in(event: Any) -> dict[str, Any]:
    return {"at": datetime.fromisoformat(event.at), "address": json.loads(event.after).get("address", "")}


def _seed(request: Any) -> bytes:
    """The seed on offer in this session; the session is server-side and ends with the sign-in."""
    known = request.session.get(_NEW_SEED)
    if known is None:
        seed = second_factor.new_seed()
        request.session[_NEW_SEED] = base64.b64encode(seed).decode("ascii")
        return seed
    return base64.b64decode(known)
