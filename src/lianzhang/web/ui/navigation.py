"""Entries of the main navigation: those whose pages exist and which the actor may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: where it leads, what it is called, whether the reader is inside it."""

    href: str
    label: str
    current: bool


def entries(request: HttpRequest, actor: Any) -> tuple[Entry, ...]:
    """The navigation of `actor` on this request, in fixed order."""
    from lianzhang.web.people.permission import may_open

    known = (
        ("chains:list", gettext("产业链")),
        ("bulletins:list", gettext("公报入库")),
        ("facts:list", gettext("已入库事实")),
        ("people:people", gettext("人员与单位")),
        ("journal:list", gettext("留痕日志")),
    )
    shown = []
    for name, label in known:
        try:
            href = reverse(name)
        except NoReverseMatch:
            continue
        if may_open(actor, name):
            shown.append(Entry(href, label, request.path.startswith(href)))
    return tuple(shown)
