"""The registry changes, places follow: proposals anew, what people confirmed stays and is marked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.kernel import clock
from lianzhang.web.chains import following
from lianzhang.web.chains.actions.follow import follow
from lianzhang.web.chains.actions.place import decide, place
from lianzhang.web.chains.models import Placement
from lianzhang.web.journal.models import Event
from lianzhang.web.registry.actions.enter import enter
from lianzhang.web.registry.entries import Entries, Source, ValueEntry
from tests.web.chains.test_maps import register

BALLS, RINGS = "E000000002", "E000000001"


def change(officer: Actor, enterprise: str, fact: str, text: str) -> None:
    """A newer word on a firm."""
    enter(
        officer,
        Entries(values=[ValueEntry(enterprise=enterprise, fact=fact, text=text)]),
        source=Source(kind="officer", name="变更", as_of=clock.today() + timedelta(days=1)),
    )


def where(enterprise: str) -> set[str]:
    rows = Placement.objects.filter(chain="bearings", enterprise=enterprise)
    return set(rows.exclude(basis="industry").values_list("node", flat=True))


@pytest.fixture
def officer(pack: None, actor: Callable[..., Actor]) -> Actor:
    made = actor(Role.chain_officer)
    register(made)
    return made


def test_nothing_is_placed_before_somebody_has_placed_the_registry_once(officer: Actor) -> None:
    assert follow() == 0 and not Placement.objects.exists()


def test_a_changed_product_moves_the_proposal_and_only_that_firm_is_placed_again(officer: Actor) -> None:
    place(officer, "bearings")
    assert follow() == 3  # the first look remembers every firm
    assert follow() == 0
    before = where(BALLS)
    change(officer, BALLS, "products", "轴承保持架")
    assert follow() == 1
    assert where(BALLS) and where(BALLS) != before
    assert Event.objects.filter(verb="map.place").latest("seq").after.count(BALLS) == 1
    assert follow() == 0


def test_what_was_confirmed_stays_is_marked_and_loses_the_mark_when_the_words_return_or_a_person_decides(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    place(officer, "bearings")
    follow()
    row = Placement.objects.filter(enterprise=BALLS).exclude(basis="industry")[0]
    decide(officer, row.pk, confirmed=True, seen="proposed")
    change(officer, BALLS, "products", "豆腐")
    follow()
    row.refresh_from_db()
    assert row.state == "confirmed" and row.doubted_at is not None
    page = signed_in(Role.chain_officer).get(f"/chains/bearings/map/node/{row.node}/").content.decode()
    assert "请复核" in page
    assert "1条已确认的落位" in signed_in(Role.chief).get("/chains/bearings/map/").content.decode()
    decide(officer, row.pk, confirmed=True, seen="confirmed")
    row.refresh_from_db()
    assert row.doubted_at is None
    follow()
    change(officer, BALLS, "products", "豆制品")
    follow()
    row.refresh_from_db()
    assert row.doubted_at is not None


def test_a_serving_process_is_woken_by_acts_on_enterprises_alone(
    officer: Actor, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    following._begun.set()
    try:
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            place(officer, "bearings")
        assert not following._awake.is_set()
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            change(officer, RINGS, "products", "轴承")
        assert following._awake.is_set()
    finally:
        following._begun.clear()
        following._awake.clear()
