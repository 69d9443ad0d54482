"""Move a project to its next stage, or a factor guarantee to its next state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import clock
from lianzhang.web.flow.actions import perform
from lianzhang.web.flow.attachments import Fit
from lianzhang.web.projects.models import Factor, Project

#: Acts by which a stage is entered.
_ENTERING = ("advance", "go_on")


def act(
    actor: Actor, subject: UUID, action: str, given: Mapping[str, Any], *, version: int | None = None,
    files: Iterable[Fit] = (),
) -> Project:  # fmt: skip
    """Do `action` on a project."""
    with transaction.atomic():
        row = perform(actor, Project, subject, action, given, version=version, files=files)
        if action in _ENTERING:
            row.stage_since = clock.today()
            row.save(update_fields=["stage_since"])
    return row


def act_on_factor(
    actor: Actor, subject: UUID, action: str, given: Mapping[str, Any], *, version: int | None = None,
    files: Iterable[Fit] = (),
) -> Factor:  # fmt: skip
    """Do `action` on a factor guarantee."""
    return perform(actor, Factor, subject, action, given, version=version, files=files)
