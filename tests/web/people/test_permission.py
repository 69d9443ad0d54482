"""How pages ask: menus, refusals, and things that look as if they did not exist."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lianzhang.casework import ANONYMOUS, Actor, Role
from lianzhang.web.people.permission import (
    Forbidden,
    OutsideView,
    Subject,
    may_open,
    open_page,
    require,
    require_for,
    verb_of,
)


@pytest.mark.django_db
def test_what_lies_outside_ones_view_looks_as_if_it_did_not_exist(actor: Callable[..., Actor]) -> None:
    officer = actor(Role.chain_officer, chains=("equipment",))
    with pytest.raises(OutsideView):
        require_for(officer, "fact.withdraw", Subject("fact", chain="textile"))
    with pytest.raises(OutsideView):
        require_for(officer, "claim.accept", Subject("claim", chain="textile"))
    require_for(officer, "claim.accept", Subject("claim", chain="equipment"))


@pytest.mark.django_db
def test_what_one_sees_but_may_not_do_is_refused_with_the_reason(actor: Callable[..., Actor]) -> None:
    chief = actor(Role.chief, chains=("equipment",))
    with pytest.raises(Forbidden) as refusal:
        require_for(chief, "claim.accept", Subject("claim", "c1", chain="equipment"))
    assert not isinstance(refusal.value, OutsideView)
    assert refusal.value.subject == "claim:c1"
    assert "链长办工作人员" in refusal.value.say("zh")


def test_a_page_cannot_ask_for_a_verb_nobody_declared() -> None:
    with pytest.raises(KeyError):
        require("bulletin.shred")


def test_a_page_carries_the_verb_it_asks_for() -> None:
    assert verb_of(require("bulletin.see")(lambda request: None)) == "bulletin.see"  # type: ignore[arg-type]
    assert verb_of(open_page(lambda request: None)) is None  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_menu_shows_what_the_role_may_open(actor: Callable[..., Actor]) -> None:
    auditor, system = actor(Role.audit_admin), actor(Role.system_admin)
    addresses = ["journal:list", "people:people", "people:account", "people:login"]
    assert [may_open(auditor, address) for address in addresses] == [True, False, True, True]
    assert [may_open(system, address) for address in addresses] == [False, True, True, True]
    assert [may_open(ANONYMOUS, address) for address in addresses] == [False, False, False, True]
