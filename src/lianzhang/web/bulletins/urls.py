"""Addresses of the pages about bulletins."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.bulletins.pages import arrival, decisions, review

app_name = "bulletins"

urlpatterns = [
    path("", arrival.list_of_bulletins, name="list"),
    path("new/", arrival.new, name="new"),
    path("<uuid:document_id>/", arrival.document, name="document"),
    path("<uuid:document_id>/progress/", arrival.progress, name="progress"),
    path("<uuid:document_id>/read/", arrival.retry, name="retry"),
    path("<uuid:document_id>/date/", arrival.redate, name="redate"),
    path("<uuid:document_id>/file/", arrival.download, name="download"),
    path("<uuid:document_id>/review/", review.review, name="review"),
    path("<uuid:document_id>/original/", review.original, name="original"),
    path("<uuid:document_id>/source/<uuid:claim_id>/", review.source, name="source"),
    path("<uuid:document_id>/sure/", decisions.accept_sure_claims, name="accept-sure"),
    path("<uuid:document_id>/undo/", decisions.undo_decision, name="undo"),
    path("<uuid:document_id>/add/", decisions.add_claim, name="add"),
    path("<uuid:document_id>/finish/", decisions.finish_review, name="finish"),
    path("<uuid:document_id>/receipt/", decisions.receipt, name="receipt"),
    path("<uuid:document_id>/claims/<uuid:claim_id>/accept/", decisions.accept_claim, name="accept"),
    path("<uuid:document_id>/claims/<uuid:claim_id>/edit/", decisions.edit_claim, name="edit"),
    path("<uuid:document_id>/claims/<uuid:claim_id>/drop/", decisions.drop_claim, name="drop"),
]
