"""Write down an act in the transaction that does it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from lianzhang.casework import Actor
from lianzhang.kernel import Event as KernelEvent
from lianzhang.kernel import Text, clock, event_hash
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.event import canonical
from lianzhang.web.journal.models import Event, Head

#: The arguments of acts that wait to be recorded until the end of `recorded_last`; None outside of one.
_waiting: ContextVar[list[tuple[Any, ...]] | None] = ContextVar("waiting", default=None)


class NotInTransaction(LianzhangError):
    """The journal was asked to record something outside the transaction that changes it."""


class JournalBroken(LianzhangError):
    """The journal has lost its end; nothing is recorded, so nothing may be done, until it is looked at."""


def record(
    actor: Actor, verb: str, subject: str, before: Any = None, after: Any = None, *, result: str = "done"
) -> int:
    """Append one event and return its number, 0 within `recorded_last`.

    Must run inside `transaction.atomic()`, so that there is no change without its event and no event of a
    change that was rolled back; raises NotInTransaction otherwise. Call it last: until the transaction ends
    nobody else can record.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(
            Text(
                "操作日志只能与所记录的改动写在同一事务中。",
                "An event is recorded in the transaction of its change.",
            ),
        )
    waiting = _waiting.get()
    if waiting is not None:
        waiting.append((actor, verb, subject, plain(before), plain(after), result))
        return 0
    head = Head.objects.select_for_update().filter(pk=1).first()
    if head is None:
        raise JournalBroken(
            Text("操作日志的链尾记录丢失，已停止办理。", "The end of the journal is lost; nothing is done."),
            Text(
                "请审计管理员运行 lianzhang journal verify。",
                "Let the audit administrator run lianzhang journal verify.",
            ),
        )
    row = _next_row(head, actor, verb, subject, before, after, result)
    row.save(force_insert=True)
    head.seq, head.hash = row.seq, row.hash
    head.save(update_fields=["seq", "hash"])
    return row.seq


@contextmanager
def recorded_last() -> Iterator[None]:
    """Have everything recorded inside appended at the end, in its order: a long piece of work holds up nobody else.

    Use it directly inside the transaction. Nothing is appended when the work fails, which rolls it back.
    """
    if _waiting.get() is not None:
        yield
        return
    token = _waiting.set(acts := [])
    try:
        yield
    finally:
        _waiting.reset(token)
    for actor, verb, subject, before, after, result in acts:
        record(actor, verb, subject, before, after, result=result)


def record_refused(actor: Actor, verb: str, subject: str, reason: str, *, result: str = "refused") -> int:
    """Record an act that did not happen, in a transaction of its own that always commits.

    Must not run inside another transaction, which might be rolled back together with the record.
    """
    with transaction.atomic(durable=True):
        return record(actor, verb, subject, after={"reason": reason}, result=result)


def _next_row(
    head: Head, actor: Actor, verb: str, subject: str, before: Any, after: Any, result: str
) -> Event:
    before, after = plain(before), plain(after)
    event = KernelEvent(
        seq=head.seq + 1,
        at=clock.now().astimezone(UTC).isoformat(timespec="microseconds"),
        actor=f"person:{actor.person_id}" if actor.is_signed_in else str(actor.role),
        acting_for=_acting_for(actor),
        verb=verb,
        subject=subject,
        before=before,
        after=after,
        result=result,
        hash_name=settings.JOURNAL_HASH,
        previous_hash=head.hash,
    )
    return Event(
        seq=event.seq,
        at=event.at,
        actor=event.actor,
        acting_for=event.acting_for,
        verb=verb,
        subject=subject,
        before=canonical(before).decode(),
        after=canonical(after).decode(),
        result=result,
        hash_name=event.hash_name,
        previous_hash=event.previous_hash,
        hash=event_hash(event),
    )


def _acting_for(actor: Actor) -> str:
    role = actor.role.label.zh
    place = f"{actor.organisation_name} {role}".strip()
    return f"{actor.signature}（{place}）" if actor.is_signed_in else actor.name


def plain(value: Any) -> Any:
    """`value` as JSON can hold it: decimals, days and ids become text, broken characters are escaped."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = [plain(item) for item in value]
        return sorted(items, key=str) if isinstance(value, set | frozenset) else items
    raise TypeError(f"the journal cannot keep a {type(value).__name__}")
