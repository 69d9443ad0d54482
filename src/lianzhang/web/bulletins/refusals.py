"""Why a decision was not carried out: errors of this noun, in words for the person who decided."""

from __future__ import annotations

from typing import Any

from lianzhang.kernel import Conflict, LianzhangError, Text, clock
from lianzhang.web.bulletins.models import Claim


class ClaimConflict(Conflict):
    """Somebody else decided about this claim first; carries the claim as it is now."""

    def __init__(self, what: Text, remedy: Text, *, claim: Claim) -> None:
        super().__init__(what, remedy)
        self.claim = claim


class NeedsChoice(LianzhangError):
    """The store holds another value on the same thing: keep it, replace it, or keep both."""


class NeedsTyping(LianzhangError):
    """The source is damaged there, or something is missing: only a person can say what it should be."""


class NotReady(LianzhangError):
    """The bulletin is not in a state in which this can be done."""


_DEEDS = {
    Claim.State.ACCEPTED: Text("接受", "accepted"),
    Claim.State.EDITED: Text("修改后接受", "corrected and accepted"),
    Claim.State.DROPPED: Text("弃用", "dropped"),
    Claim.State.PROPOSED: Text("放回待审核", "put back"),
}


def decided_already(claim: Claim) -> ClaimConflict:
    """Who did what with the claim, and when."""
    who: Any = claim.decided_by
    deed = _DEEDS[Claim.State(claim.state)]
    if who is None or claim.decided_at is None:
        what = Text(
            "这条读数刚被撤销过决定，已回到待审核。",
            "A decision on this claim has just been undone; it waits again.",
        )
    else:
        at = said_time(claim.decided_at)
        what = Text(
            f"{who.name}已于{at.zh}{deed.zh}了这条读数。", f"{who.name} {deed.en} this claim at {at.en}."
        )
    return ClaimConflict(
        what,
        Text(
            "您的操作没有生效；请看现在的结果，需要改变时先撤销。",
            "Your decision was not carried out. See the present result; to change it, undo it first.",
        ),
        claim=claim,
    )


def said_time(instant: Any) -> Text:
    """An instant in words: today's by the clock, others with the day."""
    local = instant.astimezone(clock.CHINA)
    at = f"{local:%H:%M}"
    if local.date() == clock.today():
        return Text(f"今天{at}", f"{at} today")
    return Text(f"{local.month}月{local.day}日{at}", f"{at} on {local:%Y-%m-%d}")
