"""Home and help."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lianzhang.web.people.permission import open_page
from lianzhang.web.ui.home import address_for


@open_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page: what the reader's role works with; for visitors, what this is."""
    if not request.user.is_authenticated:
        return render(request, "ui/welcome.html")
    return redirect(address_for(request.actor))


@open_page
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to read the pages: marks, numbers, keys."""
    return render(request, "ui/help.html")
