"""Where a request stands, for somebody who is not signed in: number and last four digits, few tries."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from lianzhang.casework import FLOWS
from lianzhang.casework.flow import SHOWN
from lianzhang.web.cases import queries
from lianzhang.web.cases.forms import LookUpForm
from lianzhang.web.flow.queries import outward_log
from lianzhang.web.people.actions.sessions import address_of
from lianzhang.web.people.limits import LOOK_UP, LOOK_UP_FROM, count, uncount
from lianzhang.web.people.permission import open_page


@open_page
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """State and outward acts, nothing of the content. What was wrong with a number is not said."""
    form = LookUpForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "cases/look_up.html", {"form": form}, status=422 if form.is_bound else 200)
    number = form.public_number
    tries = [count(LOOK_UP_FROM, address_of(request)), count(LOOK_UP, number or "no number")]
    wait = max(tried.wait_minutes for tried in tries)
    if wait:
        form.add_error(None, gettext("查询过于频繁，请%(n)s分钟后再试。") % {"n": wait})
        response = render(request, "cases/look_up.html", {"form": form}, status=429)
        response["Retry-After"] = str(wait * 60)
        return response
    row = queries.found(number, form.cleaned_data["last_four"]) if number else None
    if row is None:
        form.add_error(None, gettext("没有查到：请核对查询码和电话后四位。"))
        return render(request, "cases/look_up.html", {"form": form}, status=422)
    # Only wrong answers count against a number.
    uncount(tries[1])
    state = FLOWS["request"].state(row.state)
    found = {"row": row, "shown": SHOWN[state.shown], "state": state.label, "lines": outward_log(row)}
    return render(request, "cases/look_up.html", {"form": LookUpForm(), "found": found})
