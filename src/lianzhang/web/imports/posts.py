"""The post in which an officer acts, kept with a batch whose work is done later and in their name."""

from __future__ import annotations

from typing import Any

from lianzhang.casework import PROGRAM, Actor, Role
from lianzhang.web.imports.models import Batch


def acting(batch: Batch) -> Actor:
    """Who acts: the officer in the post in which they brought or confirmed the batch."""
    said: dict[str, Any] = batch.acting
    if not said:
        return PROGRAM
    return Actor(**{**said, "role": Role(said["role"]), "chains": frozenset(said.get("chains", ()))})


def as_acting(actor: Actor) -> dict[str, Any]:
    """The post of an actor as a batch keeps it."""
    return {
        "person_id": actor.person_id,
        "name": actor.name,
        "role": str(actor.role),
        "organisation_id": actor.organisation_id,
        "organisation_name": actor.organisation_name,
        "organisation_kind": actor.organisation_kind,
        "region_code": actor.region_code,
        "chains": sorted(actor.chains),
        "for_person_id": actor.for_person_id,
        "for_name": actor.for_name,
    }
