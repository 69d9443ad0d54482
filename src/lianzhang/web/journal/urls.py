"""Addresses of the journal."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.journal import pages

app_name = "journal"

urlpatterns = [
    path("", pages.events, name="list"),
    path("verify/", pages.verify, name="verify"),
]
