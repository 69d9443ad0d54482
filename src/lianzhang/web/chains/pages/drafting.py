"""The drafting desk of a map: tree and table of the draft, its faults, nodes, links, upload, publication."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianzhang.chain import ChainMap, Link, LinkKind, Stage, TableError, differences, findings, from_plain
from lianzhang.kernel import Conflict, LianzhangError, NotAllowed, Text
from lianzhang.web.chains import queries, words
from lianzhang.web.chains.actions.draft import (
    begin_draft,
    drop_draft,
    drop_link,
    drop_node,
    put_link,
    put_node,
    replace_content,
)
from lianzhang.web.chains.actions.place import place_nodes
from lianzhang.web.chains.actions.publish import publish
from lianzhang.web.chains.forms import LinkForm, NodeForm, UploadForm
from lianzhang.web.chains.models import Chain, MapVersion
from lianzhang.web.chains.pages.frame import chain_with_map_or_404
from lianzhang.web.chains.pages.versions import map_crumbs, table_rows
from lianzhang.web.chains.workbook import map_of_workbook
from lianzhang.web.people.permission import require, require_for


def _open(request: HttpRequest, slug: str) -> tuple[Chain, MapVersion]:
    """The chain and its draft, for somebody who may edit it."""
    chain = chain_with_map_or_404(request, slug)
    require_for(request.actor, "map.edit", queries.subject_of(chain, request.actor))
    draft_version = queries.draft_of(chain)
    if draft_version is None:
        raise Http404
    return chain, draft_version


def _desk(slug: str, part: str = "") -> HttpResponse:
    return redirect(f"{reverse('chains:draft', args=[slug])}{part}")


def _revision(request: HttpRequest) -> int:
    """The revision that the form was filled in on; 0, which no draft has, when it is missing."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _nodes(chain_map: ChainMap) -> list[tuple[str, str]]:
    return [(node.id, f"{node.id} {words.spoken(node.name)}") for node in chain_map]


@require("map.edit")
@require_safe
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft as tree and table, with everything that is wrong with it."""
    chain, version = _open(request, slug)
    return render(request, "chains/draft.html", _context(chain, version))


def _context(chain: Chain, version: MapVersion, **more: Any) -> dict[str, Any]:
    chain_map = from_plain(version.content)
    rows = table_rows(chain_map)
    found = findings(chain_map)
    return {
        "chain": chain,
        "crumbs": map_crumbs(chain, (gettext("图谱草稿"), "")),
        "version": version,
        "stages": [
            (words.spoken(stage.label), [row for row in rows if row["node"].stage is stage])  # type: ignore[attr-defined]
            for stage in Stage
        ],
        "rows": rows,
        "links": [
            (link, *(words.spoken(chain_map.by_id[end].name) if end in chain_map.by_id else end
                     for end in (link.source, link.target)), words.spoken(link.kind.label))
            for link in chain_map.links
        ],
        "findings": [(finding, words.spoken(finding.what)) for finding in found],
        "grave": sum(finding.is_grave for finding in found),
        "link_form": LinkForm(nodes=_nodes(chain_map), initial={"revision": version.revision}),
        "upload_form": UploadForm(initial={"revision": version.revision}),
        **more,
    }  # fmt: skip


@require("map.edit")
@require_POST
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin the next version, or go on with the one begun."""
    begin_draft(request.actor, slug, note=request.POST.get("note", "")[:300])
    return _desk(slug)


@require("map.edit")
@require_POST
def drop(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw the draft away."""
    drop_draft(request.actor, slug, revision=_revision(request))
    messages.success(request, gettext("草稿已删去。"))
    return redirect("chains:map", slug)


@require("map.publish")
@require_POST
def publish_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Put the draft in force."""
    before = queries.in_force(chain_with_map_or_404(request, slug))
    version = publish(request.actor, slug, revision=_revision(request))
    if before is not None:
        told = differences(from_plain(before.content), from_plain(version.content))
        changed = {each.key for each in told if each.kind == "node"}
        place_nodes(request.actor, slug, changed)
    messages.success(request, gettext("第%(n)s版已发布。") % {"n": version.number})
    return redirect("chains:map", slug)


@require("map.edit")
@require_http_methods(["GET", "POST"])
def new_node(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a node."""
    return _write_node(request, slug, "")


@require("map.edit")
@require_http_methods(["GET", "POST"])
def edit_node(request: HttpRequest, slug: str, node_id: str) -> HttpResponse:
    """Write a node again."""
    return _write_node(request, slug, node_id)


def _write_node(request: HttpRequest, slug: str, node_id: str) -> HttpResponse:
    chain, version = _open(request, slug)
    chain_map = from_plain(version.content)
    if node_id and node_id not in chain_map.by_id:
        raise Http404
    if request.method == "POST":
        form = NodeForm(request.POST)
        if form.is_valid():
            try:
                put_node(
                    request.actor,
                    slug,
                    form.node(),
                    revision=form.cleaned_data["revision"],
                    replaces=node_id,
                )
            except (NotAllowed, Conflict):
                raise
            except LianzhangError as error:
                form.add_error(_field_of(error), words.spoken(error.what))
            else:
                return _desk(slug, f"#{form.cleaned_data['id']}")
    elif node_id:
        form = NodeForm.of(chain_map.by_id[node_id], version.revision)
    else:
        form = NodeForm(initial={"revision": version.revision})
    context = {
        "chain": chain,
        "form": form,
        "node_id": node_id,
        "crumbs": map_crumbs(
            chain,
            (gettext("图谱草稿"), reverse("chains:draft", args=[slug])),
            (words.spoken(chain_map.by_id[node_id].name) if node_id else gettext("添加环节"), ""),
        ),
    }
    return render(request, "chains/edit_node.html", context, status=400 if form.errors else 200)


def _field_of(error: LianzhangError) -> str | None:
    if isinstance(error, TableError):
        return "industries" if "行业代码" in error.what.zh else None
    return "id" if "编号" in error.what.zh else None


@require("map.edit")
@require_POST
def remove_node(request: HttpRequest, slug: str, node_id: str) -> HttpResponse:
    """Take a node and its links out."""
    drop_node(request.actor, slug, node_id, revision=_revision(request))
    return _desk(slug)


@require("map.edit")
@require_POST
def add_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a link."""
    _, version = _open(request, slug)
    form = LinkForm(request.POST, nodes=_nodes(from_plain(version.content)))
    if not form.is_valid():
        return _again(request, slug, link_form=form)
    given = form.cleaned_data
    link = Link(source=given["source"], target=given["target"], kind=LinkKind(given["kind"]))
    put_link(request.actor, slug, link, revision=given["revision"])
    return _desk(slug, "#links")


@require("map.edit")
@require_POST
def remove_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a link out."""
    ends = (request.POST.get("source", ""), request.POST.get("target", ""))
    drop_link(request.actor, slug, *ends, revision=_revision(request))
    return _desk(slug, "#links")


@require("map.edit")
@require_POST
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Put an edited workbook in the place of the draft's content."""
    chain, _ = _open(request, slug)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, slug, upload_form=form)
    name = Text(chain.name, chain.name_en or chain.name)
    try:
        content = map_of_workbook(form.cleaned_data["file"].read(), chain=chain.pk, name=name)
        replace_content(request.actor, slug, content, revision=form.cleaned_data["revision"])
    except (NotAllowed, Conflict):
        raise
    except LianzhangError as error:
        form.add_error("file", error.say("en" if words.is_english() else "zh"))
        return _again(request, slug, upload_form=form)
    count = len(content.nodes)
    messages.success(request, gettext("已读入%(n)s个环节，请看问题清单后发布。") % {"n": count})
    return _desk(slug)


def _again(request: HttpRequest, slug: str, **forms: Any) -> HttpResponse:
    chain, version = _open(request, slug)
    return render(request, "chains/draft.html", _context(chain, version, **forms), status=400)
