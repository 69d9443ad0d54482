"""Addresses of all pages; each noun keeps its own list."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from lianzhang.web.ui.pages import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("lianzhang.web.people.urls")),
    path("", include("lianzhang.web.ui.urls")),
    path("account/mail/", include("lianzhang.web.mail.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("chains/", include("lianzhang.web.chains.urls")),
    path("ledgers/", include("lianzhang.web.ledgers.urls")),
    path("plans/", include("lianzhang.web.plans.urls")),
    path("analyses/", include("lianzhang.web.analyses.urls")),
    path("outages/", include("lianzhang.web.outages.urls")),
    path("bulletins/", include("lianzhang.web.bulletins.urls")),
    path("enterprises/", include("lianzhang.web.registry.urls")),
    path("facts/", include("lianzhang.web.facts.urls")),
    path("measures/", include("lianzhang.web.measures.urls")),
    path("matches/", include("lianzhang.web.matches.urls")),
    path("exemptions/", include("lianzhang.web.exemptions.urls")),
    path("subscriptions/", include("lianzhang.web.subscriptions.urls")),
    path("imports/", include("lianzhang.web.imports.urls")),
    path("requests/", include("lianzhang.web.cases.urls")),
    path("problems/", include("lianzhang.web.problems.urls")),
    path("meetings/", include("lianzhang.web.meetings.urls")),
    path("projects/", include("lianzhang.web.projects.urls")),
    path("pairings/", include("lianzhang.web.pairings.urls")),
    path("visits/", include("lianzhang.web.visits.urls")),
    path("matrix/", include("lianzhang.web.matrix.urls")),
    path("charges/", include("lianzhang.web.charges.urls")),
    path("desk/", include("lianzhang.web.desk.urls")),
    path("journal/", include("lianzhang.web.journal.urls")),
]

handler403 = "lianzhang.web.people.pages.refusals.not_allowed"
handler404 = "lianzhang.web.people.pages.refusals.not_found"
