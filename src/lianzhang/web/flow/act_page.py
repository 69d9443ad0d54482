"""The page of one act on one case: its form, the act, and where the reader comes out. Every noun with cases has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from lianzhang.web.flow.acting import ActForm, attempt, form_for
from lianzhang.web.flow.columns import CaseColumns
from lianzhang.web.flow.queries import buttons, clocks_of


def act_page(
    request: HttpRequest,
    row: CaseColumns,
    action: str,
    carry: Callable[[ActForm], Any],
    *,
    template: str,
    back: str,
    extra: Mapping[str, forms.Field] | None = None,
    prepare: Callable[[ActForm], None] | None = None,
    shown: Callable[[], Mapping[str, Any]] | None = None,
    after: Callable[[], str] | None = None,
    pressed_late: Callable[[], Any] | None = None,
) -> HttpResponse:
    """Show the form of `action`, or carry it out.

    `carry` does the act with what the valid form holds; what the rules refuse is told in the form. `back` is the
    address of the case, `after` another one to go to when the act is done, `shown` what the template shows beside
    the form. `pressed_late` is called when a button of an old page was pressed, so that the rules say what
    happened meanwhile.
    """
    of = next((one for one in buttons(request.actor, row, clocks_of(row)) if one.action == action), None)
    if of is None:
        if request.method == "POST" and pressed_late is not None:
            pressed_late()
        return redirect(back)
    form = form_for(request, row, of, extra=extra)
    if prepare is not None:
        prepare(form)
    if request.method == "POST" and attempt(form, carry) is not None:
        messages.success(request, gettext("已办。"))
        return redirect(after() if after is not None else back)
    content = {"row": row, "form": form, "of": of, "back": back, **(shown() if shown is not None else {})}
    return render(request, template, content, status=422 if form.errors else 200)


def filled(form: ActForm) -> dict[str, Any]:
    """The version of the page and the files, as every act takes them."""
    return {"version": form.cleaned_data.get("version"), "files": form.cleaned_data.get("files") or ()}
