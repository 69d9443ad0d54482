"""Addresses of the pages about chains."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.chains import pages

app_name = "chains"

urlpatterns = [
    path("", pages.list_of_chains, name="list"),
    path("<slug:slug>/", pages.chain, name="chain"),
]
