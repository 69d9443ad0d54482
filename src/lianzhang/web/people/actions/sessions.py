"""Open, follow and close the session of one browser."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from lianzhang.kernel import clock
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.identity import actor_for
from lianzhang.web.people.models import LoginSession, Person
from lianzhang.web.people.sessions import digest_of

_BACKEND = "lianzhang.web.people.backend.NameAndPassword"
_LONGEST_BROWSER = 200


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, as the server sees it.

    Behind our own proxy that is the last address in the list the proxy sends on: it added that one itself,
    while everything before it could have been written by anybody.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return (forwarded.split(",")[-1].strip() or str(request.META.get("REMOTE_ADDR") or ""))[:45]


def open_session(request: HttpRequest, person: Person, *, factors: int) -> None:
    """Sign `person` in: a fresh session key, the old sessions ended where the profile says so, one event."""
    with transaction.atomic():
        LoginSession.objects.filter(expire_date__lt=clock.now()).delete()
        login(request, person, backend=_BACKEND)
        request.session.save()
        ended = 0
        if settings.ONE_SESSION_PER_PERSON:
            mine = digest_of(str(request.session.session_key))
            ended, _ = LoginSession.objects.filter(person=person).exclude(pk=mine).delete()
        after: dict[str, Any] = {"address": address_of(request), "factors": factors, "others_ended": ended}
        record(actor_for(person), "session.open", f"person:{person.pk}", after=after)


@receiver(user_logged_in)
def _begin(sender: Any, request: HttpRequest, **_: Any) -> None:
    """Whatever way in: a session without these values is over at once."""
    now = int(clock.now().timestamp())
    request.session["opened"] = now
    request.session["seen"] = now
    request.session["address"] = address_of(request)
    request.session["browser"] = request.headers.get("User-Agent", "")[:_LONGEST_BROWSER]


def close_session(request: Any) -> None:
    """Sign the person out, with an event."""
    actor = request.actor
    with transaction.atomic():
        logout(request)
        if actor.is_signed_in:
            record(actor, "session.close", f"person:{actor.person_id}")


def note_address(request: Any) -> None:
    """When a session goes on from another address, write that down once."""
    address = address_of(request)
    before = request.session.get("address")
    if before == address:
        return
    if not before:
        request.session["address"] = address
        return
    with transaction.atomic():
        request.session["address"] = address
        record(
            actor_for(request.user),
            "session.moved",
            f"person:{request.user.pk}",
            before={"address": before},
            after={"address": address},
        )


def end_other_sessions(request: Any) -> int:
    """End all sessions of the person but this one; returns how many."""
    mine = digest_of(str(request.session.session_key))
    with transaction.atomic():
        count, _ = LoginSession.objects.filter(person=request.user).exclude(pk=mine).delete()
        record(request.actor, "session.end_others", f"person:{request.user.pk}", after={"ended": count})
    return count
