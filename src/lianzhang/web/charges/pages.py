"""Enterprises in charge: a chief's own list; the office gives and takes back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from lianzhang.casework import may_ever
from lianzhang.kernel import LianzhangError, NotAllowed
from lianzhang.web.charges import queries
from lianzhang.web.charges.actions import end_charge, give_charge
from lianzhang.web.charges.forms import GiveForm
from lianzhang.web.flow.acting import say_error
from lianzhang.web.people.permission import require


@require("charge.see")
@require_http_methods(["GET", "HEAD", "POST"])
def charges(request: HttpRequest) -> HttpResponse:
    """The list, and for the office the form."""
    gives = may_ever(request.actor, "charge.give").allowed
    form = GiveForm(request.POST or None, actor=request.actor) if gives else None
    if request.method == "POST" and form is not None and form.is_valid():
        given = form.cleaned_data
        try:
            give_charge(request.actor, given["person"], form.enterprise_id, given["chain"])
        except NotAllowed:
            raise
        except LianzhangError as error:
            form.add_error(None, say_error(error))
        else:
            messages.success(request, gettext("已分配。"))
            return redirect("charges:list")
    rows = queries.listed(request.actor)
    shown = {"rows": rows, "form": form, "gives": gives}
    return render(request, "charges/list.html", shown, status=422 if form and form.errors else 200)


@require("charge.give")
@require_POST
def end(request: HttpRequest, charge_id: int) -> HttpResponse:
    """Take one back."""
    end_charge(request.actor, charge_id)
    messages.success(request, gettext("已取消包保。"))
    return redirect("charges:list")
