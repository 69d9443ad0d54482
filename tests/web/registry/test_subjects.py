"""Which enterprise a bulletin speaks of: linked, several that fit, or none – and an officer has the last word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.web.bulletins.actions.accept import accept_sure
from lianzhang.web.bulletins.models import Document
from lianzhang.web.chains.actions.load_pack import load_pack
from lianzhang.web.chains.models import Chain
from lianzhang.web.facts.models import Fact
from lianzhang.web.journal.models import Event
from lianzhang.web.registry.actions import enter, judge
from lianzhang.web.registry.entries import Entries, NameEntry
from lianzhang.web.registry.models import SubjectLink
from lianzhang.web.registry.resolving import enterprise_of, resolved
from tests.web.bulletins.conftest import make_claim, make_document
from tests.web.registry.conftest import LINQING, SHIFENG, make_enterprise, source

pytestmark = pytest.mark.django_db
TEXT = "2024年，时风集团外贸累计增长97%。宏达轴承出口3000万元。"


@pytest.fixture
def bulletin() -> Document:
    """A bulletin that speaks of two firms."""
    load_pack("liaocheng")
    document = make_document(Chain.objects.get(pk="equipment"), text=TEXT)
    make_claim(
        document, "外贸累计增长97%", subject="时风集团", indicator="外贸累计", change_pct="97", period="2024"
    )
    make_claim(
        document,
        "出口3000万元",
        subject="宏达轴承",
        indicator="出口额",
        value="3000",
        unit="万元",
        period="2024",
    )
    return document


def test_a_short_name_is_linked_and_its_fact_stands_on_the_profile(
    officer: Actor, bulletin: Document, signed_in: Callable[..., Client]
) -> None:
    row = make_enterprise(officer, short=("时风集团",))
    accept_sure(officer, bulletin.pk)
    fact = Fact.objects.get(subject="时风集团")
    assert fact.enterprise_id == row.pk
    page = signed_in(Role.chain_officer).get(f"/enterprises/{row.pk}/").content.decode()
    assert "97%" in page and f"/bulletins/{bulletin.pk}/" in page


def test_several_that_fit_are_all_named_and_none_is_taken(officer: Actor, bulletin: Document) -> None:
    one = make_enterprise(officer, "临清市宏达轴承有限公司", county=LINQING)
    two = make_enterprise(officer, "冠县宏达轴承有限公司", county="371525")
    found = resolved("宏达轴承", document=bulletin.pk)
    assert found.outcome == "ambiguous" and found.enterprise is None
    assert {row.pk for row, _ in found.candidates} == {one.pk, two.pk}
    accept_sure(officer, bulletin.pk)
    assert Fact.objects.get(subject="宏达轴承").enterprise_id is None


def test_the_officer_s_word_decides_also_for_facts_accepted_before(
    officer: Actor, bulletin: Document, signed_in: Callable[..., Client]
) -> None:
    one = make_enterprise(officer, "临清市宏达轴承有限公司", county=LINQING)
    make_enterprise(officer, "冠县宏达轴承有限公司", county="371525")
    accept_sure(officer, bulletin.pk)
    office = signed_in(Role.chain_officer)
    address = f"/enterprises/bulletin/{bulletin.pk}/"
    page = office.get(address).content.decode()
    assert "待您确认" in page and "临清市宏达轴承有限公司" in page
    assert "2家相符" in office.get(f"/bulletins/{bulletin.pk}/review/").content.decode()
    assert office.post(address, {"subject": "宏达轴承", "enterprise": one.pk}).status_code == 302
    assert Fact.objects.get(subject="宏达轴承").enterprise_id == one.pk
    assert "已确认" in office.get(address).content.decode()
    office.post(address, {"subject": "宏达轴承", "enterprise": "none"})
    assert Fact.objects.get(subject="宏达轴承").enterprise_id is None
    assert SubjectLink.objects.count() == Event.objects.filter(verb="subject.link").count() == 2


def test_a_word_for_one_bulletin_says_nothing_about_the_next(
    officer: Actor, bulletin: Document, signed_in: Callable[..., Client]
) -> None:
    one = make_enterprise(officer, "临清市宏达轴承有限公司", county=LINQING)
    make_enterprise(officer, "冠县宏达轴承有限公司", county="371525")
    office, address = signed_in(Role.chain_officer), f"/enterprises/bulletin/{bulletin.pk}/"
    office.post(address, {"subject": "宏达轴承", "enterprise": one.pk})
    assert enterprise_of("宏达轴承", document=bulletin.pk) == one.pk
    assert enterprise_of("宏达轴承") is None
    office.post(address, {"subject": "宏达轴承", "enterprise": one.pk, "everywhere": "on"})
    assert enterprise_of("宏达轴承") == one.pk


def test_a_merged_enterprise_is_found_under_its_head(officer: Actor) -> None:
    old, new = make_enterprise(officer, "时风集团"), make_enterprise(officer)
    judge(officer, old.pk, new.pk, "same")
    assert enterprise_of(SHIFENG) == old.pk


@pytest.mark.parametrize(
    "form",
    [
        {"subject": "别的主体", "enterprise": "none"},
        {"subject": "宏达轴承", "enterprise": ""},
        {"subject": "宏达轴承", "enterprise": "E999999999"},
    ],
)
def test_what_makes_no_sense_confirms_nothing(
    form: dict[str, Any], bulletin: Document, signed_in: Callable[..., Client]
) -> None:
    answer = signed_in(Role.chain_officer).post(f"/enterprises/bulletin/{bulletin.pk}/", form)
    assert answer.status_code in (302, 404)
    assert not SubjectLink.objects.exists()


def test_an_officer_of_another_chain_sees_nothing(
    bulletin: Document, signed_in: Callable[..., Client]
) -> None:
    stranger = signed_in(Role.chain_officer, chains=("food",))
    assert stranger.get(f"/enterprises/bulletin/{bulletin.pk}/").status_code == 404


def test_a_bulletin_of_a_day_means_the_firm_that_bore_the_name_then(
    officer: Actor, bulletin: Document
) -> None:
    old = "聊城油泵油嘴有限公司"
    renamed = make_enterprise(officer, "聊城鑫亚工业股份有限公司", county="371502")
    later = make_enterprise(officer, old, county="371502")
    names = [
        NameEntry(enterprise=renamed.pk, name=old, kind="former", ends=date(2012, 5, 31)),
        NameEntry(enterprise=later.pk, name="聊城油嘴厂", kind="former", ends=date(2015, 2, 28)),
    ]
    enter(officer, Entries(names=names), source=source())
    assert enterprise_of(old) is None, "without a day nobody can tell"
    # The later one took the name on the day after it gave up the one before.
    days = {"2010-06-30": renamed.pk, "2015-03-01": later.pk, "2025-08": later.pk, "2013": None, "": None}
    for published, firm in days.items():
        assert enterprise_of(old, published=published) == firm
    told = resolved(old, published="2013")
    assert told.why.startswith("那时没有一家确知用这个名称")
    assert "这个名称用到2012-05-31" in {row.pk: why for row, why in told.candidates}[renamed.pk]


def test_the_desk_shows_since_when_each_candidate_bears_the_name(
    office: Client, officer: Actor, bulletin: Document
) -> None:
    one = make_enterprise(officer, "临清市宏达轴承有限公司", county=LINQING)
    make_enterprise(officer, "聊城宏达轴承有限公司", county="371502", short=("宏达轴承",))
    entry = NameEntry(enterprise=one.pk, name="宏达轴承", kind="short", starts=date(2020, 1, 1))
    enter(officer, Entries(names=[entry]), source=source())
    Document.objects.filter(pk=bulletin.pk).update(published="2025-08-15")
    page = office.get(f"/enterprises/bulletin/{bulletin.pk}/").content.decode()
    assert "这个名称自2020-01-01起在用" in page
