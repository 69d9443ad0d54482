"""Projects, with what is planned kept apart from what has been achieved."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from lianzhang.web.chains.words import Names
from lianzhang.web.ui.figures import quantity_of


@dataclass(frozen=True)
class Project:
    """One project: who carries it, what it promises, what it has reached, where it is written."""

    name: str
    owner: str
    plans: list[Any]
    results: list[Any]
    mention: Any
    #: Facts that only name the project; each leads to its own place.
    unmeasured: list[Any]


@dataclass(frozen=True)
class Projects:
    """Projects named one by one, and counts of projects."""

    named: list[Project] = field(default_factory=list)
    counts: list[Any] = field(default_factory=list)

    @property
    def given(self) -> bool:
        """Whether anything is said about projects."""
        return bool(self.named or self.counts)


def projects_of(facts: list[Any], names: Names) -> Projects:
    """Facts about projects, joined by the name of the project."""
    grouped: dict[str, list[Any]] = defaultdict(list)
    counts = []
    for fact in facts:
        if fact.kind == "project_count":
            counts.append(fact)
        else:
            grouped[fact.project or fact.subject].append(fact)
    named = [_project(name, group, names) for name, group in grouped.items()]
    return Projects(named, counts)


def _project(name: str, facts: list[Any], names: Names) -> Project:
    owners = dict.fromkeys(fact.subject for fact in facts if fact.subject and fact.subject != name)
    measured = [fact for fact in facts if quantity_of(fact) or fact.change_pct is not None]
    return Project(
        name=name,
        owner=gettext("、").join(names.subject(owner) for owner in owners),
        plans=[fact for fact in measured if fact.planned],
        results=[fact for fact in measured if not fact.planned],
        mention=facts[0],
        unmeasured=[fact for fact in facts if fact not in measured],
    )
