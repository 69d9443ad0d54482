"""The opening sentences: each says one thing with its number, and each number leads to its source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from lianzhang.web.chains import words
from lianzhang.web.ui.figures import Figure, figure_of

if TYPE_CHECKING:
    from lianzhang.web.chains.overview import Overview

_MOST_NAMED = 4
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True)
class Sentence:
    """One line of the opening: what it is about, the sentence as HTML, the part of the page it sums up."""

    topic: str
    html: SafeString
    anchor: str


def sentences_of(page: Overview) -> list[Sentence]:
    """The sentences that the accepted facts allow; a topic without facts has none."""
    made = (
        (gettext("规模与增速"), _scale(page), "scale"),
        (gettext("称号"), _titles(page), "titles"),
        (gettext("外贸"), _trade(page), "trade"),
        (gettext("项目"), _projects(page), "projects"),
        (gettext("县区"), _counties(page), "counties"),
    )
    return [Sentence(topic, html, anchor) for topic, html, anchor in made if html]


def number(figure: Figure | None, text: str) -> SafeString:
    """A number inside a sentence, linked to its highlighted place in the source."""
    if figure and figure.source_href:
        return format_html('<a class="brief__number" href="{}">{}</a>', figure.source_href, text)
    return format_html('<strong class="brief__number">{}</strong>', text)


def _fill(sentence: str, **parts: Any) -> SafeString:
    """Put parts into a translated sentence, escaping everything that is not already HTML."""
    escaped = {name: _spoken(part) for name, part in parts.items()}
    return mark_safe(conditional_escape(sentence) % escaped)  # noqa: S308 - every part was escaped


def _spoken(part: Any) -> SafeString:
    """Escaped; and Chinese names inside an English sentence say that they are Chinese."""
    html = conditional_escape(part)
    if words.is_english() and isinstance(part, str) and not hasattr(part, "__html__") and _HAN.search(part):
        return format_html('<span lang="zh-Hans">{}</span>', html)
    return html


def _join(parts: Iterable[Any], *, semicolon: bool = False) -> SafeString:
    joint = gettext("；") if semicolon else gettext("、")
    return format_html_join(joint, "{}", ((part,) for part in parts))


def _end(html: SafeString) -> SafeString:
    return format_html("{}{}", html, gettext("。"))


def _scale(page: Overview) -> SafeString:
    facts = page.scale.headline
    if not facts:
        return SafeString("")
    first = _fill(
        gettext("%(period)s，%(subject)s%(indicator)s%(number)s"),
        period=_period(facts[0]),
        subject=page.names.subject(facts[0].subject, facts[0].subject_kind),
        indicator=words.indicator(facts[0].indicator),
        number=_said(facts[0]),
    )
    rest = [
        _fill(gettext("%(period)s为%(number)s"), period=_period(fact), number=_said(fact))
        for fact in facts[1:3]
    ]
    return _end(_join([first, *rest], semicolon=True))


def _titles(page: Overview) -> SafeString:
    counts = page.titles.counts[:_MOST_NAMED]
    if not counts:
        return SafeString("")
    parts = [
        _fill(gettext("%(title)s%(number)s"), title=count.name, number=_said(count.fact)) for count in counts
    ]
    return _end(_fill(gettext("链上现有%(list)s；同一企业可有多个称号，各数不相加"), list=_join(parts)))


def _trade(page: Overview) -> SafeString:
    by_firm: dict[tuple[str, str], list[Any]] = {}
    for row in page.trade.rows:
        by_firm.setdefault((row.firm, row.fact.period), []).append(row)
    clauses = []
    for (firm, _), rows in list(by_firm.items())[:2]:
        items = [
            _fill(
                gettext("%(what)s%(number)s"),
                what=_spaced(row.market, row.product, row.measure),
                number=_said(row.fact),
            )
            for row in rows[:_MOST_NAMED]
        ]
        clauses.append(
            _fill(
                gettext("%(period)s，%(firm)s%(items)s"),
                period=_period(rows[0].fact),
                firm=firm,
                items=_join(items),
            )
        )
    return _end(_join(clauses, semicolon=True)) if clauses else SafeString("")


def _projects(page: Overview) -> SafeString:
    named = page.projects.named
    if not named:
        return SafeString("")
    items = [
        _fill(
            gettext("%(name)s（%(owner)s）"),
            name=number(figure_of(project.mention), project.name),
            owner=project.owner or gettext("承担单位未写明"),
        )
        for project in named[:3]
    ]
    planned = sum(1 for project in named if project.plans and not project.results)
    sentence = ngettext(
        "文中点名的项目%(count)s个：%(items)s", "文中点名的项目%(count)s个：%(items)s", len(named)
    )
    html = _fill(sentence, count=len(named), items=_join(items))
    if planned:
        note = ngettext(
            "其中%(count)s个只有计划数、没有结果数", "其中%(count)s个只有计划数、没有结果数", planned
        )
        html = _join([html, _fill(note, count=planned)], semicolon=True)
    return _end(html)


def _counties(page: Overview) -> SafeString:
    settled = [row for row in page.counties.rows if row.settled]
    if not settled:
        return SafeString("")
    items = [
        _fill(
            gettext("%(county)s%(field)s"),
            county=row.name,
            field=number(figure_of(row.chosen[0]), gettext("、").join(row.fields)),
        )
        for row in settled[:6]
    ]
    if page.names.chain.parent_id:
        return _end(_fill(gettext("选定本领域的有：%(items)s"), items=_join(items)))
    return _end(
        _fill(
            gettext("%(all)s个县（市、区）和功能区中，%(settled)s个已有写明的细分领域：%(items)s"),
            all=len(page.counties.rows),
            settled=len(settled),
            items=_join(items),
        )
    )


def _said(fact: Any) -> SafeString:
    figure = figure_of(fact)
    if figure is None:
        return SafeString("")
    if figure.amount and figure.change:
        return format_html(
            "{}{}{}", number(figure, figure.amount), gettext("，"), number(figure, figure.change)
        )
    return number(figure, figure.said)


def _period(fact: Any) -> str:
    figure = figure_of(fact)
    return figure.period if figure and figure.period else gettext("时期未写明")


def _spaced(*parts: str) -> str:
    return (" " if words.is_english() else "").join(part for part in parts if part)
