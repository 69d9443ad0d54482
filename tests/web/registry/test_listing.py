"""Which enterprises the list shows, and what it asks the database for."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianzhang.casework import Actor
from lianzhang.web.chains.actions.load_pack import load_pack
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions import choose, enter, judge
from lianzhang.web.registry.entries import Entries, TitleEntry
from tests.web.registry.conftest import SHIFENG, make_enterprise, say, source, text_of

pytestmark = pytest.mark.django_db


def test_a_firm_that_left_a_chain_is_not_listed_there(office: Client, officer: Actor) -> None:
    load_pack("liaocheng")
    row = make_enterprise(officer, chains="equipment\nbearings")
    say(officer, row, "chains", "equipment", name="更正", as_of=date(2025, 7, 1))
    assert SHIFENG not in text_of(office.get("/enterprises/", {"chain": "bearings"}))
    assert SHIFENG in text_of(office.get("/enterprises/", {"chain": "equipment"}))


def test_the_chain_that_counts_is_told_of_merged_firms_and_as_it_was_chosen(
    office: Client, officer: Actor
) -> None:
    load_pack("liaocheng")
    row, other = make_enterprise(officer, chains="equipment"), make_enterprise(officer, "时风农装")
    say(officer, other, "chains", "bearings\nequipment", name="走访", as_of=date(2025, 7, 1))
    judge(officer, row.pk, other.pk, "same")
    assert SHIFENG in text_of(office.get("/enterprises/", {"chain": "bearings"}))
    first, second = queries.values_of([row.pk, other.pk], ["chains"])
    choose(
        officer,
        row.pk,
        fact="chains",
        period="",
        chosen=first.pk,
        because="以名录为准",
        seen_up_to=second.pk,
    )
    assert SHIFENG not in text_of(office.get("/enterprises/", {"chain": "bearings"}))
    assert SHIFENG in text_of(office.get("/enterprises/", {"chain": "equipment"}))


def test_the_list_asks_the_database_as_often_for_many_firms_as_for_few(
    office: Client, officer: Actor
) -> None:
    load_pack("liaocheng")

    def questions() -> list[int]:
        asked = []
        for wanted in ({}, {"chain": "bearings"}, {"columns": ["name", "fact.chains"]}, {"words": "时风"}):
            with CaptureQueriesContext(connection) as seen:
                text_of(office.get("/enterprises/", wanted))
            asked.append(len(seen))
        return asked

    def firms(first: int, last: int) -> None:
        for number in range(first, last):
            row = make_enterprise(officer, f"时风{number}号有限公司", chains="equipment\nbearings")
            say(officer, row, "chains", "equipment", name="更正", as_of=date(2025, 7, 1))
            title = TitleEntry(enterprise=row.pk, title="瞪羚企业", awarded="2024")
            enter(officer, Entries(titles=[title]), source=source("名单"))

    firms(0, 3)
    text_of(office.get("/enterprises/"))
    few = questions()
    firms(3, 12)
    assert questions() == few


@pytest.mark.parametrize(
    "words",
    ["SFJT", "sf jt", "shi风", "s风j", "时feng", "ＳＦＪＴ", "shífēng", "时风 集团 公司", "时风（集团）"],
)
def test_letters_signs_tones_and_widths_may_be_mixed(office: Client, officer: Actor, words: str) -> None:
    make_enterprise(officer, short=("时风集团公司",))
    make_enterprise(officer, "山东绿源食品有限公司")
    page = text_of(office.get("/enterprises/", {"words": words}))
    assert SHIFENG in page and "绿源" not in page


@pytest.mark.parametrize("words", ["lv", "lü", "LÜYUAN", "lǜ", "lv源", "山东lvyuan", "绿y"])
def test_u_with_dots_is_typed_in_every_way(office: Client, officer: Actor, words: str) -> None:
    make_enterprise(officer)
    make_enterprise(officer, "山东绿源食品有限公司")
    page = text_of(office.get("/enterprises/", {"words": words}))
    assert "绿源" in page and SHIFENG not in page


@pytest.mark.parametrize("words", ["%", "_", "\\", "'", "\u0301", "·", "😀", "a\u0300\u0301" * 30])
def test_odd_signs_in_the_search_find_nothing_and_break_nothing(
    office: Client, officer: Actor, words: str
) -> None:
    make_enterprise(officer)
    assert SHIFENG not in text_of(office.get("/enterprises/", {"words": words}))
