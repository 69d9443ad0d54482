"""Addresses of visits."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.visits import pages

app_name = "visits"

urlpatterns = [
    path("", pages.list_of_visits, name="list"),
    path("new/", pages.new, name="new"),
    path("<uuid:subject>/", pages.visit, name="visit"),
    path("<uuid:subject>/do/<slug:action>/", pages.do, name="do"),
]
