"""Addresses of consultations and resolutions."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.meetings.pages import meeting, resolution

app_name = "meetings"

urlpatterns = [
    path("", meeting.list_of_meetings, name="list"),
    path("new/", meeting.new, name="new"),
    path("ledger/", resolution.ledger, name="ledger"),
    path("resolutions/<uuid:subject>/", resolution.resolution, name="resolution"),
    path("resolutions/<uuid:subject>/do/<slug:action>/", resolution.do, name="do-resolution"),
    path("<uuid:subject>/", meeting.meeting, name="meeting"),
    path("<uuid:subject>/do/<slug:action>/", meeting.do, name="do"),
    path("<uuid:subject>/<slug:what>.docx", meeting.paper, name="paper"),
    path("<uuid:subject>/minutes/", meeting.minutes, name="minutes"),
    path("<uuid:subject>/items/", meeting.add, name="add"),
    path("<uuid:subject>/items/<int:item_id>/order/", meeting.order, name="order"),
    path("<uuid:subject>/items/<int:item_id>/answer/", meeting.answer, name="answer"),
    path("<uuid:subject>/items/<int:item_id>/decide/", resolution.decide, name="decide"),
]
