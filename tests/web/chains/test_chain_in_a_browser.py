"""The page of a chain in a real browser: drawn or not, wide or narrow, within the content policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page

from lianzhang.casework import Role
from lianzhang.web.facts.models import Fact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 360, 768, 1280, 1440)


@pytest.fixture
def opened(
    chromium: Browser, live_server: Any, signed_in: Callable[..., Any], facts: list[Fact]
) -> Iterator[Page]:
    """The chief's page, with everything the browser complained about in `page.complaints`."""
    client = signed_in(Role.chief)
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    page.complaints = []  # type: ignore[attr-defined]
    page.on("console", lambda said: said.type in ("error", "warning") and page.complaints.append(said.text))  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
    page.goto(f"{live_server.url}/chains/equipment/", wait_until="load")
    yield page
    context.close()


def test_charts_are_drawn_without_a_complaint_of_the_content_policy(opened: Page) -> None:
    if not finders.find("vendor/echarts/echarts.min.js"):
        pytest.skip("the charting library is not installed here")
    opened.wait_for_selector("#scale-1 svg")
    opened.wait_for_selector("#trade-growth svg")
    opened.hover("#trade-growth svg")
    assert opened.complaints == []  # type: ignore[attr-defined]
    assert "176.88亿元" in (opened.text_content("#scale-1 svg") or "")


def test_the_reader_switches_between_drawing_and_table(opened: Page) -> None:
    if not finders.find("vendor/echarts/echarts.min.js"):
        pytest.skip("the charting library is not installed here")
    opened.wait_for_selector("#scale-1 svg")
    assert not opened.is_visible("#scale-1 table")
    opened.click("#scale-1 >> text=表格")
    assert opened.is_visible("#scale-1 table")
    assert not opened.is_visible("#scale-1 svg")
    assert opened.get_attribute("#scale-1 >> text=表格", "aria-pressed") == "true"


def test_without_the_charting_library_the_tables_stand(opened: Page) -> None:
    opened.route("**/echarts.min.js", lambda route: route.abort())
    opened.reload(wait_until="load")
    assert opened.is_visible("#scale-1 table")
    assert opened.is_visible("#trade-growth table")
    assert not opened.is_visible("#scale-1 [data-chart-switch]")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_nothing_runs_out_of_the_page_at_any_width(opened: Page, live_server: Any, language: str) -> None:
    opened.context.add_cookies(
        [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}]
    )
    too_wide = []
    for width in WIDTHS:
        opened.set_viewport_size({"width": width, "height": 800})
        opened.reload(wait_until="load")
        if opened.evaluate("document.documentElement.scrollWidth > innerWidth"):
            too_wide.append(width)
    assert too_wide == []


def test_on_a_phone_whatever_is_pressed_is_large_enough_for_a_thumb(opened: Page) -> None:
    opened.set_viewport_size({"width": 360, "height": 800})
    opened.reload(wait_until="load")
    small = opened.evaluate(
        """[...document.querySelectorAll(
            `.button, .tools a, .tools button, .tools summary, .navigation a, .chart__switch button`)]
          .filter(item => item.checkVisibility())
          .map(item => [item.innerText, Math.round(item.getBoundingClientRect().height)])
          .filter(([, height]) => height < 44)"""
    )
    assert small == []


def test_the_keyboard_reaches_the_content_first_and_shows_where_it_is(opened: Page) -> None:
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.getAttribute('href')") == "#main"
    outline = opened.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(outline.removesuffix("px")) >= 2
