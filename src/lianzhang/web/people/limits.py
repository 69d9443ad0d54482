"""Limits per time, counted in the database so that several server processes share one count."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from lianzhang.kernel import clock
from lianzhang.web.people.models import Attempt


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries within so many minutes."""

    what: str
    tries: int
    minutes: int


#: Per account: the figure that assessors of GB/T 22239 look for.
SIGN_IN = Limit("sign-in", tries=5, minutes=15)
#: Per address: loose, because a whole office shares one.
SIGN_IN_FROM = Limit("sign-in-from", tries=300, minutes=15)
SECOND_FACTOR = Limit("second-factor", tries=5, minutes=15)
MAIL_ADDRESS = Limit("mail-address", tries=5, minutes=60)
MAIL_CODE = Limit("mail-code", tries=5, minutes=60)
LINK_FROM = Limit("link-from", tries=60, minutes=15)

#: Looking up a request by its number: loose per address, tight per number, so that nobody tries four digits out.
LOOK_UP_FROM = Limit("look-up-from", tries=60, minutes=10)
LOOK_UP = Limit("look-up", tries=5, minutes=60)


@dataclass(frozen=True, slots=True)
class Try:
    """One counted try. `wait_minutes` is 0 when it may go ahead."""

    row: int | None
    wait_minutes: int = 0


def count(limit: Limit, who: str) -> Try:
    """Count a try *before* it is made, so that tries sent at the same moment cannot slip through together.

    A try over the limit is not counted itself: waiting ends as many minutes after the earlier tries as the
    limit says, however often somebody knocks meanwhile.
    """
    key = hashlib.sha256(f"{limit.what}|{who}".encode()).hexdigest()
    since = clock.now() - timedelta(minutes=limit.minutes)
    rows = Attempt.objects.filter(what=limit.what, who=key, at__gt=since)
    with transaction.atomic():
        Attempt.objects.filter(at__lt=clock.now() - timedelta(days=1)).delete()
        mine = Attempt.objects.create(what=limit.what, who=key)
    earlier = list(rows.exclude(pk=mine.pk).order_by("-at").values_list("at", flat=True)[: limit.tries])
    if len(earlier) < limit.tries:
        return Try(mine.pk)
    mine.delete()
    free_at = earlier[-1] + timedelta(minutes=limit.minutes)
    return Try(None, max(1, -int(-(free_at - clock.now()).total_seconds() // 60)))


def forget(limit: Limit, who: str) -> None:
    """Start the count again, after success."""
    key = hashlib.sha256(f"{limit.what}|{who}".encode()).hexdigest()
    Attempt.objects.filter(what=limit.what, who=key).delete()


def uncount(tried: Try) -> None:
    """Take one counted try back: it succeeded."""
    if tried.row is not None:
        Attempt.objects.filter(pk=tried.row).delete()
