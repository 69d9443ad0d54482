"""Addresses of the pages about facts."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "facts"

urlpatterns: list[URLPattern] = []
