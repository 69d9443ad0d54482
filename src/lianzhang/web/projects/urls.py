"""Addresses of projects."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.projects import pages

app_name = "projects"

urlpatterns = [
    path("", pages.list_of_projects, name="list"),
    path("changes/", pages.changes, name="changes"),
    path("new/", pages.new, name="new"),
    path("factors/", pages.list_of_factors, name="factors"),
    path("factors/<uuid:subject>/", pages.factor, name="factor"),
    path("factors/<uuid:subject>/do/<slug:action>/", pages.do_factor, name="do-factor"),
    path("<uuid:subject>/", pages.project, name="project"),
    path("<uuid:subject>/do/<slug:action>/", pages.do, name="do"),
    path("<uuid:subject>/<slug:what>/<int:part>/", pages.change, name="change"),
]
