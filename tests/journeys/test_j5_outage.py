"""J5: the chief's office asks what happens if a supplier stops.

Budget: four clicks, chords and typed texts from the page to the list of tasks; readable on a phone; keyboard too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser

from lianzhang.casework import Actor, Role
from tests.journeys.conftest import Hand, fits
from tests.web.conftest import actor, person, signed_in
from tests.web.outages.conftest import officer

__all__ = ["actor", "officer", "person", "signed_in"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hand(
    chromium: Browser, live_server: Any, officer: Actor, signed_in: Callable[..., Client]
) -> Iterator[Hand]:
    """The hand of an officer of the chain office, on a phone."""
    session = signed_in(Role.chain_officer).cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context(
        locale="zh-CN", viewport={"width": 360, "height": 800}, base_url=live_server.url
    )
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto("/outages/")
    yield Hand(page)
    context.close()


def test_from_initials_to_three_sentences_to_tasks_in_four_acts(hand: Hand) -> None:
    hand.type("#q", "gqyc")
    hand.press("Enter")
    hand.click("main a:has-text('东阿钢球样厂')")
    said = hand.page.inner_text("#answer")
    assert said.count("家") >= 3 and "不知道的" in said
    assert "临清轴承样厂" in hand.page.inner_text("#hits")
    assert "冠县钢球样厂" in hand.page.inner_text("#substitutes")
    assert fits(hand.page)
    hand.click("text=生成应对清单")
    assert "核实临清轴承样厂的库存" in hand.page.inner_text("main")
    assert hand.acts == 4
    assert hand.complaints == []


def test_the_map_is_walked_by_keyboard_and_opens_a_node(hand: Hand) -> None:
    hand.page.set_viewport_size({"width": 1280, "height": 900})
    hand.page.goto("/chains/bearings/map/")
    hand.page.locator(".chain-map--wide a.chain-node").first.focus()
    name = hand.page.evaluate("document.activeElement.getAttribute('aria-label')")
    hand.press("Tab")
    assert hand.page.evaluate("document.activeElement.getAttribute('aria-label')") != name
    hand.press("Enter")
    hand.page.wait_for_url("**/map/node/**")
    assert hand.page.locator("#why").is_visible()
    assert hand.complaints == []
