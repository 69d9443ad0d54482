"""What the screens of the registry owe their readers: links that open, ids that stay, dates beside numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.web.registry.actions import enter, judge
from lianzhang.web.registry.entries import Entries, SupplyEntry
from tests.web.registry.conftest import CODE, GAOTANG, LINQING, SHIFENG, make_enterprise, source

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
BEARINGS = "临清某轴承有限公司"


@pytest.fixture
def office(signed_in: Browser) -> Client:
    """The browser of somebody of the chain office."""
    return signed_in(Role.chain_officer)


def text_of(answer: Any, *, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def test_the_id_and_the_code_of_a_merged_record_still_find_the_firm(office: Client, officer: Actor) -> None:
    one = make_enterprise(officer, credit_code=CODE)
    other = make_enterprise(officer, "时风集团公司", credit_code="91370200264574251E")
    judge(officer, one.pk, other.pk, "same")
    for words in (one.pk, other.pk, other.pk.lower(), CODE, "91370200264574251E", "264574"):
        assert SHIFENG in text_of(office.get("/enterprises/", {"words": words})), words


def test_a_county_gets_no_link_to_a_firm_that_it_may_not_open(signed_in: Browser, officer: Actor) -> None:
    row, partner = make_enterprise(officer), make_enterprise(officer, BEARINGS, county=LINQING)
    link = SupplyEntry(buyer=row.pk, buyer_name=SHIFENG, supplier=partner.pk, supplier_name=BEARINGS)
    enter(officer, Entries(supply=[link]), source=source())
    address, opens = f"/enterprises/{row.pk}/", f'href="/enterprises/{partner.pk}/"'
    page = text_of(signed_in(Role.county_officer, region_code=GAOTANG).get(address))
    assert BEARINGS in page and opens not in page
    assert opens in text_of(signed_in(Role.chain_officer).get(address))
