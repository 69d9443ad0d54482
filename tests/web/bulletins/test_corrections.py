"""What people type on the desk: corrections, damaged numbers, choices, additions."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from lianzhang.web.bulletins.models import Claim, Document
from lianzhang.web.facts.models import Fact
from lianzhang.web.journal.models import Event
from tests.web.bulletins.browsing import said, statement
from tests.web.bulletins.conftest import make_claim, make_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_in_the_background")]


def test_the_form_for_a_damaged_claim_does_not_offer_the_number_that_was_read(
    browser: Client, document: Document
) -> None:
    claim = document.claims.get(ordinal=3)
    address = reverse("bulletins:edit", args=[document.pk, claim.pk])
    assert 'name="value" ' in browser.get(address).content.decode()
    assert (
        "338.8" not in re.findall(r'<input[^>]*name="value"[^>]*>', browser.get(address).content.decode())[0]
    )
    response = browser.post(address, statement(change=""))
    assert response.status_code == 422
    assert "对照原件录入" in said(response)
    browser.post(address, statement(value="1,338.8"))
    fact = Fact.objects.get()
    assert (str(fact.value), fact.typed_by_id is not None) == ("1338.8", True)
    assert "人工录入" in said(browser.get(reverse("bulletins:review", args=[document.pk])))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"value": "三千"}, "不是数字"),
        ({"value": "9至3"}, "大于"),
        ({"value": "1" * 60}, "太长"),
        ({"value": "3", "period": "上半年"}, "不是可识别的时期"),
        ({"value": "3", "unit": ""}, "单位"),
        ({"value": "3", "subject": " "}, "必填"),
        ({}, "请填数值"),
        ({"change": "NaN"}, "不是数字"),
    ],
)
def test_a_wrong_correction_is_told_beside_its_field(
    browser: Client, document: Document, fields: dict[str, str], sentence: str
) -> None:
    claim = document.claims.get(ordinal=2)
    response = browser.post(reverse("bulletins:edit", args=[document.pk, claim.pk]), statement(**fields))
    assert response.status_code == 422
    assert sentence in said(response)
    assert not Fact.objects.exists()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2025年上半年", "2025H1"),
        ("２０２５年８月", "2025-08"),
        ("2025-8-15", "2025-08-15"),
        ("2025/08/15", "2025-08-15"),
        ("20250815", "2025-08-15"),
        ("2024年1—11月", "2024-01/2024-11"),
        ("2025年前三季度", "2025-01/2025-09"),
        ("2025年第三季度", "2025Q3"),
        ("2024年", "2024"),
        ("2026-2031", "2026/2031"),
        ("", ""),
    ],
)
def test_a_period_may_be_typed_as_offices_write_it(
    browser: Client, document: Document, typed: str, stored: str
) -> None:
    claim = document.claims.get(ordinal=2)
    browser.post(reverse("bulletins:edit", args=[document.pk, claim.pk]), statement(value="3", period=typed))
    assert Fact.objects.get().period == stored


def test_a_range_and_a_fall_are_kept_as_typed(browser: Client, document: Document) -> None:
    claim = document.claims.get(ordinal=2)
    fields = statement(value="7300至8300", change="-3.5", change_base="同比")
    browser.post(reverse("bulletins:edit", args=[document.pk, claim.pk]), fields)
    fact = Fact.objects.get()
    assert (fact.value, str(fact.low), str(fact.high), fact.qualifier) == (None, "7300", "8300", "range")
    assert (str(fact.change_pct), fact.change_base) == ("-3.5", "同比")


def test_a_contradiction_with_the_store_shows_both_values_and_waits_for_a_choice(
    browser: Client, document: Document
) -> None:
    first = document.claims.get(ordinal=0)
    browser.post(reverse("bulletins:accept", args=[document.pk, first.pk]), {"version": 1})
    other = make_document(document.chain, published="2025-09-01")
    claim = make_claim(other, "318.4亿元", value="319", unit="亿元", qualifier="exact", period="2024")
    page = said(browser.get(reverse("bulletins:review", args=[other.pk])))
    assert "与已入库的数据不一致" in page
    assert "318.4亿元" in page
    accept = reverse("bulletins:accept", args=[other.pk, claim.pk])
    assert browser.post(accept, {"version": 1}).status_code == 422
    assert browser.post(accept, {"version": 1, "replace": str(Fact.objects.get().pk)}).status_code == 302
    assert [str(fact.value) for fact in Fact.objects.filter(withdrawn_at=None)] == ["319"]


def test_keeping_the_stored_value_drops_the_claim_and_says_why(browser: Client, document: Document) -> None:
    claim = document.claims.get(ordinal=0)
    drop = reverse("bulletins:drop", args=[document.pk, claim.pk])
    browser.post(drop, {"version": 1, "drop_because": "kept"})
    assert '"because":"kept"' in Event.objects.get(subject=f"claim:{claim.pk}").after


def test_what_the_reading_missed_can_be_added_by_its_words(browser: Client, document: Document) -> None:
    address = reverse("bulletins:add", args=[document.pk])
    assert browser.get(address).status_code == 200
    fields = statement(value="7.1", unit="%", subject="聊城市装备制造产业链", indicator="增速", period="2024")
    missing = browser.post(address, {**fields, "quote": "增速8%"})
    assert "没有这段文字" in said(missing)
    several = browser.post(address, {**fields, "quote": "%"})
    assert "请多复制几个字" in said(several)
    assert browser.post(address, {**fields, "quote": "增速7.1%"}).status_code == 302
    added = Claim.objects.get(added_by__isnull=False)
    assert document.text[added.start : added.end] == "增速7.1%"


def test_a_selected_place_fills_the_form_and_a_wrong_one_is_ignored(
    browser: Client, document: Document
) -> None:
    address = reverse("bulletins:add", args=[document.pk])
    start = document.text.index("增速7.1%")
    assert "增速7.1%" in said(browser.get(f"{address}?start={start}&end={start + 6}"))
    for wrong in (
        "?start=5&end=4",
        "?start=-1&end=3",
        "?start=0&end=99999999",
        "?start=x&end=3",
        "?start=²&end=3",
    ):
        assert browser.get(address + wrong).status_code == 200
