"""Addresses of sub-fields and plans."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.plans.pages import choices, papers

app_name = "plans"

urlpatterns = [
    path("", choices.all_chains, name="all"),
    path("<slug:slug>/", choices.matrix, name="matrix"),
    path("<slug:slug>/plan/", papers.chain_plan_page, name="chain-plan"),
    path("<slug:slug>/plan.pdf", papers.chain_plan_pdf, name="chain-plan-pdf"),
    path("<slug:slug>/<str:county_id>/", choices.county, name="county"),
    path("<slug:slug>/<str:county_id>/propose/", choices.propose_choice, name="propose"),
    path("<slug:slug>/<str:county_id>/decide/", choices.decide_choice, name="decide"),
    path("<slug:slug>/<str:county_id>/plan/", papers.county_plan_page, name="county-plan"),
    path("<slug:slug>/<str:county_id>/plan.pdf", papers.county_plan_pdf, name="county-plan-pdf"),
]
