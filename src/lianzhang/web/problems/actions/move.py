"""Acts on problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from lianzhang.casework import Actor
from lianzhang.web.flow.actions import perform
from lianzhang.web.flow.attachments import Fit
from lianzhang.web.problems.models import Problem


def act(
    actor: Actor, subject: UUID, action: str, given: Mapping[str, Any], *, version: int | None = None,
    files: Iterable[Fit] = (),
) -> Problem:  # fmt: skip
    """Do `action` on a problem."""
    return perform(actor, Problem, subject, action, given, version=version, files=files)
