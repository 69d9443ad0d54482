"""The list of bulletins, the upload, and the page of one bulletin until it can be reviewed."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianzhang.web.bulletins import background, originals, words
from lianzhang.web.bulletins.actions.finish import read_again, try_again
from lianzhang.web.bulletins.actions.read import is_left_behind
from lianzhang.web.bulletins.actions.receive import receive
from lianzhang.web.bulletins.forms.upload import PublishedForm, UploadForm
from lianzhang.web.bulletins.models import Document
from lianzhang.web.bulletins.pages.access import document_for, wants_fragment
from lianzhang.web.bulletins.queries import listed
from lianzhang.web.people.permission import may_ever, require

_A_PAGE = 50
_WAITING = (Document.State.RECEIVED, Document.State.READING)


@require("bulletin.see")
@require_safe
def list_of_bulletins(request: HttpRequest) -> HttpResponse:
    """All bulletins of the reader's chains, newest first."""
    page = Paginator(listed(request.actor), _A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "may_upload": may_ever(request.actor, "bulletin.upload").allowed}
    return render(request, "bulletins/list.html", shown)


@require("bulletin.upload")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Upload a file or paste its text."""
    if request.method != "POST":
        return render(request, "bulletins/new.html", {"form": UploadForm(actor=request.actor)})
    form = UploadForm(request.POST, request.FILES, actor=request.actor)
    if not form.is_valid():
        return render(request, "bulletins/new.html", {"form": form}, status=422)
    received = receive(
        request.actor,
        form.content,
        name=form.name,
        chain=form.chains[form.cleaned_data["chain"]],
        published=form.cleaned_data["published"],
        form_key=form.key,
        pasted=form.is_pasted,
    )
    if received.was_there:
        messages.info(request, gettext("这份通报以前已经上传过，没有重复入库；下面就是它。"))
    return redirect("bulletins:document", received.document.pk)


@require("bulletin.see")
@require_safe
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Where one bulletin is now: being read, failed, or ready (then its desk or its receipt)."""
    found = document_for(request, document_id)
    if found.state == Document.State.REVIEW:
        return redirect("bulletins:review", found.pk)
    if found.state == Document.State.DONE:
        return redirect("bulletins:receipt", found.pk)
    if found.state == Document.State.FAILED:
        return render(request, "bulletins/failed.html", _failure(request, found))
    if is_left_behind(found):
        background.enqueue(found.pk)
    return render(request, "bulletins/progress.html", {"document": found, "steps": _steps(found)})


@require("bulletin.see")
@require_safe
def progress(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The part of the progress page that changes. Once there is more to see, the answer says where."""
    found = document_for(request, document_id)
    if not wants_fragment(request):
        return redirect("bulletins:document", found.pk)
    if found.state in _WAITING:
        return render(request, "bulletins/parts/steps.html", {"document": found, "steps": _steps(found)})
    response = HttpResponse()
    response["Lianzhang-Location"] = reverse("bulletins:document", args=[found.pk])
    return response


@require("bulletin.upload")
@require_POST
def retry(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Read a failed bulletin once more."""
    document_for(request, document_id, "bulletin.upload")
    return redirect("bulletins:document", try_again(request.actor, document_id).pk)


@require("bulletin.upload")
@require_POST
def redate(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Read a bulletin again as published on another date."""
    document_for(request, document_id, "bulletin.upload")
    form = PublishedForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["published"]))
        return redirect("bulletins:review", document_id)
    read_again(request.actor, document_id, published=form.cleaned_data["published"])
    return redirect("bulletins:document", document_id)


@require("bulletin.see")
@require_safe
def download(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The original bytes, as a file to save: never shown in the browser, whatever they are."""
    found = document_for(request, document_id)
    response = HttpResponse(originals.fetch(found.sha256), content_type="application/octet-stream")
    response["Content-Disposition"] = attachment(_file_name(found))
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def attachment(name: str) -> str:
    """The header for a file of this name (RFC 6266): an ASCII name for old programs, beside it the real one."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "_" for sign in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _file_name(found: Document) -> str:
    return found.name if found.format != "pasted" or found.name.endswith(".txt") else f"{found.name}.txt"


def _steps(found: Document) -> list[dict[str, str]]:
    """The way of a bulletin with the place where it is now."""
    names = [gettext("收到"), gettext("识读"), gettext("审核"), gettext("入库")]
    now = {"received": 0, "reading": 1, "failed": 1, "review": 2, "done": 4}[found.state]
    states = ["done" if n < now else "now" if n == now else "next" for n in range(len(names))]
    return [{"label": name, "state": state} for name, state in zip(names, states, strict=True)]


def _failure(request: HttpRequest, found: Document) -> dict[str, object]:
    failure = found.failure or {}
    return {
        "document": found,
        "what": words.say(failure.get("what")),
        "remedy": words.say(failure.get("remedy")),
        "steps": _steps(found),
        "may_upload": may_ever(request.actor, "bulletin.upload").allowed,
    }
