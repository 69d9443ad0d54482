"""Texts that come with a form outside Django's form fields."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict

from lianzhang.web.registry.search_keys import visible

#: More than any of these fields takes.
_LONGEST = 1000


def typed(request: HttpRequest, name: str, *, most: int = _LONGEST) -> str:
    """What was typed under `name`, without the signs that nobody sees; empty when nothing was."""
    said = request.POST.get(name, "") or request.GET.get(name, "")
    return visible(said).strip()[:most]


def number(request: HttpRequest, name: str) -> int | None:
    """A whole number from a hidden field; None for anything else."""
    said = typed(request, name)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None


def form_data(request: HttpRequest) -> QueryDict:
    """All that a form sent, without the signs that nobody sees: a name of those alone is no name."""
    data = request.POST.copy()
    for name in data:
        data.setlist(name, [visible(one) if isinstance(one, str) else one for one in data.getlist(name)])
    return data
