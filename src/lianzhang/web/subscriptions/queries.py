"""Reads of one's own subscriptions and news. The first argument is always who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lianzhang.casework import Actor
from lianzhang.web.subscriptions.models import News, Subscription
from lianzhang.web.subscriptions.texts import Followed, key_of, texts_on


@dataclass(frozen=True, slots=True)
class Line:
    """One subscription with the text as it stands; `now` is None while nothing is in force."""

    subscription: Subscription
    now: Followed | None
    days_left: int | None


def own(actor: Actor) -> QuerySet[Subscription]:
    """One's own subscriptions; nobody sees another's."""
    return Subscription.objects.filter(person_id=actor.person_id) if actor.is_signed_in else _none()


def _none() -> QuerySet[Subscription]:
    return Subscription.objects.none()


def lines(actor: Actor, *, on: date) -> list[Line]:
    """One's own subscriptions with their deadlines, the nearest first."""
    rows, found = list(own(actor)), []
    texts = texts_on(on) if rows else {}
    for row in rows:
        now = texts.get(row.key)
        left = (now.until - on).days if now is not None and now.until is not None else None
        found.append(Line(row, now, left))
    return sorted(found, key=lambda line: (line.days_left is None, line.days_left or 0))


def news(actor: Actor) -> QuerySet[News]:
    """What one was told, newest first."""
    return News.objects.filter(person_id=actor.person_id) if actor.is_signed_in else News.objects.none()


def unread(actor: Actor) -> QuerySet[News]:
    """What one has not read yet."""
    return news(actor).filter(read_at=None)


def follows(actor: Actor, raw: str) -> bool:
    """Whether the actor follows what a page names."""
    return own(actor).filter(key=key_of(raw)).exists()
