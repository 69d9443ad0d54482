"""Addresses of pairings."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.pairings import pages

app_name = "pairings"

urlpatterns = [
    path("", pages.list_of_needs, name="list"),
    path("new/", pages.new, name="new"),
    path("<uuid:subject>/", pages.need, name="need"),
    path("<uuid:subject>/do/<slug:action>/", pages.do, name="do"),
]
