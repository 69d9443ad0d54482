"""Addresses of the lists behind the map."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.ledgers.pages import lists, visits

app_name = "ledgers"

urlpatterns = [
    path("", lists.all_lists, name="all"),
    path("row/<uuid:row_id>/", lists.one_row, name="row"),
    path("row/<uuid:row_id>/edit/", lists.edit_row, name="edit"),
    path("row/<uuid:row_id>/step/", lists.step, name="step"),
    path("row/<uuid:row_id>/confirm/", lists.confirm_row, name="confirm"),
    path("<slug:slug>/visits/", visits.visits, name="visits"),
    path("<slug:slug>/visits/new/", visits.new_visit, name="new-visit"),
    path("<slug:slug>/ten/", visits.ten, name="ten"),
    path("<slug:slug>/ten/<str:county_id>/<slug:item>/", visits.report, name="report"),
    path("<slug:slug>/<slug:ledger_id>/", lists.one_list, name="list"),
    path("<slug:slug>/<slug:ledger_id>/new/", lists.new_row, name="new"),
    path("<slug:slug>/<slug:ledger_id>/fill/", lists.fill, name="fill"),
    path("<slug:slug>/<slug:ledger_id>/table.xlsx", lists.table, name="table"),
]
