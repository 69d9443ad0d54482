"""Addresses of the import centre."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.imports.pages import arrival, batch, files

app_name = "imports"

urlpatterns = [
    path("", arrival.list_of_imports, name="list"),
    path("bring/", arrival.bring, name="bring"),
    path("template/<slug:kind>/", arrival.template_file, name="template"),
    path("<uuid:batch_id>/", batch.batch, name="batch"),
    path("<uuid:batch_id>/progress/", batch.progress, name="progress"),
    path("<uuid:batch_id>/change/", batch.change, name="change"),
    path("<uuid:batch_id>/commit/", batch.commit, name="commit"),
    path("<uuid:batch_id>/undo/", batch.undo, name="undo"),
    path("<uuid:batch_id>/rejects/", files.rejects, name="rejects"),
]
