"""Addresses of analyses and saved scenarios."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.analyses.pages import measures, scenarios

app_name = "analyses"

urlpatterns = [
    path("", measures.index, name="index"),
    path("risk/", measures.risk, name="risk"),
    path("second-suppliers/", measures.second_suppliers, name="second_suppliers"),
    path("structure/", measures.structure, name="structure"),
    path("growth/", measures.growth, name="growth"),
    path("distance/", measures.distance, name="distance"),
    path("scenarios/", scenarios.all_saved, name="scenarios"),
    path("scenarios/compared/", scenarios.side_by_side, name="compared"),
    path("scenarios/save/<str:enterprise_id>/", scenarios.keep, name="save"),
]
