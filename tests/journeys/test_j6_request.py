"""J6: a firm files a request on a phone, the office assigns it, a department answers, the firm confirms and rates.

Budget: filing within 12 clicks and texts, triage within 2 clicks and 15 s, progress found by the firm in 1 click;
no path on which the department closes alone.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import City, Hand, fits

pytestmark = [pytest.mark.browser]

PHONE = {"viewport": {"width": 360, "height": 740}}
MOST_FILING, MOST_TRIAGE, MOST_TRIAGE_SECONDS = 12, 2, 15.0
HandOf = Callable[..., Hand]


def file_request(hand: Hand, title: str) -> str:
    """From the desk to the page with the number; returns the office's number."""
    page = hand.page
    page.goto("/desk/")
    hand.click(page.locator("main a", has_text="提诉求").first)
    hand.click(page.locator("label.case-choice", has_text="质量标准计量"))
    hand.type("#id_title", title)
    hand.click("main form button")
    hand.type("#id_text", "四台设备同时停用，最近的检定机构排到下月。")
    assert fits(page)
    hand.click("main form button")
    hand.type("#id_contact_name", "王工")
    hand.type("#id_phone", "13800001234")
    hand.click("main form button")
    expect(page.get_by_role("link", name="修改").first).to_be_visible()
    assert fits(page)
    hand.click("main form button")
    expect(page.locator("h1")).to_have_text("已提交")
    assert fits(page)
    return str(page.locator("dl.pairs dd").first.text_content())


def open_page_of(page: Page, number: str) -> None:
    page.goto("/requests/")
    page.locator("tbody tr", has_text=number).locator("a").click()


def test_from_the_firms_phone_to_its_rating(hand_of: HandOf, city: City) -> None:
    firm = hand_of("enterprise", **PHONE)
    number = file_request(firm, "检定排队太久")
    assert firm.acts <= MOST_FILING, firm.acts
    code = str(firm.page.locator(".case-code").text_content())

    officer = hand_of("officer")
    officer.page.goto("/desk/")
    begun = time.monotonic()
    officer.click(officer.page.locator("main a", has_text="诉求分办"))
    card = officer.page.locator("article", has_text=number)
    expect(card.locator(".case-suggestion")).to_contain_text("市场监督管理局")
    officer.click(card.locator("form button", has_text="交办"))
    expect(officer.page.locator("article", has_text=number)).to_have_count(0)
    assert officer.acts <= MOST_TRIAGE and time.monotonic() - begun <= MOST_TRIAGE_SECONDS

    unit = hand_of("department")
    open_page_of(unit.page, number)
    unit.click(unit.page.get_by_role("button", name="受理", exact=True))
    unit.click(unit.page.get_by_role("link", name="请企业补充"))
    unit.type("#id_text", "请补设备清单")
    unit.click("main form button")
    expect(unit.page.locator("#clocks")).to_contain_text("暂停计时")

    firm.acts = 0
    firm.page.goto("/desk/")
    firm.click(firm.page.locator("tbody a", has_text="检定排队太久"))
    expect(firm.page.locator("#log")).to_contain_text("请补设备清单")
    assert firm.acts == 1
    firm.click(firm.page.get_by_role("link", name="补充", exact=True))
    firm.type("#id_text", "清单：压力表40只，电能表6只")
    firm.click("main form button")

    unit.page.reload()
    unit.type("#note", "同事提醒：先排电能表")
    unit.click(".case-note__inside")
    unit.click(unit.page.get_by_role("link", name="申请办结"))
    unit.click(unit.page.locator("label.case-choice", has_text="已解决"))
    unit.type("#id_text", "已安排上门检定，明日到厂。")
    unit.click("main form button")
    # The one who answered is told that a colleague must check.
    unit.click(unit.page.get_by_role("link", name="审核通过"))
    unit.click("main form button")
    expect(unit.page.locator(".errors")).to_contain_text("审核人不能是答复人")

    head = hand_of("head")
    open_page_of(head.page, number)
    head.click(head.page.get_by_role("link", name="审核通过"))
    head.click("main form button")
    expect(head.page.locator("main")).to_contain_text("待企业确认")
    expect(head.page.get_by_role("link", name="确认", exact=True)).to_have_count(0)

    firm.page.goto("/desk/")
    firm.click(firm.page.locator("tbody a", has_text="检定排队太久"))
    assert "同事提醒" not in firm.page.content()
    firm.click(firm.page.get_by_role("link", name="确认", exact=True))
    firm.click(firm.page.locator("label.case-choice", has_text=re.compile("^ *不满意")))
    firm.click("main form button")
    expect(firm.page.locator("main .page-head")).to_contain_text("已评价")
    assert fits(firm.page)

    officer.page.goto("/desk/")
    officer.click(officer.page.locator("tbody a", has_text="检定排队太久"))
    expect(officer.page.get_by_role("link", name="登记回访")).to_be_visible()

    stranger = hand_of("institute", **PHONE)
    stranger.page.context.clear_cookies()
    stranger.page.goto("/requests/look-up/")
    stranger.type("#id_number", code.lower())
    stranger.type("#id_last_four", "1234")
    stranger.click("main form button")
    expect(stranger.page.locator("#found")).to_contain_text("已评价")
    assert "检定排队" not in stranger.page.content()
    for hand in (firm, officer, unit, head):
        assert [line for line in hand.complaints if "422" not in line] == []
