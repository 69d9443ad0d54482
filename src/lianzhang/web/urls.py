"""Addresses of all pages; each noun keeps its own list."""

from __future__ import annotations

from importlib.util import find_spec

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import import_string
from django.views.i18n import set_language

#: Where each noun's own list of addresses begins.
_PREFIXES = {
    "people": "",
    "journal": "journal/",
    "chains": "chains/",
    "bulletins": "bulletins/",
    "facts": "facts/",
    "ui": "",
}


def _pages_of(noun: str) -> list[URLPattern | URLResolver]:
    module = f"lianzhang.web.{noun}.urls"
    return [path(_PREFIXES[noun], include(module))] if find_spec(module) else []


urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", login_not_required(set_language), name="set_language"),
]
for _noun in _PREFIXES:
    urlpatterns += _pages_of(_noun)
if find_spec("lianzhang.web.ui.pages"):
    urlpatterns.append(path("", import_string("lianzhang.web.ui.pages.home"), name="home"))

handler403 = "lianzhang.web.people.pages.refusals.not_allowed"
handler404 = "lianzhang.web.people.pages.refusals.not_found"
