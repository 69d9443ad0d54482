"""Addresses of the pages about enterprises."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.registry.pages import desks, double_titles, listing, own, profile, records, subjects

app_name = "registry"

urlpatterns = [
    path("", listing.list_of_enterprises, name="list"),
    path("export/", listing.as_table, name="export"),
    path("new/", listing.new, name="new"),
    path("load/", listing.load_pack, name="load_pack"),
    path("views/", listing.keep_view, name="keep_view"),
    path("views/<uuid:view_id>/remove/", listing.remove_view, name="remove_view"),
    path("duplicates/", desks.tray, name="duplicates"),
    path("duplicates/judge/", desks.judge_pair, name="judge"),
    path("conflicts/", desks.conflicts, name="conflicts"),
    path("corrections/", desks.corrections, name="corrections"),
    path("corrections/<uuid:correction_id>/", desks.decide_correction, name="decide_correction"),
    path("titles/", double_titles.desk, name="double_titles"),
    path("own/", own.own, name="own"),
    path("own/correct/", own.correct, name="correct"),
    path("own/corrections/<uuid:correction_id>/withdraw/", own.withdraw, name="withdraw_correction"),
    path("bulletin/<uuid:document_id>/", subjects.subjects, name="subjects"),
    path("<str:enterprise_id>/", profile.enterprise, name="enterprise"),
    path("<str:enterprise_id>/value/", profile.record_value, name="value"),
    path("<str:enterprise_id>/settle/", desks.settle, name="settle"),
    path("<str:enterprise_id>/link/", profile.link, name="link"),
    path("<str:enterprise_id>/titles/judge/", double_titles.judge, name="judge_titles"),
    path("<str:enterprise_id>/titles/<int:holding_id>/", records.retitle, name="retitle"),
    path("<str:enterprise_id>/records/<slug:group>/", records.add_record, name="add_record"),
    path("<str:enterprise_id>/records/<slug:group>/<int:row_id>/", records.correct_record, name="record"),
    path("<str:enterprise_id>/contacts/<int:contact_id>/", profile.reveal_contact, name="reveal"),
]
