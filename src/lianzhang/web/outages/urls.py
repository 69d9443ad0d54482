"""Addresses of outage studies and of the catalogue of measures."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.outages import pages

app_name = "outages"

urlpatterns = [
    path("", pages.search, name="search"),
    path("measures/", pages.catalogue, name="catalogue"),
    path("fields/<slug:slug>/", pages.fields, name="fields"),
    path("<str:enterprise_id>/", pages.one, name="study"),
    path("<str:enterprise_id>/tasks/", pages.make_tasks, name="tasks"),
]
