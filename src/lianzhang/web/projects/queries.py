"""Reads of projects. The first argument is always who asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, prefetch_related_objects

from lianzhang.casework import Actor
from lianzhang.casework.flow import STAGES
from lianzhang.casework.lights import Judgement, Light, Milestone, light_of
from lianzhang.kernel import Text, clock
from lianzhang.web.flow import rules
from lianzhang.web.flow.queries import outward_steps, reach
from lianzhang.web.projects.models import Factor, Project

#: 三未: approved not started, started not building, building not finished (Ziyang).
THREE_NOTS = {
    "landed": Text("落地未开工", "landed, not started"),
    "started": Text("开工未在建", "started, not building"),
    "building": Text("在建未竣工", "building, not finished"),
}
#: Acts that a chief should see as changes.
CHANGES = ("advance", "pause", "go_on", "end", "complete", "take_to_table", "postpone")


def visible_to(actor: Actor) -> QuerySet[Project]:
    """Projects the actor may see."""
    return Project.objects.filter(reach(actor, "project")).select_related("lead", "chain")


def one(actor: Actor, subject: UUID) -> Project | None:
    """One visible project."""
    return visible_to(actor).filter(pk=subject).first()


@dataclass(frozen=True, slots=True)
class Row:
    """A project with its light and its next milestone."""

    project: Project
    judgement: Judgement
    following: Any

    @property
    def light(self) -> Light:
        """The light."""
        return self.judgement.light


def rows_of(projects: Iterable[Project]) -> list[Row]:
    """Projects with lights, the gravest first."""
    listed = list(projects)
    prefetch_related_objects(listed, "milestones")
    found = [row_of(project) for project in listed]
    order = [Light.red, Light.yellow, Light.grey, Light.green]
    return sorted(found, key=lambda row: (order.index(row.light), row.project.title))


def row_of(project: Project) -> Row:
    """One project with its light, by rule."""
    milestones = list(project.milestones.all())
    judged = light_of(
        [Milestone(one.name, one.due, one.done, one.moved) for one in milestones],
        today=clock.today(),
        stage_ends=stage_ends(project),
        reported=project.touched.astimezone(clock.CHINA).date(),
    )
    return Row(project, judged, next((one for one in milestones if one.done is None), None))


def stage_ends(project: Project) -> date | None:
    """The usual end of the present stage; None for stages without one."""
    limit = rules.presets("project").clocks.get(project.state)
    if limit is None:
        return None
    days = limit.plain_days if limit.plain_days is not None else (limit.months or 0) * 30
    return project.stage_since + timedelta(days=days)


def listed(actor: Actor, *, nots: str = "", quality: bool = False) -> list[Row]:
    """The list with lights: all, one of the three-nots lists, or quality projects."""
    projects = visible_to(actor).exclude(state__in=("closed", "ended")).prefetch_related("milestones")
    if nots in THREE_NOTS:
        projects = projects.filter(state=nots)
    if quality:
        projects = projects.filter(quality=True)
    rows = rows_of(projects)
    if nots in THREE_NOTS:
        late = {Light.red, Light.yellow}
        rows = [row for row in rows if row.light in late]
    return rows


def changes(actor: Actor, *, days: int = 60) -> list[tuple[Any, Project]]:
    """What changed lately, newest first: stages, dates put off, pauses, things brought to the table."""
    projects = {project.pk: project for project in visible_to(actor)}
    since = clock.now() - timedelta(days=days)
    steps = outward_steps("project", CHANGES, since=since)
    return [(line, projects[line.step.subject]) for line in steps if line.step.subject in projects][:50]


def factors(actor: Actor) -> QuerySet[Factor]:
    """Factor guarantees the actor may see."""
    return Factor.objects.filter(reach(actor, "factor")).select_related("lead", "firm", "project", "chain")


def counted_factors(chains: Iterable[str]) -> QuerySet[Factor]:
    """Kind, county, state and end of every factor need of these chains: for counting, never for showing one."""
    return Factor.objects.filter(chain__in=list(chains)).only("factor", "region_code", "state", "due")


def next_stage(project: Project) -> str | None:
    """The stage after the present one."""
    if project.state not in STAGES[:-1]:
        return None
    return STAGES[STAGES.index(project.state) + 1]


def evidence_for(stage: str | None) -> Text | None:
    """The evidence with which a stage is entered."""
    return rules.presets("project").words["evidence"].get(stage) if stage else None
