"""Addresses of the frame's own pages. The home page is named `home` in the list of all pages."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.ui import pages

app_name = "ui"

urlpatterns = [path("help/", pages.help_page, name="help")]
