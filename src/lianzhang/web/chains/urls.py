"""Addresses of the pages about chains and their maps."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.chains.pages import drafting, maps, overview, paper, versions

app_name = "chains"

urlpatterns = [
    path("", overview.list_of_chains, name="list"),
    path("<slug:slug>/", overview.chain, name="chain"),
    path("<slug:slug>/map/", maps.whole, name="map"),
    path("<slug:slug>/map/map.pdf", paper.map_pdf, name="map-pdf"),
    path("<slug:slug>/map/place/", maps.place_all, name="place"),
    path("<slug:slug>/map/place/<int:placement>/", maps.decide_place, name="decide"),
    path("<slug:slug>/map/node/<str:node_id>/", maps.node, name="node"),
    path("<slug:slug>/map/node/<str:node_id>/add/", maps.add_place, name="add-place"),
    path("<slug:slug>/map/versions/", versions.all_versions, name="versions"),
    path("<slug:slug>/map/versions/<int:number>/", versions.one_version, name="version"),
    path("<slug:slug>/map/versions/<int:number>/compared/", versions.compared, name="compared"),
    path("<slug:slug>/map/versions/<int:number>/table.xlsx", versions.table, name="table"),
    path("<slug:slug>/map/draft/", drafting.draft, name="draft"),
    path("<slug:slug>/map/draft/begin/", drafting.begin, name="begin"),
    path("<slug:slug>/map/draft/drop/", drafting.drop, name="drop-draft"),
    path("<slug:slug>/map/draft/publish/", drafting.publish_draft, name="publish"),
    path("<slug:slug>/map/draft/upload/", drafting.upload, name="upload"),
    path("<slug:slug>/map/draft/node/", drafting.new_node, name="new-node"),
    path("<slug:slug>/map/draft/node/<str:node_id>/", drafting.edit_node, name="edit-node"),
    path("<slug:slug>/map/draft/node/<str:node_id>/drop/", drafting.remove_node, name="drop-node"),
    path("<slug:slug>/map/draft/link/", drafting.add_link, name="add-link"),
    path("<slug:slug>/map/draft/link/drop/", drafting.remove_link, name="drop-link"),
]
