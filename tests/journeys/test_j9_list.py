"""J9: a department writes a measure with three conditions, tries it, and the list reaches publication.

Budget: fifteen clicks and texts for one measure with three conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from lianzhang.web.measures.actions.draft import new_version
from lianzhang.web.measures.models import ListVersion
from tests.journeys.conftest import Hand, fits
from tests.journeys.days import working_day
from tests.web.conftest import person, signed_in
from tests.web.measures.conftest import Bureau, bureau

__all__ = ["bureau", "person", "signed_in"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_ACTS = 15

HandOf = Callable[[str], Hand]


@pytest.fixture
def hand_of(
    chromium: Browser, live_server: Any, bureau: Bureau, signed_in: Callable[..., Client]
) -> Iterator[HandOf]:
    """`hand_of("drafter")` gives the hand of one of the bureau's people."""
    opened = []

    def hand(who: str) -> Hand:
        session = signed_in(getattr(bureau, who)).cookies[settings.SESSION_COOKIE_NAME].value
        context = chromium.new_context(
            locale="zh-CN", viewport={"width": 1280, "height": 900}, base_url=live_server.url
        )
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        opened.append(context)
        return Hand(context.new_page())

    yield hand
    for context in opened:
        context.close()


def choose(hand: Hand, place: str, value: str) -> None:
    hand.acts += 1
    hand.page.select_option(place, value)


def step(page: Page, label: str) -> None:
    form = page.locator("#steps form", has=page.locator(f"button:has-text('{label}')"))
    if form.locator("textarea").count():
        form.locator("textarea").fill("同意")
    if form.locator("input[name$=valid_from]").count():
        form.locator("input[name$=valid_from]").fill(working_day(1))
    form.locator("button").click()


def test_a_measure_with_three_conditions_goes_from_the_form_to_its_publication(
    hand_of: HandOf, bureau: Bureau
) -> None:
    version = new_version(bureau.actor("drafter"), bureau.list.pk)
    address = f"/measures/version/{version.pk}/"
    drafter = hand_of("drafter")
    drafter.page.goto(address)
    drafter.click("header a:has-text('添加措施')")
    drafter.type("#id_code", "loan")
    drafter.type("#id_title", "知识产权质押融资贴息")
    for number, (fact, relation, value) in enumerate(
        [("employees", "at_least", "20"), ("revenue_ly", "more_than", "2000"), ("county", "one_of", "371502")]
    ):
        choose(drafter, f"#id_fact_{number}", fact)
        if relation != "at_least":
            choose(drafter, f"#id_relation_{number}", relation)
        drafter.type(f"#id_value_{number}", value)
    drafter.click("text=属于支持措施")
    drafter.click("main button:has-text('保存')")
    assert drafter.acts <= MOST_ACTS
    assert "知识产权质押融资贴息" in drafter.page.inner_text("main")
    drafter.page.click("header button:has-text('试算')")
    if drafter.page.locator("#because").count():
        drafter.page.fill("#because", "样例市还没有企业数据")
        drafter.page.click("text=确认并说明")
    step(drafter.page, "送法制审核")
    for who, label in (("officer", "法制审核通过"), ("reviewer", "可以实施"), ("chief", "批准")):
        hand = hand_of(who)
        hand.page.goto(address)
        step(hand.page, label)
        assert hand.complaints == []
    drafter.page.goto(address)
    step(drafter.page, "公布")
    assert ListVersion.objects.get(pk=version.pk).state == "published"
    assert drafter.complaints == []


def test_the_form_works_at_the_width_of_a_phone_and_says_what_is_wrong(
    hand_of: HandOf, bureau: Bureau
) -> None:
    version = new_version(bureau.actor("drafter"), bureau.list.pk)
    page = hand_of("drafter").page
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"/measures/version/{version.pk}/measure/")
    assert fits(page)
    page.fill("#id_code", "x")
    page.fill("#id_title", "措施")
    page.select_option("#id_fact_0", "employees")
    page.fill("#id_value_0", "许多")
    page.click("main button:has-text('保存')")
    assert "许多" in page.inner_text("main")
    assert page.title().startswith("错误")
