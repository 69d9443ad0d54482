"""Try a draft on every enterprise of the registry before it is sent to review: who gains, who loses."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import Text, Verdict, clock
from lianzhang.web.journal.actions.record import record
from lianzhang.web.measures.actions.draft import draft_for, locked_draft
from lianzhang.web.measures.matching import verdicts_of
from lianzhang.web.measures.models import ListVersion
from lianzhang.web.measures.refusals import NoDraft


def try_out(actor: Actor, version_id: UUID, *, revision: int) -> dict[str, Any]:
    """Judge every measure of the draft on every enterprise and keep the counts beside the draft.

    Each measure is compared with the one of the same code in the version in force: `gained` and `lost` are
    enterprises that a change lets in or shuts out. `flag` is `none` or `all` where nobody or everybody fits.
    """
    version = draft_for(actor, version_id, revision=revision)
    measures = list(version.measures.all())
    former = {row.code: row for row in _in_force(version)}
    # Judged before the draft is locked: on a city's registry this takes seconds, and others write meanwhile.
    found = verdicts_of([*measures, *former.values()], on=clock.today())
    rows = [
        _count(row.code, found.of(row), found.of(former[row.code]) if row.code in former else None)
        for row in measures
    ]
    with transaction.atomic():
        version = locked_draft(actor, version_id, revision=revision)
        version.trial = {
            "text_revision": version.text_revision,
            "day": clock.today().isoformat(),
            "enterprises": found.enterprises,
            "measures": rows,
            "acknowledged": "",
        }
        version.revision += 1
        version.save(update_fields=["trial", "revision"])
        record(
            actor,
            "measure.draft",
            f"list:{version.list_id}",
            after={"version": version.number, "tried_on": found.enterprises},
        )
    return dict(version.trial)


def _in_force(version: ListVersion) -> list[Any]:
    current = version.list.versions.filter(state__in=("published", "suspended")).first()
    return list(current.measures.all()) if current else []


def _count(code: str, now: list[Verdict], before: list[Verdict] | None) -> dict[str, Any]:
    yes = sum(verdict is Verdict.YES for verdict in now)
    unknown = sum(verdict is Verdict.UNKNOWN for verdict in now)
    flag = ""
    if now:
        flag = "all" if yes == len(now) else "none" if yes == unknown == 0 else ""
    gained = lost = 0
    if before is not None:
        gained = sum(a is Verdict.YES is not b for a, b in zip(now, before, strict=True))
        lost = sum(b is Verdict.YES is not a for a, b in zip(now, before, strict=True))
    return {"code": code, "yes": yes, "unknown": unknown, "flag": flag, "gained": gained, "lost": lost}


def acknowledge(actor: Actor, version_id: UUID, *, revision: int, because: str) -> None:
    """Answer for the rules that meet none or all of the enterprises, in the drafter's words."""
    with transaction.atomic():
        version = locked_draft(actor, version_id, revision=revision)
        if not version.trial or version.trial["text_revision"] != version.text_revision:
            raise NoDraft(
                Text("内容在试算后又改过，请重新试算。", "The text changed since the trial; run it again.")
            )
        version.trial = {**version.trial, "acknowledged": because}
        version.revision += 1
        version.save(update_fields=["trial", "revision"])
        record(
            actor,
            "measure.draft",
            f"list:{version.list_id}",
            after={"version": version.number, "acknowledged": because},
        )
