"""Long lists page by page: every row once, whatever comes in meanwhile, and no address leads nowhere."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lianzhang.kernel import clock
from lianzhang.web.cases.models import Request
from lianzhang.web.flow.keyset import END, Order, window
from tests.web.cases.conftest import MORNING, Office, at, office
from tests.web.cases.test_pages import browser_of

NEWEST = Order("created")
__all__ = ["at", "office"]


def make(number: int, minute: int) -> Request:
    return Request.objects.create(
        state="submitted", number=f"N{number}", public_number=f"P{number}", title=f"件{number}", topic="land",
        owner_party="office", created=MORNING + timedelta(minutes=minute), promise=MORNING + timedelta(minutes=minute),
    )  # fmt: skip


def walk(rows: Any, order: Order, size: int, way: str, start: dict[str, str]) -> list[list[Any]]:
    pages, asked = [], start
    while True:
        page = window(rows, order, asked, size)
        pages.append([row.pk for row in page.rows])
        address = getattr(page, way)
        if not address or len(pages) > 50:
            return pages
        asked = dict(parse_qsl(address[1:]))


class EveryRowOnce(TestCase):
    @given(
        minutes=st.lists(st.integers(0, 4), max_size=17),
        size=st.integers(1, 6),
        newest_first=st.booleans(),
        column=st.sampled_from(["created", "promise"]),
    )
    @settings(max_examples=25, deadline=None)
    def test_forwards_and_backwards_whatever_the_ties(
        self, minutes: list[int], size: int, newest_first: bool, column: str
    ) -> None:
        for number, minute in enumerate(minutes):
            make(number, minute)
        order = Order(column, newest_first=newest_first)
        whole = [row.pk for row in order.sorted(Request.objects.all())]
        there = walk(Request.objects.all(), order, size, "after", {})
        assert [pk for page in there for pk in page] == whole
        back = walk(Request.objects.all(), order, size, "before", {"before": END})
        assert all(back) or not whole
        assert {pk for page in back for pk in page} == set(whole)
        # Old links by number lead to the same rows.
        for number, page in enumerate(there, 1):
            found = window(Request.objects.all(), order, {"page": str(number)}, size)
            assert [row.pk for row in found.rows] == page


@pytest.mark.django_db
def test_what_comes_in_meanwhile_is_neither_repeated_nor_lost() -> None:
    for number in range(9):
        make(number, number)
    first = window(Request.objects.all(), NEWEST, {}, 3)
    late = make(99, 60)
    second = window(Request.objects.all(), NEWEST, dict(parse_qsl(first.after[1:])), 3)
    assert [row.number for row in second.rows] == ["N5", "N4", "N3"]
    back = window(Request.objects.all(), NEWEST, dict(parse_qsl(second.before[1:])), 3)
    assert [row.number for row in back.rows] == ["N8", "N7", "N6"] and back.before
    top = window(Request.objects.all(), NEWEST, dict(parse_qsl(back.before[1:])), 3)
    assert top.rows[0] == late and not top.before


def place(*said: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        {"after": "不是地方"}, {"after": "AAAA"}, {"after": place(1, 2)}, {"after": place("2026-03-02", "x")},
        {"after": place("2026-03-02T09:00:00", "0" * 32)}, {"before": place()}, {"page": "-1"}, {"page": "²"},
        {"page": "0"}, {"after": "[" * 5000}, {"before": "null"},
    ],
)  # fmt: skip
def test_a_place_nobody_gave_out_leads_to_the_first_page(asked: dict[str, str]) -> None:
    for number in range(5):
        make(number, number)
    assert window(Request.objects.all(), NEWEST, asked, 2).rows[0].number == "N4"


@pytest.mark.django_db
def test_beyond_the_end_is_the_last_page_and_an_empty_list_has_no_neighbours() -> None:
    empty = window(Request.objects.all(), NEWEST, {"page": "700"}, 2)
    assert empty.rows == [] and not any((empty.before, empty.after, empty.first, empty.last))
    for number in range(5):
        make(number, number)
    for asked in (
        {"page": "700"},
        {"page": "9" * 30},
        {"page": "last"},
        {"after": place("1999-01-01T00:00:00+08:00", "0" * 32)},
    ):
        page = window(Request.objects.all(), NEWEST, asked, 2)
        assert [row.number for row in page.rows] == ["N0"] and page.before and not page.after


@pytest.mark.django_db
def test_filters_stay_in_the_addresses_of_the_list(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianzhang.web.cases.pages.lists._A_PAGE", 2)
    for number in range(5):
        make(number, number)
    with clock.fixed(MORNING + timedelta(days=9)):
        browser = browser_of(office.officer)
        page = browser.get("/requests/", {"late": "on", "words": "件"}).content.decode()
        assert page.index("件0") < page.index("件1") and "件2" not in page
        assert "late=on&amp;words=%E4%BB%B6&amp;after=" in page
        assert (
            browser.get("/requests/?page=3&late=on").content.decode().count('class="small case-number"') == 1
        )
