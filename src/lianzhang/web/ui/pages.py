"""Home and help."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page: what the reader's role works with; for visitors, what this is."""
    if not request.user.is_authenticated:
        return render(request, "ui/welcome.html")
    from lianzhang.web.ui.home import address_for

    return redirect(address_for(request.actor))


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to read the pages: marks, numbers, keys."""
    return render(request, "ui/help.html")
