"""Write the end of the chain down outside the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from lianzhang.kernel import clock
from lianzhang.web.journal import anchors
from lianzhang.web.journal.models import Event, Head
from lianzhang.web.journal.verify import Anchor


def anchor() -> Anchor | None:
    """Append the present end to the file of anchors; None when it is already the last line there."""
    head = Head.objects.get(pk=1)
    known = anchors.read()
    if head.seq == 0 or (known and known[-1].seq >= head.seq):
        return None
    at = clock.now().astimezone(UTC).isoformat(timespec="seconds")
    fresh = Anchor(at=at, seq=head.seq, hash=head.hash, count=Event.objects.filter(seq__lte=head.seq).count())
    anchors.append(fresh)
    return fresh


def anchor_if_due(*, every: timedelta = timedelta(hours=1)) -> Anchor | None:
    """The hourly tick: as `anchor`, but not sooner than `every` after the last one."""
    known = anchors.read()
    if known and clock.now() - datetime.fromisoformat(known[-1].at) < every:
        return None
    return anchor()
