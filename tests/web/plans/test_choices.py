"""A county says which sub-field it has chosen, the chain office decides, the history stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.kernel import Conflict, LianzhangError, NotAllowed, clock
from lianzhang.web.chains.models import Chain, County
from lianzhang.web.journal.models import Event
from lianzhang.web.plans.actions.decide import decide
from lianzhang.web.plans.actions.propose import ChoiceRefused, propose
from lianzhang.web.plans.models import FieldChoice
from lianzhang.web.plans.queries import chosen_in, history_of
from tests.web.plans.conftest import PAPER


def chosen(county_id: str) -> Any:
    return chosen_in(Chain.objects.get(pk="equipment")).get(county_id)


def county_of(code: str) -> str:
    return County.objects.get(region_code=code).pk


@pytest.fixture
def here(pack: None) -> str:
    return county_of("371525")


def test_a_county_proposes_and_the_office_confirms(guanxian: Actor, office: Actor, here: str) -> None:
    row = propose(guanxian, "equipment", here, field_id="bearings", **PAPER)
    assert chosen(here).in_force is None and chosen(here).waiting == row
    decide(office, "equipment", here, row.pk, confirmed=True)
    assert chosen(here).in_force == row and chosen(here).waiting is None
    assert sorted(Event.objects.filter(verb__startswith="choice").values_list("verb", flat=True)) == [
        "choice.confirm", "choice.propose",
    ]  # fmt: skip


def test_the_newest_confirmed_choice_is_in_force_and_older_ones_stay_as_history(
    guanxian: Actor, office: Actor, here: str
) -> None:
    for field in ("bearings", "excavators"):
        field = field if Chain.objects.filter(pk=field).exists() else _another("bearings")
        row = propose(guanxian, "equipment", here, field_id=field, **PAPER)
        decide(office, "equipment", here, row.pk, confirmed=True)
    assert chosen(here).in_force.field_id != "bearings"
    rows = history_of(Chain.objects.get(pk="equipment"), County.objects.get(pk=here))
    assert [row.state for row in rows] == ["confirmed", "confirmed"]


def _another(but: str) -> str:
    return str(Chain.objects.filter(parent="equipment").exclude(pk=but).first().pk)  # type: ignore[union-attr]


def test_a_new_proposal_overtakes_the_one_that_waits_and_the_old_one_cannot_be_decided_any_more(
    guanxian: Actor, office: Actor, here: str
) -> None:
    first = propose(guanxian, "equipment", here, field_id="bearings", **PAPER)
    second = propose(guanxian, "equipment", here, field_id=_another("bearings"), **PAPER)
    assert chosen(here).waiting == second
    with pytest.raises(Conflict):
        decide(office, "equipment", here, first.pk, confirmed=True)
    decide(office, "equipment", here, second.pk, confirmed=True)
    with pytest.raises(Conflict):
        decide(office, "equipment", here, second.pk, confirmed=False, note="晚了")
    first.refresh_from_db()
    assert first.state == "replaced"


def test_returning_needs_a_reason_and_leaves_what_is_in_force(
    guanxian: Actor, office: Actor, here: str
) -> None:
    row = propose(guanxian, "equipment", here, field_id="bearings", **PAPER)
    with pytest.raises(ChoiceRefused):
        decide(office, "equipment", here, row.pk, confirmed=False, note=" ")
    decide(office, "equipment", here, row.pk, confirmed=False, note="缺常务会纪要")
    assert chosen(here) is None
    assert FieldChoice.objects.get().note == "缺常务会纪要"


def test_nothing_is_recorded_without_evidence_or_with_one_of_tomorrow(guanxian: Actor, here: str) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    for paper in ({"evidence": " ", "evidence_on": date(2025, 1, 1)}, {**PAPER, "evidence_on": tomorrow}):
        with pytest.raises(ChoiceRefused):
            propose(guanxian, "equipment", here, field_id="bearings", **paper)  # type: ignore[arg-type]
    assert not FieldChoice.objects.exists()


def test_two_counties_may_have_the_same_field_with_a_reason(
    guanxian: Actor, office: Actor, actor: Callable[..., Actor], here: str
) -> None:
    row = propose(guanxian, "equipment", here, field_id="bearings", **PAPER)
    decide(office, "equipment", here, row.pk, confirmed=True)
    other = actor(Role.county_officer, region_code="371581")
    with pytest.raises(ChoiceRefused) as refused:
        propose(other, "equipment", county_of("371581"), field_id="bearings", **PAPER)
    assert "冠县" in refused.value.say("zh")
    propose(other, "equipment", county_of("371581"), field_id="bearings", reason="产品不同", **PAPER)


def test_nobody_speaks_for_another_county_nor_confirms_what_is_not_theirs(
    guanxian: Actor, actor: Callable[..., Actor], here: str
) -> None:
    with pytest.raises(NotAllowed):
        propose(guanxian, "equipment", county_of("371581"), field_id="bearings", **PAPER)
    row = propose(guanxian, "equipment", here, field_id="bearings", **PAPER)
    for who in (guanxian, actor(Role.chief), actor(Role.chain_officer, chains=("textiles",))):
        with pytest.raises(NotAllowed):
            decide(who, "equipment", here, row.pk, confirmed=True)


def test_nobody_decides_about_what_passed_through_their_own_hands(
    guanxian: Actor, office: Actor, here: str
) -> None:
    deputy = replace(guanxian, for_person_id=office.person_id, for_name=office.name)
    row = propose(deputy, "equipment", here, field_id="bearings", **PAPER)
    same_person = replace(office, person_id=guanxian.person_id)
    for own in (office, same_person, replace(office, person_id="", for_person_id=guanxian.person_id)):
        with pytest.raises(ChoiceRefused, match="不能自己确认"):
            decide(own, "equipment", here, row.pk, confirmed=True)
    assert FieldChoice.objects.get(pk=row.pk).state == "proposed"


def test_what_does_not_exist_is_not_chosen(guanxian: Actor, office: Actor, here: str) -> None:
    for chain, county, field in (
        ("equipment", here, "equipment"), ("bearings", here, "bearings"), ("equipment", "nowhere", "bearings"),
    ):  # fmt: skip
        with pytest.raises((Http404, LianzhangError)):
            propose(guanxian, chain, county, field_id=field, **PAPER)
    with pytest.raises(Http404):
        decide(office, "equipment", here, 999_999, confirmed=True)


def test_the_pages_lead_from_proposal_to_decision_and_show_it_on_map_and_chain(
    pack: None, signed_in: Callable[..., Client], here: str
) -> None:
    county, office = signed_in(Role.county_officer, region_code="371525"), signed_in(Role.chain_officer)
    given = {"field": "bearings", "evidence": "政办发3号", "evidence_on": "2025-06-01", "reason": ""}
    assert county.post(f"/plans/equipment/{here}/propose/", given | {"evidence": ""}).status_code == 400
    assert county.post(f"/plans/equipment/{here}/propose/", given | {"field": "x"}).status_code == 400
    assert county.post(f"/plans/equipment/{here}/propose/", given).status_code == 302
    page = office.get(f"/plans/equipment/{here}/").content.decode()
    assert "待链长办确认" in page and "政办发3号" in page
    answer = {"choice": FieldChoice.objects.get().pk, "decision": "return", "note": ""}
    refused = office.post(f"/plans/equipment/{here}/decide/", answer)
    assert refused.status_code == 400 and "退回要写明原因" in refused.content.decode()
    assert (
        office.post(f"/plans/equipment/{here}/decide/", answer | {"decision": "confirm"}).status_code == 302
    )
    for path in (
        "/plans/equipment/",
        "/chains/equipment/",
        "/chains/bearings/map/",
        f"/plans/equipment/{here}/",
    ):
        assert "政办发3号" in office.get(path).content.decode(), path
    assert county.post(f"/plans/equipment/{here}/decide/", answer).status_code == 403
    assert county.get(f"/plans/equipment/{county_of('371581')}/propose/").status_code == 404


def test_pages_of_no_county_and_no_chain_are_not_found(pack: None, signed_in: Callable[..., Client]) -> None:
    chief = signed_in(Role.chief)
    for path in (
        "/plans/equipment/nowhere/",
        "/plans/bearings/",
        "/plans/nothing/",
        "/plans/equipment/x/plan/",
    ):
        assert chief.get(path).status_code == 404
    assert signed_in(Role.enterprise_user).get("/plans/").status_code == 403
