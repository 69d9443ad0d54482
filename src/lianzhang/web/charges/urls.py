"""Addresses of enterprises in charge."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.charges import pages

app_name = "charges"

urlpatterns = [
    path("", pages.charges, name="list"),
    path("<int:charge_id>/end/", pages.end, name="end"),
]
