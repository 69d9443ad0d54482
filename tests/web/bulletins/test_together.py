"""Several officers at once, with real transactions: one of them wins, and the others are told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from lianzhang.casework import Actor, Role
from lianzhang.kernel import LianzhangError
from lianzhang.web.bulletins import actions
from lianzhang.web.bulletins.models import Document
from lianzhang.web.bulletins.refusals import ClaimConflict, NeedsChoice
from lianzhang.web.facts.models import Confirmation, Fact
from lianzhang.web.journal.models import Event
from tests.web.bulletins.conftest import TEXT, make_claim, make_document

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all of them at the same moment, each with a connection of its own; errors come back as results."""
    start = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return act()
        except LianzhangError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


@pytest.fixture
def officers(chain: Any, actor: Callable[..., Actor]) -> list[Actor]:
    return [actor(Role.chain_officer) for _ in range(4)]


def test_of_officers_who_accept_the_same_claim_one_wins_and_each_other_learns_who(
    officers: list[Actor], document: Document
) -> None:
    claim = document.claims.get(ordinal=0)
    results = at_once(*(lambda who=who: actions.accept(who, claim.pk, version=1) for who in officers))
    losers = [result for result in results if isinstance(result, ClaimConflict)]
    assert len(losers) == 3
    [fact] = Fact.objects.all()
    winner = next(who for who in officers if who.person_id == str(fact.accepted_by_id))
    assert all(winner.name in loser.say("zh") for loser in losers)
    assert Event.objects.filter(verb="claim.accept").count() == 1


def test_one_accepts_and_one_drops(officers: list[Actor], document: Document) -> None:
    claim = document.claims.get(ordinal=0)
    results = at_once(
        lambda: actions.accept(officers[0], claim.pk, version=1),
        lambda: actions.drop(officers[1], claim.pk, version=1),
    )
    assert sum(isinstance(result, ClaimConflict) for result in results) == 1
    claim.refresh_from_db()
    assert Fact.objects.count() == (1 if claim.state == "accepted" else 0)


def test_the_sure_group_taken_by_all_at_once_is_entered_once(
    officers: list[Actor], document: Document
) -> None:
    shown = {claim.pk: 1 for claim in document.claims.filter(certainty="sure")}
    results = at_once(
        *(lambda who=who: actions.accept_sure(who, document.pk, shown=shown) for who in officers)
    )
    assert sorted(len(result.claims) for result in results) == [0, 0, 0, 2]
    assert sorted(result.overtaken for result in results) == [0, 2, 2, 2]
    assert Fact.objects.count() == 2


def test_two_bulletins_that_contradict_each_other_do_not_both_enter(
    officers: list[Actor], chain: Any
) -> None:
    claims = []
    for number, value in enumerate(("318.4", "319")):
        document = make_document(chain, sha256=f"{number:064x}")
        claims.append(make_claim(document, "318.4亿元", value=value, unit="亿元", period="2024"))
    results = at_once(
        lambda: actions.accept(officers[0], claims[0].pk, version=1),
        lambda: actions.accept(officers[1], claims[1].pk, version=1),
    )
    assert sum(isinstance(result, NeedsChoice) for result in results) == 1
    assert Fact.objects.count() == 1


def test_two_bulletins_that_agree_make_one_fact_with_two_sources(officers: list[Actor], chain: Any) -> None:
    claims = [
        make_claim(make_document(chain, sha256=f"{number:064x}"), "318.4亿元", value="318.4", unit="亿元")
        for number in range(2)
    ]
    at_once(*(lambda claim=claim: actions.accept(officers[0], claim.pk, version=1) for claim in claims))
    assert (Fact.objects.count(), Confirmation.objects.count()) == (1, 1)


def test_one_decision_is_undone_by_one_of_two(officers: list[Actor], document: Document) -> None:
    decision = actions.accept_sure(officers[0], document.pk).decision
    results = at_once(
        *(lambda who=who: actions.undo(who, document.pk, decision=decision) for who in officers[:2])
    )
    assert sum(isinstance(result, LianzhangError) for result in results) == 1
    assert Event.objects.filter(verb="claim.undo").count() == 2


def test_the_same_file_sent_twice_at_once_is_one_bulletin(officers: list[Actor], chain: Any) -> None:
    def send(who: Actor) -> Any:
        return actions.receive(who, TEXT.encode(), name="通报.txt", chain=chain, in_background=False)

    results = at_once(*(lambda who=who: send(who) for who in officers))
    assert Document.objects.count() == 1
    assert sorted(result.was_there for result in results) == [False, True, True, True]


def test_a_bulletin_is_read_by_the_background_thread(
    officers: list[Actor], chain: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    received = actions.receive(
        officers[0], "聊城市2024年实现营业收入318.4亿元。".encode(), name="a.txt", chain=chain
    )
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        received.document.refresh_from_db()
        if received.document.state == Document.State.REVIEW:
            break
        time.sleep(0.05)
    assert received.document.state == Document.State.REVIEW
    assert received.document.claims.count() == 1
