"""Correct one record of an enterprise, or take it back; the earlier words stay and count no longer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.http import Http404

from lianzhang.casework import Actor
from lianzhang.kernel import Text
from lianzhang.web.journal.actions.record import record
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions.choose import NeedsReason, locked
from lianzhang.web.registry.actions.enter import enter
from lianzhang.web.registry.actions.link import changed_meanwhile
from lianzhang.web.registry.actions.name import settle_names
from lianzhang.web.registry.actions.refresh import raise_version
from lianzhang.web.registry.entries import ContactEntry, Entries, Source
from lianzhang.web.registry.models import Contact, Recording

#: Never told to the journal: numbers stay sealed.
_SEALED = {"phone_sealed", "phone_masked"}


def replace_record(
    actor: Actor, enterprise_id: str, group: str, row_id: int, entry: Any, *, source: Source, version: int
) -> None:
    """Let `entry` stand in the place of the record `row_id`; without an entry the record is taken back.

    The name of `source` is where the better words come from, or why the record is taken back. A contact
    without a number keeps the one it has. Raises Conflict when the enterprise has been written to since
    `version` was read.
    """
    if not source.name.strip():
        raise NeedsReason(
            Text("请写明来源或理由。", "Give the source, or the reason."),
            Text("例如：企业来函更正。", "For example: a letter from the enterprise."),
        )
    with transaction.atomic():
        enterprise = locked(actor, enterprise_id, "enterprise.change")
        if enterprise.version != version:
            raise changed_meanwhile()
        row = queries.record_of(group, row_id, queries.cluster_of([enterprise.pk]))
        if row is None:
            raise Http404
        if entry is None:
            later = _taken_back(actor, source)
        else:
            if isinstance(entry, ContactEntry):
                entry = replace(entry, instead_of=row_id)
            later = enter(actor, Entries(**{group: [entry]}), source=source).recording
            if isinstance(entry, ContactEntry) and not entry.phone:
                _keep_number(row, later)
        row.superseded = later
        row.save(update_fields=["superseded"])
        if group == "names":
            settle_names(row, later, taken_back=entry is None)
        raise_version({enterprise.pk})
        record(
            actor,
            "enterprise.replace",
            f"enterprise:{enterprise.pk}",
            before={group: _told(row)},
            after={"recording": later.pk, "taken_back": entry is None, "because": source.name},
        )


def _taken_back(actor: Actor, source: Source) -> Recording:
    return Recording.objects.create(
        kind=source.kind, source=source.name[:200], as_of=source.as_of, recorded_by_id=actor.person_id
    )


def _keep_number(row: Contact, later: Recording) -> None:
    Contact.objects.filter(recording=later).update(
        phone_sealed=row.phone_sealed, phone_masked=row.phone_masked
    )


def _told(row: Any) -> dict[str, Any]:
    said = model_to_dict(row)
    return {key: value for key, value in said.items() if key not in _SEALED and value not in (None, "")}
