"""Tags and filters that the components and pages load with `{% load ui %}`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.forms import BoundField, CheckboxInput
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from lianzhang.web.ui import figures, marks, navigation

register = template.Library()


@register.simple_tag
def figure_of(stated: Any) -> figures.Figure | None:
    """The figure of a fact or claim (see `figures.figure_of`)."""
    return figures.figure_of(stated)


@register.simple_tag
def chip_of(state: str, word: str = "", icon: str = "") -> marks.Mark:
    """Colour, icon and word of a state."""
    return marks.mark_of(str(state), word=str(word), icon=str(icon))


@register.filter
def tone_icon(tone: str) -> str:
    """The icon of a banner tone."""
    return marks.banner_icon(str(tone))


@register.filter
def period_words(period: Any) -> str:
    """A stored period in words."""
    return figures.period_label(period)


@register.filter
def date_words(day: Any) -> str:
    """A day in words."""
    return figures.date_label(day)


@register.filter
def joined(words: Iterable[Any]) -> str:
    """Several words as a list in the reader's punctuation."""
    return gettext("、").join(str(word) for word in words)


@register.filter
def said(stated: Any) -> str:
    """Number, unit and change of a fact on one line, for use inside a sentence."""
    figure = figures.figure_of(stated)
    return figure.said if figure else ""


@register.simple_tag
def control_of(field: BoundField) -> dict[str, Any]:
    """The widget of a form field, tied to its hint and its error for screen readers."""
    described = []
    if field.help_text:
        described.append(f"{field.id_for_label}-hint")
    if field.errors:
        described.append(f"{field.id_for_label}-error")
    attributes = {"aria-describedby": " ".join(described)} if described else {}
    if field.errors:
        attributes["aria-invalid"] = "true"
    widget: SafeString = field.as_widget(attrs=attributes)
    return {"widget": widget, "inline": isinstance(field.field.widget, CheckboxInput)}


@register.simple_tag
def echarts_address() -> str:
    """Where the charting library is served; empty when the installation has none, and tables stay tables."""
    return _echarts_address()


@lru_cache(maxsize=1)
def _echarts_address() -> str:
    name = "vendor/echarts/echarts.min.js"
    return str(static(name)) if finders.find(name) else ""


@register.simple_tag(takes_context=True)
def page_href(context: Context, number: int) -> str:
    """The present address with another page number, keeping all filters."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return "?" + str(query.urlencode())


@register.simple_tag(takes_context=True)
def back_address(context: Context) -> str:
    """The page the reader came from when it is one of ours, else the first page."""
    request = context["request"]
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    return came_from if ours else reverse("home")


@register.simple_tag(takes_context=True)
def navigation_entries(context: Context) -> tuple[navigation.Entry, ...]:
    """The navigation of the present reader; empty for visitors."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    if request is None or actor is None or not request.user.is_authenticated:
        return ()
    return navigation.entries(request, actor)
