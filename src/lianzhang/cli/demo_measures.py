"""The lists of a demonstration: drafts of the pack taken through every review by the people it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lianzhang.kernel import clock
from lianzhang.kernel.pack import open_pack

if TYPE_CHECKING:
    from lianzhang.casework import Actor
    from lianzhang.web.people.actions import Account


def build(accounts: Sequence[Account]) -> int:
    """Draft, try, review, approve and publish each list; returns how many are in force."""
    from lianzhang.web.people.identity import actor_for

    content = open_pack("demo").read_yaml("measures.yaml")
    people = {account.person.username: actor_for(account.person) for account in accounts}
    hands = {part: people[name] for part, name in content["people"].items()}
    for row in content["lists"]:
        _publish(hands, row, content)
    return len(content["lists"])


def _publish(hands: Mapping[str, Actor], row: Mapping[str, str], content: Mapping[str, Any]) -> None:
    from lianzhang.web.chains.queries import visible_to
    from lianzhang.web.measures.actions.create_list import create_list
    from lianzhang.web.measures.actions.take_step import take_step
    from lianzhang.web.measures.actions.try_out import acknowledge, try_out

    drafter = hands["drafter"]
    chain = next((one for one in visible_to(drafter) if one.pk == row.get("chain")), None)
    version = create_list(
        drafter, kind=row["kind"], code=row["code"], title=row["title"], chain=chain, note=content["note"]
    )
    try_out(drafter, version.pk, revision=1)
    acknowledge(drafter, version.pk, revision=2, because=content["because"])
    steps = (
        (drafter, "send"),
        (hands["legal"], "legal_agree"),
        (hands["competition"], "fair_agree"),
        (hands["approver"], "approve"),
    )
    for revision, (hand, action) in enumerate(steps, start=3):
        take_step(hand, version.pk, action, revision=revision, text=content["opinion"])
    take_step(drafter, version.pk, "publish", revision=3 + len(steps), valid_from=clock.today())
