"""J10: on the building site a county officer puts a milestone off; the chief sees the change and takes it to the table.

Budget: the update within 6 taps and texts and 60 s on a phone; the light follows a rule and nobody can set it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Hand, fits
from tests.journeys.days import working_day

pytestmark = [pytest.mark.browser]
PHONE = {"viewport": {"width": 360, "height": 740}}
MOST_TAPS, MOST_SECONDS = 6, 60.0
HandOf = Callable[..., Hand]


def test_a_slip_reaches_the_chief_as_a_change(hand_of: HandOf) -> None:
    county = hand_of("county", **PHONE)
    page = county.page
    page.goto("/projects/new/")
    page.fill("#id_title", "专用弹簧项目")
    page.select_option("#id_lead", index=1)
    page.select_option("#id_stage", "building")
    page.locator("main form button").click()
    page.locator("a", has_text="加节点").click()
    page.fill("#id_name", "设备进场")
    missed, later = working_day(-45), working_day(100)
    page.fill("#id_due", missed)
    page.locator("main form button").click()
    expect(page.locator("main .page-head")).to_contain_text("红灯")
    assert page.locator("select, input[type=radio]").count() == 0, "a light is no choice"

    county.acts, begun = 0, time.monotonic()
    county.click(page.locator("#milestones a", has_text="改期"))
    county.type("#id_due", later)
    county.type("#id_reason", "关键设备海运延误，供应商来函为证")
    county.click("main form button")
    expect(page.locator("main .page-head")).to_contain_text("绿灯")
    assert county.acts <= MOST_TAPS and time.monotonic() - begun <= MOST_SECONDS
    assert fits(page)
    address = page.url

    chief = hand_of("chief", **PHONE)
    chief.page.goto("/projects/changes/")
    line = chief.page.locator(".case-log__line", has_text="专用弹簧项目")
    expect(line.first).to_contain_text(f"{missed} → {later}")
    expect(line.first).to_contain_text("海运延误")
    chief.click(line.first.locator("a"))
    assert chief.page.url == address
    chief.click(chief.page.get_by_role("link", name="提请协商"))
    chief.type("#id_reason", "下次协商会研究设备国产替代")
    chief.click(chief.page.locator("main form button").first)
    expect(chief.page.locator("#log")).to_contain_text("国产替代")

    officer = hand_of("officer")
    officer.page.goto("/meetings/new/")
    officer.page.fill("#id_title", "项目协商")
    officer.page.fill("#id_day", working_day(20))
    officer.page.locator("main form button").click()
    expect(officer.page.locator("#agenda")).to_contain_text("专用弹簧项目")
    assert county.complaints == [] and chief.complaints == []
