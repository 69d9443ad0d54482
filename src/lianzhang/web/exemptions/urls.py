"""Addresses of the exemption desk."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.exemptions import pages

app_name = "exemptions"

urlpatterns = [
    path("", pages.studies, name="list"),
    path("new/", pages.new, name="new"),
    path("<uuid:study_id>/", pages.study, name="study"),
    path("<uuid:study_id>/opinion/", pages.hand_in, name="hand-in"),
    path("<uuid:study_id>/decision/", pages.decided, name="decide"),
]
