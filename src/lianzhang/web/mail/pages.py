"""A person's own page about mail."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from lianzhang.kernel import LianzhangError, NotAllowed
from lianzhang.web.mail import queries
from lianzhang.web.mail.actions import choose_kinds, confirm_address, drop_address, set_address
from lianzhang.web.mail.forms import AddressForm, KindsForm, MailCodeForm
from lianzhang.web.people.permission import require


@require("account.change")
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: Any) -> HttpResponse:
    """The address with its confirmation, and the kinds; each form says with `do` which one it is."""
    actor, do = request.actor, request.POST.get("do", "")
    own = queries.own(actor)
    forms: dict[str, Any] = {
        "address": AddressForm(request.POST if do == "address" else None),
        "code": MailCodeForm(request.POST if do == "code" else None),
        "kinds": KindsForm(request.POST if do == "kinds" else None, initial={"kinds": own.wanted}),
    }
    status = 200
    if request.method == "POST":
        if _done(request, do, forms.get(do)):
            return redirect("mail:mail")
        status = 422
    shown = {"own": own, "is_on": queries.is_on(), **{f"{name}_form": form for name, form in forms.items()}}
    return render(request, "mail/mail.html", shown, status=status)


def _done(request: Any, do: str, form: Any) -> bool:
    if do == "drop":
        drop_address(request.actor)
        messages.success(request, gettext("邮箱已移除，不再发送。"))
        return True
    if form is None or not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        if do == "address":
            set_address(request.actor, given["address"])
            messages.success(request, gettext("验证码已发往该邮箱，请在30分钟内填入。"))
        elif do == "code":
            confirm_address(request.actor, given["code"])
            messages.success(request, gettext("邮箱已确认，今后的提醒会发到这里。"))
        else:
            choose_kinds(request.actor, given["kinds"])
            messages.success(request, gettext("已保存。"))
    except NotAllowed:
        raise
    except LianzhangError as error:
        form.add_error(None, error.say("en" if (get_language() or "").startswith("en") else "zh"))
        return False
    return True
