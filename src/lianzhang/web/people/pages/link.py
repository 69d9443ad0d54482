"""The page behind a one-time link: choose a password."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from lianzhang.web.people import limits
from lianzhang.web.people.actions.issue_link import usable_link
from lianzhang.web.people.actions.sessions import address_of
from lianzhang.web.people.actions.use_link import use_link
from lianzhang.web.people.forms import NewPasswordForm
from lianzhang.web.people.permission import open_page


@open_page
@never_cache
@sensitive_post_parameters("password", "again")
@sensitive_variables("secret")
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Set the password once. The link signs nobody in: a second factor is asked for as always."""
    tried = limits.count(limits.LINK_FROM, address_of(request))
    found = None if tried.wait_minutes else usable_link(secret)
    if found is None:
        return render(request, "account/link_dead.html", status=429 if tried.wait_minutes else 404)
    limits.uncount(tried)
    form = NewPasswordForm(request.POST or None, person=found.person)
    if request.method == "POST" and form.is_valid():
        use_link(found, form.cleaned_data["password"])
        messages.success(request, _("口令已设好，请用它登录。"))
        return redirect("people:login")
    shown = {"form": form, "person": found.person}
    return render(request, "account/link.html", shown, status=400 if form.errors else 200)
