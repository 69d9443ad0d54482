"""Addresses of lists of measures."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.measures.pages import lists, preparing

app_name = "measures"

urlpatterns = [
    path("", lists.all_lists, name="lists"),
    path("new/", preparing.new_list, name="new-list"),
    path("list/<slug:code>/", lists.one_list, name="list"),
    path("list/<slug:code>/new/", preparing.begin_version, name="new-version"),
    path("version/<uuid:version_id>/", lists.version, name="version"),
    path("version/<uuid:version_id>/compared/", lists.compared, name="compared"),
    path("version/<uuid:version_id>/measure/", preparing.write_measure, name="new-measure"),
    path("version/<uuid:version_id>/measure/<uuid:measure_id>/", preparing.write_measure, name="measure"),
    path(
        "version/<uuid:version_id>/measure/<uuid:measure_id>/drop/",
        preparing.drop_measure,
        name="drop-measure",
    ),
    path("version/<uuid:version_id>/trial/", preparing.try_version, name="trial"),
    path("version/<uuid:version_id>/step/<slug:action>/", preparing.step, name="step"),
    path("measure/<uuid:measure_id>/", lists.card, name="card"),
]
