"""Enter a name of an enterprise, or a new registered one: the one before becomes a former name until the day before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import LianzhangError, Text
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions.choose import locked
from lianzhang.web.registry.actions.enter import enter
from lianzhang.web.registry.actions.link import changed_meanwhile
from lianzhang.web.registry.actions.refresh import refresh
from lianzhang.web.registry.entries import Entries, NameEntry, Source
from lianzhang.web.registry.models import EnterpriseName, Recording

_REGISTERED, _FORMER = EnterpriseName.Kind.REGISTERED, EnterpriseName.Kind.FORMER


class Nameless(LianzhangError):
    """Without this name nobody would know what the enterprise is called."""


def enter_name(
    actor: Actor, enterprise_id: str, entry: NameEntry, *, source: Source, version: int
) -> Recording:
    """Store one more name. Raises Conflict when the enterprise has been written to since `version` was read.

    A new registered name turns the present one into a former name, which ends on the day before the new one starts.
    """
    with transaction.atomic():
        enterprise = locked(actor, enterprise_id, "enterprise.change")
        if enterprise.version != version:
            raise changed_meanwhile()
        before = list(registered_now(enterprise.pk)) if entry.kind == _REGISTERED else []
        until = entry.starts - timedelta(days=1) if entry.starts else None
        former = [
            NameEntry(
                enterprise=row.enterprise_id,
                name=row.name,
                kind=_FORMER,
                starts=row.starts,
                ends=until,
                doubt=row.doubt,
            )
            for row in before
        ]
        later = enter(actor, Entries(names=[entry, *former]), source=source).recording
        EnterpriseName.objects.filter(pk__in=[row.pk for row in before]).update(superseded=later)
        refresh({enterprise.pk}, bump=True)
    return later


def registered_now(enterprise_id: str) -> Any:
    """The registered names of this record that have no end."""
    return EnterpriseName.objects.filter(
        enterprise=enterprise_id, kind=_REGISTERED, ends=None, **queries.STANDING
    )


def settle_names(row: Any, later: Recording, *, taken_back: bool) -> None:
    """After a name was corrected or taken back: what a new registered name had replaced stands again.

    Part of the caller's transaction. Raises `Nameless` where nothing is left to call the enterprise by.
    """
    own = EnterpriseName.objects.filter(enterprise=row.enterprise_id)
    if taken_back and row.kind == _REGISTERED:
        copies = own.filter(recording=row.recording_id, kind=_FORMER, superseded=None)
        replaced = own.filter(
            superseded=row.recording_id, name__in=list(copies.values_list("name", flat=True))
        )
        copies.update(superseded=later)
        replaced.update(superseded=None)
    kinds = (_REGISTERED, EnterpriseName.Kind.SHORT)
    if not own.filter(kind__in=kinds, ends=None, **queries.STANDING).exists():
        raise Nameless(
            Text("企业不能没有现在的名称。", "An enterprise needs a present name."),
            Text("请先登记现在的名称，再办这一条。", "Enter its present name first."),
        )
    refresh({row.enterprise_id}, bump=True)
