"""J3: the office compiles a consultation, a department answers, the chief agrees, decisions are recorded and signed.

Budget: agenda within 10 clicks, compiled within 5 s, one decision within 4 clicks and texts; every decision has an
owner and a date or is not kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Hand, fits
from tests.journeys.days import working_day
from tests.journeys.test_j6_request import file_request, open_page_of

pytestmark = [pytest.mark.browser]
PHONE = {"viewport": {"width": 360, "height": 740}}
MOST_AGENDA, MOST_SECONDS, MOST_DECISION = 10, 5.0, 4
HandOf = Callable[..., Hand]


def bring_to_the_table(hand_of: HandOf, title: str) -> str:
    """A request that its department brings to the table; returns its number."""
    firm, officer, unit = hand_of("enterprise"), hand_of("officer"), hand_of("department")
    number = file_request(firm, title)
    officer.page.goto("/requests/assign/")
    officer.page.locator("article", has_text=number).locator("form button").click()
    open_page_of(unit.page, number)
    unit.page.get_by_role("button", name="受理", exact=True).click()
    unit.page.get_by_role("link", name="提请协商").click()
    unit.page.fill("#id_reason", "两个部门意见不一")
    unit.page.locator("main form button").first.click()
    return number


def test_from_compiling_to_signed_tasks(hand_of: HandOf) -> None:
    for title in ("归类争议", "检定外送"):
        bring_to_the_table(hand_of, title)
    officer = hand_of("officer")
    page = officer.page
    page.goto("/meetings/")
    officer.click(page.locator("main a", has_text="新会议").first)
    officer.type("#id_title", "本月双月协商")
    officer.type("#id_day", working_day(14))
    begun = time.monotonic()
    officer.click("main form button")
    expect(page.locator(".agenda__item")).not_to_have_count(0)
    assert time.monotonic() - begun <= MOST_SECONDS
    items = page.locator(".agenda__item").count()
    assert items >= 2
    officer.click(page.locator(".agenda__item").nth(1).locator("button[value=up]"))
    officer.click(page.get_by_role("button", name="发出议程"))
    assert officer.acts <= MOST_AGENDA, officer.acts
    address = page.url.split("#")[0]

    unit = hand_of("department")
    unit.page.goto(address)
    unit.type(unit.page.locator(".agenda__item textarea").first, "建议按8482归类，附理由。")
    unit.click(unit.page.locator(".agenda__item form button").first)
    expect(unit.page.locator("main")).to_contain_text("书面答复已保存")

    chief = hand_of("chief", **PHONE)
    chief.page.goto(address)
    chief.click(chief.page.get_by_role("link", name="确认议程"))
    chief.click(chief.page.locator("main form button").first)
    assert fits(chief.page)

    page.goto(address)
    page.locator("a", has_text="记决定").first.click()
    officer.acts = 0
    officer.type("#id_text", "月底前会同海关定归类")
    officer.click(page.locator("button", has_text="记下决定"))
    expect(page.locator(".errors")).to_contain_text("时限")
    officer.acts = 1
    officer.type("#id_day", working_day(21))
    officer.click(page.locator("button", has_text="记下决定"))
    assert officer.acts <= MOST_DECISION
    for _ in range(items - 1):
        page.fill("#id_text", "按月报进展")
        page.fill("#id_day", working_day(21))
        if not page.locator("#id_lead").input_value():
            page.select_option("#id_lead", index=1)
        officer.click(page.locator("button", has_text="记下决定"))
    officer.click(page.get_by_role("button", name="已召开"))

    chief.page.goto(address)
    chief.click(chief.page.locator("a", has_text="纪要").first)
    expect(chief.page.locator(".minutes")).to_contain_text("月底前会同海关定归类")
    chief.page.goto(address)
    chief.click(chief.page.get_by_role("button", name="签发纪要"))
    expect(chief.page.locator("main")).to_contain_text("纪要已签发")

    unit.page.goto("/desk/")
    row = unit.page.locator("tbody tr", has_text="决定〔").first
    unit.click(row.locator("a"))
    unit.click(unit.page.get_by_role("link", name="报完成"))
    unit.type("#id_text", "已办")
    unit.click(unit.page.locator("main form button").first)
    expect(unit.page.get_by_role("link", name="核验销号")).to_have_count(0)
    officer.page.goto(unit.page.url)
    expect(officer.page.get_by_role("link", name="核验销号")).to_have_count(1)
    for hand in (officer, unit, chief):
        assert [line for line in hand.complaints if "422" not in line] == []
