"""Scenarios that were saved, and two to four of them side by side."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from lianzhang.casework import may_ever
from lianzhang.web.analyses import queries
from lianzhang.web.analyses.actions.save import save
from lianzhang.web.analyses.forms import ScenarioForm
from lianzhang.web.analyses.models import Scenario
from lianzhang.web.analyses.pages.measures import crumbs
from lianzhang.web.chains import queries as chains
from lianzhang.web.outages.network import known_network
from lianzhang.web.outages.study import Study, study
from lianzhang.web.people.permission import require
from lianzhang.web.registry import queries as registry


@require("analysis.see")
@require_safe
def all_saved(request: HttpRequest) -> HttpResponse:
    """The saved scenarios, to be chosen for comparing."""
    context = {
        "rows": list(queries.saved(request.actor)[:200]),
        "crumbs": crumbs(gettext("已保存的情景")),
        "may_save": may_ever(request.actor, "scenario.save").allowed,
    }
    return render(request, "analyses/scenarios.html", context)


@require("analysis.see")
@require_safe
def side_by_side(request: HttpRequest) -> HttpResponse:
    """Two to four scenarios: what was asked, what was answered, firm by firm; and whether today answers alike."""
    wanted = [int(each) for each in request.GET.getlist("s") if each.isdecimal()][: queries.MOST_COMPARED]
    found = {row.pk: row for row in queries.saved(request.actor).filter(pk__in=wanted)}
    rows = [found[each] for each in dict.fromkeys(wanted) if each in found]
    if len(rows) < 2:
        messages.info(request, gettext("请勾选两到四个情景再比较。"))
        return redirect("analyses:scenarios")
    known = known_network()
    context = {
        "rows": [(row, _again(request, row, known).run == row.run) for row in rows],
        "lines": queries.compared(rows),
        "crumbs": crumbs(gettext("情景比较")),
    }
    return render(request, "analyses/compared.html", context)


def _again(request: HttpRequest, row: Scenario, known: object) -> Study:
    """The question asked of today's data."""
    return study(
        known,  # type: ignore[arg-type]
        row.enterprise_id,
        row.enterprise.name,
        days=row.days,
        share=row.share / 100,
        on_chains=chains.visible_to(request.actor),  # type: ignore[attr-defined]
    )


@require("scenario.save")
@require_POST
def keep(request: HttpRequest, enterprise_id: str) -> HttpResponse:
    """Save the answer of a study under a name."""
    firm, form = registry.one(request.actor, enterprise_id), ScenarioForm(request.POST)
    days, share = (request.POST.get(name, "") for name in ("days", "share"))
    if firm is None or not (days.isdecimal() and share.isdecimal()) or not 1 <= int(share) <= 100:
        raise Http404
    if not 1 <= int(days) <= 365:
        raise Http404
    if not form.is_valid():
        messages.info(request, gettext("情景要有名称。"))
    else:
        found = study(
            known_network(), firm.pk, firm.name, days=int(days), share=int(share) / 100,
            on_chains=chains.visible_to(request.actor),
        )  # fmt: skip
        save(request.actor, found, name=form.cleaned_data["name"])
        messages.success(request, gettext("情景已保存。"))
    return redirect("analyses:scenarios")
