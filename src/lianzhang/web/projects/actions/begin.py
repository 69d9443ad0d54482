"""Register a project; ask for what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor, Subject
from lianzhang.kernel import LianzhangError, Text
from lianzhang.web.flow import rules
from lianzhang.web.flow.actions import start
from lianzhang.web.flow.actions.perform import locked
from lianzhang.web.flow.queries import subject_of
from lianzhang.web.people.permission import require_for
from lianzhang.web.projects.models import Factor, Project

_COLUMNS = ("title", "place", "summary", "source", "quality", "stage_since")


def begin_project(
    actor: Actor,
    content: Mapping[str, Any],
    *,
    chain_id: str,
    lead: Any,
    state: str = "lead",
    sample: bool = False,
) -> Project:
    """A new project at the stage where it stands; `lead` is the county or unit that reports on it."""
    subject = Subject(
        "project",
        organisation_id=lead.pk,
        region_code=lead.region_code or None,
        chain=_charge(actor, chain_id),
    )
    require_for(actor, "project.begin", subject)
    if state not in rules.presets("project").words["stages"]:
        raise LianzhangError(Text("没有这个阶段。", "There is no such stage."))
    with transaction.atomic():
        row = Project(
            state=state, chain_id=chain_id, lead=lead, region_code=lead.region_code, sample=sample,
            **{name: content[name] for name in _COLUMNS if name in content},
        )  # fmt: skip
        return start(actor, row, text=content.get("summary", ""))


def _charge(actor: Actor, chain_id: str) -> str:
    return chain_id if chain_id in actor.chains or not actor.chains else sorted(actor.chains)[0]


def ask_factor(actor: Actor, project_id: UUID, content: Mapping[str, Any]) -> Factor:
    """Ask for land, energy, talent, finance, a permit, policy or legal help for a project."""
    if content.get("factor") not in rules.presets("project").words["factors"]:
        raise LianzhangError(Text("请选要素类别。", "Choose the factor."))
    with transaction.atomic():
        project = locked(Project, project_id)
        require_for(actor, "project.act", subject_of(project, actor))
        row = Factor(
            state="asked", project=project, chain_id=project.chain_id, region_code=project.region_code,
            title=f"{project.title}：{content['needed']}"[:120], firm_id=project.firm_id or project.lead_id,
            sample=project.sample, factor=content["factor"], needed=content["needed"],
            needed_by=content.get("needed_by"), have=content.get("have", ""), effect=content.get("effect", ""),
        )  # fmt: skip
        return start(actor, row, text=content.get("effect", ""))
