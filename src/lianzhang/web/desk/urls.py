"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.desk import pages

app_name = "desk"

urlpatterns = [
    path("", pages.home, name="home"),
    path("notices/", pages.notices, name="notices"),
    path("notices/read/", pages.read_notices, name="read-notices"),
    path("files/<uuid:file_id>/", pages.file, name="file"),
    path("calendar/", pages.calendar, name="calendar"),
]
