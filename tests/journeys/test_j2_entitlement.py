"""J2: an enterprise sees what it is entitled to, and what it lacks for the next tier.

Budget: three clicks to the gap list, an answer moves the lists at once, nothing runs out of a phone's screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser

from lianzhang.web.measures.models import ListVersion, MeasureList
from tests.journeys.conftest import Hand, fits
from tests.web.conftest import person, signed_in
from tests.web.matches.conftest import MEASURE, Firm, firm

__all__ = ["firm", "person", "signed_in"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hand(chromium: Browser, live_server: Any, firm: Firm, signed_in: Callable[..., Client]) -> Iterator[Hand]:
    """The enterprise's own hand, on a phone."""
    measures = MeasureList.objects.create(
        code="main", kind="main", title="共性措施主清单", owner=firm.officer.holdings.get().post.organisation
    )
    version = ListVersion.objects.create(list=measures, number=1, drafted_by=firm.officer)
    version.measures.create(code="testing", title="检测费减免", requires=MEASURE, gives="减免30%")
    ListVersion.objects.filter(pk=version.pk).update(state="published", valid_from=date(2026, 1, 1))
    firm.say("employees", "18", unit="人")
    session = signed_in(firm.user).cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context(
        locale="zh-CN", viewport={"width": 360, "height": 800}, base_url=live_server.url
    )
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto("/chains/")
    yield Hand(page)
    context.close()


def test_the_gap_list_is_three_clicks_away_and_fits_a_phone(hand: Hand) -> None:
    hand.click("nav a:has-text('可享政策')")
    assert fits(hand.page)
    hand.click(".tabs a:has-text('差一点')")
    assert "差2人" in hand.page.inner_text("main")
    hand.click(".matches__item a")
    assert "第三条" in hand.page.inner_text("main")
    assert fits(hand.page)
    assert hand.acts == 3
    assert hand.complaints == []


def test_the_ladder_shows_the_next_rung_with_its_plan(hand: Hand) -> None:
    hand.click("nav a:has-text('可享政策')")
    hand.click("text=梯度培育")
    said = hand.page.inner_text("main")
    assert "下一级" in said
    assert "补短计划" in said
    assert fits(hand.page)


def test_one_answer_moves_the_lists_at_once(hand: Hand) -> None:
    hand.click("nav a:has-text('可享政策')")
    hand.click("text=现在回答")
    control = hand.page.locator("[name=value]").first
    if control.evaluate("node => node.tagName") == "SELECT":
        hand.acts += 1
        control.select_option(index=1)
    elif control.get_attribute("type") == "checkbox":
        hand.click(control)
    else:
        hand.type("[name=value]", "5")
    hand.click("text=保存并看下一问")
    assert "已记下" in hand.page.inner_text("body")
    assert hand.complaints == []
