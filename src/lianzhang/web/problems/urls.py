"""Addresses of problems."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.problems import pages

app_name = "problems"

urlpatterns = [
    path("", pages.list_of_problems, name="list"),
    path("new/", pages.new, name="new"),
    path("<uuid:subject>/", pages.problem, name="problem"),
    path("<uuid:subject>/do/<slug:action>/", pages.do, name="do"),
]
