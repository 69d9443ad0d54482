"""Sub-fields: every county at a glance; one county with its choice, its history and what the numbers say."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianzhang.casework import may
from lianzhang.kernel import Conflict, LianzhangError, NotAllowed
from lianzhang.web.chains import queries as chains
from lianzhang.web.chains import words
from lianzhang.web.chains.queries import Chain, County
from lianzhang.web.outages.fields import Fields, Row, fields_of
from lianzhang.web.people.permission import require
from lianzhang.web.plans import queries
from lianzhang.web.plans.actions.decide import decide
from lianzhang.web.plans.actions.propose import propose
from lianzhang.web.plans.composing.county_plan import numbers
from lianzhang.web.plans.forms import ChoiceForm, DecisionForm
from lianzhang.web.plans.queries import Chosen


def overall_or_404(request: HttpRequest, slug: str) -> Chain:
    """The overall chain, if the reader may see its plans."""
    found = chain_or_404(request, slug)
    if found.parent_id:
        raise Http404
    return found


def chain_or_404(request: HttpRequest, slug: str) -> Chain:
    """The chain, if the reader may see its plans."""
    found = next((chain for chain in queries.visible_chains(request.actor) if chain.pk == slug), None)
    if found is None:
        raise Http404
    return found


def county_or_404(county_id: str) -> County:
    """A county of the city."""
    found = queries.one_county(county_id)
    if found is None:
        raise Http404
    return found


def subs_of(request: HttpRequest, chain: Chain) -> list[Chain]:
    """The sub-field chains that counties can choose from."""
    return [row for row in chains.visible_to(request.actor) if row.parent_id == chain.pk]


def measured_in(request: HttpRequest, chain: Chain) -> Fields | None:
    """What the numbers say about all counties; None for too few firms, or for who may not see measures."""
    return fields_of(chain, subs_of(request, chain))


def crumbs(*further: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a page below sub-fields and plans."""
    rows = [(gettext("细分领域与方案"), reverse("plans:all")), *further]
    return [*({"label": label, "href": href} for label, href in rows[:-1]), {"label": rows[-1][0]}]


@require("plan.see")
@require_safe
def all_chains(request: HttpRequest) -> HttpResponse:
    """The chains with plans: each overall chain with its sub-field chains."""
    visible = queries.visible_chains(request.actor)
    shown = {chain.pk for chain in visible}
    tops = [chain for chain in visible if chain.parent_id not in shown]
    groups = [(top, [row for row in visible if row.parent_id == top.pk]) for top in tops]
    return render(request, "plans/all.html", {"groups": groups})


@require("plan.see")
@require_safe
def matrix(request: HttpRequest, slug: str) -> HttpResponse:
    """One row a county: its choice and evidence, what waits, what the numbers say beside it."""
    chain = overall_or_404(request, slug)
    chosen, measured = queries.chosen_in(chain), measured_in(request, chain)
    told = {row.county.pk: row for row in measured.rows} if measured else {}
    counties = list(chains.counties(chain))
    rows = [(county, chosen.get(county.pk, Chosen()), told.get(county.pk)) for county in counties]
    context = {
        "chain": chain,
        "crumbs": crumbs((words.name(chain), "")),
        "rows": rows,
        "settled": sum(each.in_force is not None for _, each, _ in rows),
        "waiting": sum(each.waiting is not None for _, each, _ in rows),
        "without": [county.name for county, each, _ in rows if not each.in_force and not each.waiting],
    }
    return render(request, "plans/matrix.html", context)


@require("plan.see")
@require_safe
def county(request: HttpRequest, slug: str, county_id: str) -> HttpResponse:
    """One county: the choice in force, the one that waits, the history by date, the numbers beside it."""
    chain, found = overall_or_404(request, slug), county_or_404(county_id)
    return render(request, "plans/county.html", county_context(request, chain, found))


def county_context(request: HttpRequest, chain: Chain, found: County, **more: Any) -> dict[str, Any]:
    """What the page of a county shows."""
    actor, subject = request.actor, queries.subject_of(chain, request.actor, found)  # type: ignore[attr-defined]
    chosen = queries.chosen_in(chain).get(found.pk, Chosen())
    measured = measured_in(request, chain)
    row: Row | None = (
        next((row for row in measured.rows if row.county.pk == found.pk), None) if measured else None
    )
    state_words = {
        "proposed": gettext("待确认"),
        "confirmed": gettext("已确认"),
        "returned": gettext("已退回"),
        "replaced": gettext("被新的上报替代"),
    }
    agrees = bool(row and row.strongest and chosen.in_force and row.strongest.pk == chosen.in_force.field_id)
    return {
        "chain": chain,
        "county": found,
        "crumbs": crumbs((words.name(chain), reverse("plans:matrix", args=[chain.pk])), (found.name, "")),
        "chosen": chosen,
        "history": [(each, state_words[each.state]) for each in queries.history_of(chain, found)],
        "remark": next((c for c in chains.choices_of(chain) if c.county_id == found.pk), None),
        "measured": row,
        "agrees": agrees,
        "statements": numbers(actor, row, chain, measured.firms) if row and measured else [],
        "may_propose": may(actor, "choice.propose", subject).allowed,
        "may_confirm": may(actor, "choice.confirm", subject).allowed,
        "decision_form": DecisionForm(),
    } | more


@require("choice.propose")
@require_http_methods(["GET", "POST"])
def propose_choice(request: HttpRequest, slug: str, county_id: str) -> HttpResponse:
    """The county records its choice with evidence."""
    chain, found = overall_or_404(request, slug), county_or_404(county_id)
    subject = queries.subject_of(chain, request.actor, found)
    if not may(request.actor, "choice.propose", subject).allowed:
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = ChoiceForm(given, fields=subs_of(request, chain))
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            propose(
                request.actor, chain.pk, found.pk, field_id=asked["field"], evidence=asked["evidence"],
                evidence_on=asked["evidence_on"], reason=asked["reason"],
            )  # fmt: skip
        except (NotAllowed, Conflict):
            raise
        except LianzhangError as error:
            form.add_error("reason" if "领域" in error.what.zh else "evidence_on", words.spoken(error.what))
        else:
            return redirect("plans:county", chain.pk, found.pk)
    context = {
        "chain": chain,
        "county": found,
        "form": form,
        "crumbs": crumbs((words.name(chain), reverse("plans:matrix", args=[chain.pk])), (found.name, "")),
    }
    return render(request, "plans/propose.html", context, status=400 if form.errors else 200)


@require("choice.confirm")
@require_POST
def decide_choice(request: HttpRequest, slug: str, county_id: str) -> HttpResponse:
    """The chain office confirms or returns."""
    chain, found = overall_or_404(request, slug), county_or_404(county_id)
    form = DecisionForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            decide(
                request.actor, chain.pk, found.pk, asked["choice"],
                confirmed=asked["decision"] == "confirm", note=asked["note"],
            )  # fmt: skip
        except (NotAllowed, Conflict):
            raise
        except LianzhangError as error:
            form.add_error("note", words.spoken(error.what))
        else:
            return redirect("plans:county", chain.pk, found.pk)
    context = county_context(request, chain, found, decision_form=form)
    return render(request, "plans/county.html", context, status=400)
