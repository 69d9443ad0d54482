"""Whom to call now, and whom one called before: a contact that changed is closed with a day, and stays to be read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from lianzhang.casework import Actor
from lianzhang.web.journal.models import Event
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions import enter, judge, withdraw_batch
from lianzhang.web.registry.entries import ContactEntry, Entries
from lianzhang.web.registry.models import Contact, Enterprise
from lianzhang.web.registry.profile import profile_of
from tests.web.registry.conftest import make_enterprise, source, text_of

pytestmark = pytest.mark.django_db
OLD, NEW = "13812345678", "13987654321"


def call(actor: Actor, row: Enterprise, person: str, phone: str = "", **named: Any) -> None:
    """Enter a contact as a form does; `renew=True` as a table does."""
    about = {key: named.pop(key) for key in ("name", "as_of", "batch") if key in named}
    renew = named.pop("renew", False)
    entry = ContactEntry(enterprise=row.pk, name=person, phone=phone, **named)
    enter(actor, Entries(contacts=[entry]), source=source(**about), renew=renew)


def standing(row: Enterprise) -> list[tuple[str, str, str]]:
    found = queries.contacts_of([row.pk])
    return [(one.name, one.duty, one.phone_masked) for one in found]


def test_a_new_number_of_the_same_person_closes_the_old_one_and_the_history_keeps_it_masked(
    office: Client, officer: Actor
) -> None:
    row = make_enterprise(officer)
    call(officer, row, "于某", OLD, as_of=date(2025, 3, 4))
    row.refresh_from_db()
    form = {
        "name": "于 某",
        "phone": NEW,
        "source": "电话核实",
        "as_of": "2026-01-05",
        "version": row.version,
    }
    assert office.post(f"/enterprises/{row.pk}/records/contacts/", form).status_code == 302
    old, new = Contact.objects.order_by("pk")
    assert (old.until, new.until) == (date(2026, 1, 5), None)
    card = text_of(office.get(f"/enterprises/{row.pk}/")).split('id="contacts"')[1].split("</section>")[0]
    now, earlier = card.split("registry-earlier")
    assert "139****4321" in now and "138****5678" not in now
    assert "138****5678" in earlier and "2025年3月4日" in earlier and "2026年1月5日" in earlier
    assert OLD not in card and f"/contacts/{old.pk}/" not in card
    because = {"because": "看看旧号码"}
    assert office.post(f"/enterprises/{row.pk}/contacts/{old.pk}/", because).status_code == 404
    told = Event.objects.filter(verb="enterprise.enter").latest("seq").after
    assert f"[{old.pk}]" in told and OLD not in told and NEW not in told


def test_a_new_person_takes_a_place_when_the_officer_says_so_and_stands_beside_otherwise(
    office: Client, officer: Actor
) -> None:
    row, other = make_enterprise(officer), make_enterprise(officer, "别家有限公司")
    call(officer, row, "于某", OLD)
    call(officer, other, "外人", OLD)
    address = f"/enterprises/{row.pk}/records/contacts/"

    def send(name: str, **said: Any) -> int:
        row.refresh_from_db()
        form = {"source": "走访", "as_of": "2026-01-05", "version": row.version, "name": name, **said}
        return office.post(address, form).status_code

    assert "138****5678" in text_of(office.get(address)), "whom it may take the place of is shown masked"
    stranger = Contact.objects.get(name="外人")
    assert send("张三", phone=NEW, instead_of=stranger.pk) == 422
    assert send("张三", phone=NEW) == 302
    assert [name for name, _, _ in standing(row)] == ["于某", "张三"]
    assert send("李四", instead_of=Contact.objects.get(name="于某").pk) == 302
    assert standing(row) == [("张三", "", "139****4321"), ("李四", "", "")], "no number is handed on"
    assert standing(other) == [("外人", "", "138****5678")]


def test_a_day_in_the_past_shows_whom_one_called_then(office: Client, officer: Actor) -> None:
    row = make_enterprise(officer)
    call(officer, row, "于某", OLD, as_of=date(2025, 3, 4))
    call(officer, row, "于某", NEW, as_of=date(2026, 1, 5))
    for day, masked in ((date(2025, 3, 3), []), (date(2025, 12, 31), ["138****5678"])):
        assert [one.phone_masked for one in profile_of(officer, row, on=day).contacts] == masked
    assert [one.phone_masked for one in profile_of(officer, row).contacts] == ["139****4321"]
    page = text_of(office.get(f"/enterprises/{row.pk}/", {"on": "2025-12-31"}))
    assert "138****5678" in page and "registry-why" not in page, (
        "a number that is no longer valid is not opened"
    )


def test_an_older_word_does_not_close_a_newer_one(officer: Actor) -> None:
    row = make_enterprise(officer)
    call(officer, row, "于某", NEW, as_of=date(2026, 1, 5), name="年报")
    call(officer, row, "于某", OLD, as_of=date(2025, 3, 4), name="旧名录")
    assert standing(row) == [("于某", "", "139****4321")]
    assert [one.phone_masked for one in profile_of(officer, row).earlier_contacts] == ["138****5678"]


def test_a_table_has_one_contact_a_firm_and_what_it_leaves_blank_stays(officer: Actor) -> None:
    row, batch = make_enterprise(officer), "0d7bcb8e-6f4a-4df2-8fd5-000000000001"
    call(officer, row, "于某", OLD, duty="经理")
    call(officer, row, "", NEW, renew=True)
    assert standing(row) == [("于某", "经理", "139****4321")], "a number alone is the same person's"
    call(officer, row, "李四", duty="主任", renew=True, batch=batch)
    assert standing(row) == [("李四", "主任", "")]
    withdraw_batch(officer, batch)  # type: ignore[arg-type]
    assert standing(row) == [("于某", "经理", "139****4321")], "undone, the earlier one is valid again"


def test_the_contact_of_a_merged_record_is_closed_as_well(officer: Actor) -> None:
    row, other = make_enterprise(officer), make_enterprise(officer, "时风集团公司")
    call(officer, other, "于某", OLD)
    judge(officer, row.pk, other.pk, "same")
    call(officer, row, "于某", NEW)
    assert [one.phone_masked for one in profile_of(officer, row).contacts] == ["139****4321"]


def test_a_name_that_nobody_can_see_is_no_name(office: Client, officer: Actor) -> None:
    row = make_enterprise(officer)
    form = {"name": "\u200b\u202e", "source": "走访", "as_of": "2026-01-05", "version": row.version}
    page = text_of(office.post(f"/enterprises/{row.pk}/records/contacts/", form), status=422)
    assert "field__error" in page and not Contact.objects.exists()
    text_of(office.post("/enterprises/new/", {"name": "\u200b", "source": "走访"}), status=422)


def test_a_correction_from_an_older_paper_counts_and_no_contact_ends_before_it_began(
    office: Client, officer: Actor
) -> None:
    row = make_enterprise(officer)
    call(officer, row, "于某", OLD, as_of=date(2026, 1, 5))
    row.refresh_from_db()
    form = {"name": "于某", "phone": NEW, "source": "旧名片", "as_of": "2025-03-04", "version": row.version}
    old = Contact.objects.get()
    assert office.post(f"/enterprises/{row.pk}/records/contacts/{old.pk}/", form).status_code == 302
    old.refresh_from_db()
    assert (old.since, old.until) == (date(2026, 1, 5), date(2026, 1, 5))
    assert standing(row) == [("于某", "", "139****4321")]
