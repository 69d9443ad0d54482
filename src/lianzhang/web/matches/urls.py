"""Addresses of matches."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.matches import pages, self_check

app_name = "matches"

urlpatterns = [
    path("", pages.mine, name="mine"),
    path("ladder/", pages.ladder, name="ladder"),
    path("ask/", pages.next_question, name="ask"),
    path("self-check/", self_check.check, name="self-check"),
    path("self-test/", pages.self_test, name="self-test"),
    path("enterprise/<str:enterprise_id>/", pages.study, name="study"),
    path("enterprise/<str:enterprise_id>/ladder/", pages.study_ladder, name="study-ladder"),
    path("enterprise/<str:enterprise_id>/<str:key>/", pages.study_detail, name="study-detail"),
    path("<str:key>/", pages.detail, name="detail"),
]
