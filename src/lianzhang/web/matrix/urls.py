"""Addresses of the matrix."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.matrix import pages

app_name = "matrix"

urlpatterns = [
    path("", pages.chains, name="list"),
    path("<slug:slug>/", pages.matrix, name="matrix"),
    path("<slug:slug>/table.xlsx", pages.table, name="table"),
]
