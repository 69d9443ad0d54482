"""Addresses of requests."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.cases.pages import filing, lists, look_up, request, table

app_name = "cases"

urlpatterns = [
    path("", lists.pool, name="list"),
    path("assign/", lists.assignment, name="assign"),
    path("figures/", lists.in_figures, name="figures"),
    path("new/", filing.new, name="new"),
    path("behalf/", filing.behalf, name="behalf"),
    path("import/", table.upload, name="import"),
    path("import/template.xlsx", table.template, name="template"),
    path("import/<uuid:table_id>/", table.look, name="table"),
    path("import/<uuid:table_id>/file/", table.file, name="file-table"),
    path("import/<uuid:table_id>/undo/", table.undo, name="undo-table"),
    path("look-up/", look_up.look_up, name="look-up"),
    path("<uuid:subject>/", request.request_page, name="request"),
    path("<uuid:subject>/draft/<int:page>/", filing.draft, name="draft"),
    path("<uuid:subject>/sent/", filing.sent, name="sent"),
    path("<uuid:subject>/note/", request.add_note, name="note"),
    path("<uuid:subject>/do/<slug:action>/", request.do, name="do"),
]
