"""Entries of the main navigation: those whose pages exist and which the actor may open."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from lianzhang.casework import Actor, may_ever


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: where it leads, what it is called, whether the reader is inside it."""

    href: str
    label: str
    current: bool


def entries(request: HttpRequest, actor: Actor) -> tuple[Entry, ...]:
    """The navigation of `actor` on this request, in fixed order."""
    known = (
        # The chain and what is due, then the services, the enterprises and their policies,
        # what stands behind the map, the material, and the running of the system.
        ("chains:list", "chain.see", gettext("产业链")),
        ("desk:home", "desk.see", gettext("待办")),
        ("cases:list", "request.see", gettext("诉求")),
        ("problems:list", "problem.see", gettext("链上问题")),
        ("meetings:list", "meeting.see", gettext("协商")),
        ("projects:list", "project.see", gettext("项目")),
        ("pairings:list", "need.see", gettext("对接")),
        ("visits:list", "visit.see", gettext("走访")),
        ("registry:list", "enterprise.list", gettext("企业库")),
        ("registry:own", "correction.propose", gettext("我的档案")),
        ("matches:mine", "match.see", gettext("可享政策")),
        ("measures:lists", "measure.see", gettext("服务清单与政策")),
        ("subscriptions:mine", "subscription.keep", gettext("我的订阅")),
        ("exemptions:list", "exemption.see", gettext("轻微免罚研判")),
        ("ledgers:all", "ledger.see", gettext("图谱清单")),
        ("plans:all", "plan.see", gettext("细分领域与方案")),
        ("outages:search", "outage.see", gettext("断供推演")),
        ("analyses:index", "analysis.see", gettext("测算")),
        ("bulletins:list", "bulletin.see", gettext("通报")),
        ("facts:list", "fact.see", gettext("数据")),
        ("imports:list", "import.see", gettext("导入")),
        ("people:people", "person.see", gettext("人员")),
        ("people:organisations", "organisation.see", gettext("单位")),
        ("desk:calendar", "calendar.enter", gettext("工作日历")),
        ("journal:list", "journal.see", gettext("操作日志")),
    )
    shown = []
    for name, verb, label in known:
        try:
            href = reverse(name)
        except NoReverseMatch:
            continue
        if may_ever(actor, verb).allowed:
            shown.append(Entry(href, label, request.path.startswith(href)))
    return tuple(shown)
