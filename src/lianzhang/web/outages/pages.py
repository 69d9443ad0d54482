"""断供推演: find the firm, ask, read three sentences, make tasks. And what each measure means."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from lianzhang.casework import may, may_ever
from lianzhang.metrics import GROUPS, measures
from lianzhang.web.chains import queries as chains
from lianzhang.web.chains import words
from lianzhang.web.ledgers import queries as ledgers
from lianzhang.web.outages.actions.respond import respond
from lianzhang.web.outages.fields import fields_of
from lianzhang.web.outages.forms import StopForm
from lianzhang.web.outages.network import known_network
from lianzhang.web.outages.study import MOST_ROWS, Study, study
from lianzhang.web.people.permission import require
from lianzhang.web.registry import listing
from lianzhang.web.registry import queries as registry

MOST_FOUND = 12


@require("outage.see")
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find the firm by name, product, pinyin or initials."""
    said = request.GET.get("q", "").strip()[:60]
    found = listing.listed(request.actor, {"words": said})[:MOST_FOUND] if said else []
    return render(request, "outages/search.html", {"q": said, "found": list(found)})


@require("outage.see")
@require_safe
def one(request: HttpRequest, enterprise_id: str) -> HttpResponse:
    """The question about one firm, and its answer once days are given."""
    firm = registry.one(request.actor, enterprise_id)
    if firm is None:
        raise Http404
    asked = "days" in request.GET
    form = StopForm(request.GET if asked else None)
    context: dict[str, Any] = {"firm": firm, "form": form, "crumbs": _crumbs(firm.name)}
    if asked and form.is_valid():
        found = _study(request, firm, form)
        writable = [chain for chain in _chains(request) if _may_write(request, chain)]
        # The tasks go to the list of a chain on which the firm stands, or of any in charge.
        writable.sort(key=lambda chain: chain.pk not in found.chains)
        context |= {
            "study": found,
            "percent": form.cleaned_data["share"],
            "counties": {county.pk: county.name for county in chains.every_county()},
            "hits": found.hits[:MOST_ROWS],
            "substitutes": found.substitutes[:MOST_ROWS],
            "in_city": sum(each.scope == "city" for each in found.substitutes),
            "outside": sum(each.scope != "city" for each in found.substitutes),
            "assumptions": [words.spoken(text) for text in found.assumptions],
            "chain": writable[0] if writable else None,
            "may_analyse": may_ever(request.actor, "analysis.see").allowed,
            "may_save": may_ever(request.actor, "scenario.save").allowed,
        }
    return render(request, "outages/study.html", context, status=400 if form.errors else 200)


def _study(request: HttpRequest, firm: Any, form: StopForm) -> Study:
    return study(
        known_network(),
        firm.pk,
        firm.name,
        days=form.cleaned_data["days"],
        share=form.cleaned_data["share"] / 100,
        on_chains=_chains(request),
    )


def _chains(request: HttpRequest) -> list[chains.Chain]:
    return chains.visible_to(request.actor)


def _may_write(request: HttpRequest, chain: chains.Chain) -> bool:
    return may(request.actor, "ledger.write", ledgers.subject_of(chain, request.actor)).allowed


def _crumbs(name: str) -> list[dict[str, str]]:
    return [{"label": gettext("断供推演"), "href": reverse("outages:search")}, {"label": name}]


@require("ledger.write")
@require_POST
def make_tasks(request: HttpRequest, enterprise_id: str) -> HttpResponse:
    """Make the list of answers of this study."""
    firm = registry.one(request.actor, enterprise_id)
    form = StopForm(request.POST)
    chain_id = request.POST.get("chain", "")
    if firm is None or not form.is_valid() or chain_id not in {chain.pk for chain in _chains(request)}:
        raise Http404
    made = respond(request.actor, chain_id, _study(request, firm, form))
    if made:
        messages.success(request, gettext("已生成%(n)s条应对事项。") % {"n": made})
    else:
        messages.info(request, gettext("这次推演的应对清单已经生成过。"))
    return redirect(f"{reverse('ledgers:list', args=[chain_id, 'problems'])}?{urlencode({'state': 'near'})}")


@require("metric.see")
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """What every measure says, how it is computed, after whom, and what it does not say."""
    groups = [
        (
            words.spoken(label),
            [
                (
                    measure,
                    *(
                        words.spoken(text)
                        for text in (measure.name, measure.definition, measure.reading, measure.caveats)
                    ),
                )
                for measure in measures(group)
            ],
        )
        for group, label in GROUPS.items()
    ]
    return render(request, "outages/catalogue.html", {"groups": groups})


@require("metric.see")
@require_safe
def fields(request: HttpRequest, slug: str) -> HttpResponse:
    """One county, one sub-field as the numbers see it, beside what each county has chosen."""
    visible = chains.visible_to(request.actor)
    parent = next((chain for chain in visible if chain.pk == slug and not chain.parent_id), None)
    if parent is None:
        raise Http404
    subs = [chain for chain in visible if chain.parent_id == parent.pk]
    context = {
        "chain": parent,
        "measured": fields_of(parent, subs),
        "crumbs": [
            {"label": words.name(parent), "href": reverse("chains:chain", args=[parent.pk])},
            {"label": gettext("细分领域测算")},
        ],
    }
    return render(request, "outages/fields.html", context)
