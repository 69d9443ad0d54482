"""Delegation: acts carry both names, four eyes stay four, and it ends by itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.kernel import Conflict, LianzhangError
from lianzhang.web.cases.actions import act
from lianzhang.web.cases.models import Request
from lianzhang.web.flow.models import Step
from lianzhang.web.journal.models import Event
from lianzhang.web.journal.queries import verification
from lianzhang.web.people.actions.delegate import delegate
from lianzhang.web.people.identity import actor_of, delegations_to, holdings_of
from lianzhang.web.people.models import Delegation, Holding, Person
from tests.web.cases.conftest import Office, assigned, at, filed, office, working
from tests.web.conftest import make_person

__all__ = ["assigned", "at", "filed", "office", "working"]
pytestmark = pytest.mark.django_db

FRIDAY = date(2026, 3, 6)


def person_of(actor: Actor) -> Person:
    return Person.objects.get(pk=actor.person_id)


def lent(actor: Actor, to: Actor, *, starts: date = date(2026, 3, 2), ends: date = FRIDAY) -> Delegation:
    return delegate(actor, to.person_id, starts=starts, ends=ends, reason="出差")


def standing_in(person: Person) -> list[Actor]:
    return [
        actor_of(person, row.holding, stands_in=True) for row in delegations_to(person, holdings_of(person))
    ]


def test_an_act_says_who_acted_for_whom_in_log_and_journal(office: Office, assigned: Request) -> None:
    lent(office.unit, office.head)
    (hand,) = standing_in(person_of(office.head))
    row = act(hand, assigned.pk, "sign", {})
    step = Step.objects.filter(subject=row.pk).last()
    assert step is not None and str(step.person_id) == office.head.person_id
    assert step.acting_for.endswith(f"{office.head.name} 代 {office.unit.name}")
    event = Event.objects.order_by("seq").last()
    assert event is not None and f"代 {office.unit.name}" in event.acting_for and verification().whole
    # The work stays with the holder of the post when the delegation is over.
    assert str(row.handler_id) == office.unit.person_id


@pytest.mark.parametrize("answers", ["delegate in the lent post", "delegate in the own post", "holder"])
def test_whatever_post_they_use_the_two_cannot_check_one_anothers_answer_in_it(
    office: Office, working: Request, answers: str
) -> None:
    lent(office.unit, office.head)
    (hand,) = standing_in(person_of(office.head))
    answering = {
        "delegate in the lent post": hand,
        "delegate in the own post": office.head,
        "holder": office.unit,
    }
    act(answering[answers], working.pk, "answer", {"result": "solved", "text": "指标已下达"})
    checking = {
        "delegate in the lent post": (hand, office.head, office.unit),
        "delegate in the own post": (hand, office.head),
        "holder": (hand, office.unit),
    }
    for one in checking[answers]:
        with pytest.raises(LianzhangError, match="审核人不能是答复人"):
            act(one, working.pk, "check", {})
    third = make_person(Role.department_officer, organisation=office.organisation("unit"), username="third")
    assert act(actor_of(third, holdings_of(third)[0]), working.pk, "check", {}).state == "to_confirm"


def test_it_begins_and_ends_by_itself_and_with_the_post_or_the_account(office: Office, at: Any) -> None:
    lent(office.unit, office.head, starts=date(2026, 3, 4))
    someone = person_of(office.head)
    assert not standing_in(someone)
    at(days=2)
    assert len(standing_in(someone)) == 1
    at(days=4, hours=14)
    assert len(standing_in(someone)) == 1
    at(days=5)
    assert not standing_in(someone)
    at(days=2)
    Holding.objects.filter(pk=office.unit.holding_id).update(ends=date(2026, 3, 3))
    assert not standing_in(someone)
    Holding.objects.filter(pk=office.unit.holding_id).update(ends=None)
    Person.objects.filter(pk=office.unit.person_id).update(state="disabled")
    assert not standing_in(someone)


def test_who_has_moved_to_another_unit_no_longer_stands_in(office: Office, at: Any) -> None:
    lent(office.unit, office.head)
    at(days=1)
    Holding.objects.filter(pk=office.head.holding_id).update(ends=date(2026, 3, 2))
    elsewhere = make_person(Role.department_officer)
    someone = person_of(office.head)
    Holding.objects.filter(person=elsewhere).update(person=someone)
    assert holdings_of(someone) and not standing_in(someone)


def test_never_to_somebody_who_may_not_nor_twice_for_one_day(office: Office) -> None:
    admin = actor_of(*_with_holding(make_person(Role.system_admin)))
    for stranger in (office.other, office.firm, office.county, admin, office.unit):
        with pytest.raises(LianzhangError):
            lent(office.unit, stranger)
    assert not Delegation.objects.exists()
    lent(office.unit, office.head)
    with pytest.raises(Conflict):
        lent(office.unit, office.head, starts=FRIDAY, ends=date(2026, 3, 9))


def _with_holding(person: Person) -> tuple[Person, Holding]:
    return person, holdings_of(person)[0]


def browser_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(person_of(actor))
    return client


def test_both_see_it_the_delegate_switches_and_either_ends_it(office: Office, assigned: Request) -> None:
    holder, hand = browser_of(office.unit), browser_of(office.head)
    days = {"starts": "2026-03-02", "ends": "2026-03-06", "reason": "休假"}
    assert holder.post("/account/delegations/", {"to": office.other.person_id, **days}).status_code == 422
    assert holder.post("/account/delegations/", {"to": office.head.person_id, **days}).status_code == 302
    row = Delegation.objects.get()
    for browser in (holder, hand):
        assert (
            f"{office.head.name}代{office.unit.name}" in browser.get("/account/delegations/").content.decode()
        )
    # Nobody else can take the post over, or end what is not theirs.
    stranger = browser_of(office.other)
    stranger.post("/account/identity/", {"holding": str(row.pk)})
    assert f"（代{office.unit.name}）" not in stranger.get("/account/").content.decode()
    assert stranger.post(f"/account/delegations/{row.pk}/end/").status_code == 404
    hand.post("/account/identity/", {"holding": str(row.pk)})
    page = hand.get("/account/delegations/").content.decode()
    assert f"（代{office.unit.name}）" in page and "不能再转托" in page
    assert hand.post("/account/delegations/", {"to": office.head.person_id, **days}).status_code == 200
    assert Delegation.objects.count() == 1
    holder.post(f"/account/delegations/{row.pk}/end/")
    assert f"（代{office.unit.name}）" not in hand.get("/account/").content.decode()


def test_the_delegate_is_told_and_whoever_did_not_end_it_hears_of_the_end(office: Office) -> None:
    row = lent(office.unit, office.head)
    holder, hand, other = browser_of(office.unit), browser_of(office.head), browser_of(office.other)
    told = f"{office.unit.name}委托您代行职务，2026-03-02至2026-03-06"
    page = hand.get("/desk/notices/").content.decode()
    assert told in page and 'href="/account/delegations/"' in page
    assert told not in holder.get("/desk/notices/").content.decode()
    hand.post(f"/account/delegations/{row.pk}/end/")
    ended = f"的委托已由{office.head.name}结束"
    assert holder.get("/desk/notices/").content.decode().count(ended) == 1
    for untouched in (hand, other):
        assert ended not in untouched.get("/desk/notices/").content.decode()
