"""Who may stand in for whom, on which days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.casework import ADMINISTRATORS, Actor, Role, may_stand_in, term_refused

TODAY = date(2026, 3, 2)


def post(
    role: Role, *, person: str = "2", organisation: str = "A", chains: tuple[str, ...] = ("equipment",)
) -> Actor:
    return Actor(
        person_id=person, name=person, role=role, organisation_id=organisation, chains=frozenset(chains)
    )


CHIEF = post(Role.chief, person="1", organisation="leaders")
OFFICER = post(Role.department_officer, person="1")


def test_a_colleague_of_the_same_organisation_may() -> None:
    assert may_stand_in(OFFICER, [post(Role.department_officer)]).allowed
    assert not may_stand_in(OFFICER, [post(Role.department_officer, organisation="B")]).allowed
    assert not may_stand_in(OFFICER, []).allowed


def test_a_chief_also_lends_to_another_chief_or_to_the_office_of_the_chain() -> None:
    assert may_stand_in(CHIEF, [post(Role.chief, organisation="other leaders")]).allowed
    assert may_stand_in(CHIEF, [post(Role.chain_officer)]).allowed
    assert may_stand_in(CHIEF, [post(Role.chain_officer, chains=("*",))]).allowed
    assert not may_stand_in(CHIEF, [post(Role.chain_officer, chains=("food",))]).allowed
    for role in (Role.department_officer, Role.enterprise_user, Role.bank_contact):
        assert not may_stand_in(CHIEF, [post(role)]).allowed


@given(st.sampled_from(list(Role)), st.lists(st.sampled_from(list(Role)), max_size=3))
def test_administrators_neither_lend_nor_stand_in_and_nobody_lends_to_themselves(
    role: Role, held: list[Role]
) -> None:
    posts = [post(one) for one in held]
    if role in ADMINISTRATORS or not ADMINISTRATORS.isdisjoint(held):
        assert not may_stand_in(post(role, person="1"), posts).allowed
    assert not may_stand_in(post(role, person="2"), posts).allowed


def test_a_lent_post_is_not_lent_on() -> None:
    lent = Actor(
        person_id="3", name="丙", role=Role.chief, organisation_id="A", for_person_id="1", for_name="甲"
    )
    assert not may_stand_in(lent, [post(Role.chief)]).allowed
    assert lent.signature == "丙 代 甲" and lent.hands == {"1", "3"}


@pytest.mark.parametrize(
    ("starts", "days", "post_ends", "fits"),
    [(0, 0, None, True), (0, 179, None, True), (0, 180, None, False), (-1, 5, None, False), (3, -1, None, False),
     (1, 5, 6, True), (1, 6, 6, False)],
)  # fmt: skip
def test_the_days_lie_ahead_are_not_too_many_and_end_with_the_post(
    starts: int, days: int, post_ends: int | None, fits: bool
) -> None:
    first = TODAY + timedelta(days=starts)
    last_of_post = TODAY + timedelta(days=post_ends) if post_ends is not None else None
    refused = term_refused(first, first + timedelta(days=days), today=TODAY, post_ends=last_of_post)
    assert (refused is None) is fits
