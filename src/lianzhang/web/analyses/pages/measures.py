"""Measures of the city's own figures: risk, structure, growth; distances of points that an analyst brings."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from lianzhang.kernel import LianzhangError
from lianzhang.metrics import DistanceDensity, Points, distance_density
from lianzhang.metrics.written import frame_of_csv
from lianzhang.web.analyses.figures import growth_of_counties, structure_of_counties
from lianzhang.web.analyses.forms import DistanceForm
from lianzhang.web.analyses.risk import risk_of_city
from lianzhang.web.analyses.second_suppliers import second_suppliers_of_city
from lianzhang.web.chains import queries as chains
from lianzhang.web.chains import words
from lianzhang.web.people.permission import require

MOST_POINTS, MOST_BYTES = 5000, 4_000_000
#: Ordered pairs of points over all draws that a page computes in a few seconds.
MOST_PAIRS = 1_000_000_000


def crumbs(label: str) -> list[dict[str, str]]:
    """The way to a page below the analyses."""
    return [{"label": gettext("测算"), "href": reverse("analyses:index")}, {"label": label}]


def _counties() -> dict[str, str]:
    return {county.pk: county.name for county in chains.every_county()}


@require("analysis.see")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What can be measured here, and by whom it was defined."""
    tops = [chain for chain in chains.visible_to(request.actor) if not chain.parent_id]
    return render(request, "analyses/index.html", {"chains": tops})


@require("analysis.see")
@require_safe
def risk(request: HttpRequest) -> HttpResponse:
    """The firms whose failure would cost most on the known links, and single points."""
    context = {"risk": risk_of_city(), "counties": _counties(), "crumbs": crumbs(gettext("系统性风险"))}
    return render(request, "analyses/risk.html", context)


@require("analysis.see")
@require_safe
def second_suppliers(request: HttpRequest) -> HttpResponse:
    """Which second supplier would help most on the known links."""
    context = {
        "found": second_suppliers_of_city(),
        "counties": _counties(),
        "crumbs": crumbs(gettext("第二供方")),
    }
    return render(request, "analyses/second_suppliers.html", context)


@require("analysis.see")
@require_safe
def structure(request: HttpRequest) -> HttpResponse:
    """Size classes and the weight of the largest firms by county."""
    context = {
        "found": structure_of_counties(),
        "counties": _counties(),
        "classes": {
            "large": gettext("大型"),
            "medium": gettext("中型"),
            "small": gettext("小型"),
            "micro": gettext("微型"),
            "unknown": gettext("未知"),
        },
        "crumbs": crumbs(gettext("企业结构")),
    }
    return render(request, "analyses/structure.html", context)


@require("analysis.see")
@require_safe
def growth(request: HttpRequest) -> HttpResponse:
    """Growth of each county taken apart."""
    context = {
        "found": growth_of_counties(),
        "counties": _counties(),
        "crumbs": crumbs(gettext("增长分解")),
    }
    return render(request, "analyses/growth.html", context)


@require("analysis.see")
@require_http_methods(["GET", "POST"])
def distance(request: HttpRequest) -> HttpResponse:
    """Distance density of the points brought along; nothing of them is kept."""
    form = DistanceForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "crumbs": crumbs(gettext("企业间距离"))}
    if request.method == "POST" and form.is_valid():
        try:
            result = _density(form)
        except LianzhangError as error:
            form.add_error("points", words.spoken(error.what))
        else:
            context |= {
                "rows": result.table.to_dicts(),
                "notes": [words.spoken(text) for text in result.warnings],
                "verdict": verdict(result),
                "bandwidth": result.bandwidth,
            }
    return render(request, "analyses/distance.html", context, status=400 if form.errors else 200)


def _density(form: DistanceForm) -> DistanceDensity:
    asked = form.cleaned_data
    points = Points.from_table(_table(asked["points"]), table=asked["points"].name)
    if len(points) ** 2 * asked["draws"] > MOST_PAIRS:
        raise TooMuch(gettext("点数和抽样次数合起来太多，页面上要算很久"))
    sites = asked["sites"]
    return distance_density(
        points,
        farthest=asked["farthest"],
        steps=asked["steps"],
        draws=asked["draws"],
        sites=Points.from_table(_table(sites), table=sites.name) if sites else None,
        threads=1,
    )


def _table(upload: Any) -> Any:
    if upload.size > MOST_BYTES:
        raise TooMuch(gettext("文件超过4 MB"))
    frame = frame_of_csv(upload.read(), name=upload.name)
    if len(frame) > MOST_POINTS:
        raise TooMuch(gettext("点多于5000个"))
    return frame


class TooMuch(LianzhangError):
    """More than a page can compute; the command can."""

    def __init__(self, what: str) -> None:
        from lianzhang.kernel import Text

        super().__init__(
            Text(what, what), Text("请用 lianzhang metrics distance-density。", "Use the command.")
        )


def verdict(result: DistanceDensity) -> str:
    """localised, dispersed or neither: beyond the global band at some distance; empty without a band."""
    table = result.table
    if "high" not in table.columns:
        return ""
    density, low, high = (np.asarray(table[name]) for name in ("density", "low", "high"))
    if (density > high).any():
        return "localised"
    return "dispersed" if (density < low).any() else "neither"
