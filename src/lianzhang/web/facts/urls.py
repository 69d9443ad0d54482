"""Addresses of the pages about facts."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.facts import pages

app_name = "facts"

urlpatterns = [
    path("", pages.list_of_facts, name="list"),
    path("export/", pages.as_csv, name="export"),
    path("<uuid:fact_id>/", pages.fact, name="fact"),
]
