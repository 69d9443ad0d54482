"""The frame round each page: who I am, where I can go, in which language; and pages that say no."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from lianzhang.casework import ANONYMOUS, Role
from lianzhang.web.chains.actions import load_pack


@pytest.fixture
def chief(signed_in: Callable[..., Client]) -> Client:
    """The browser of a chief."""
    load_pack("liaocheng")
    return signed_in(Role.chief)


def test_a_visitor_is_told_what_this_is_and_where_to_sign_in(db: Any) -> None:
    html = Client().get("/").content.decode()
    assert "把产业链通报变成可追溯的数" in html
    assert 'href="/login/"' in html


def test_a_chief_begins_on_the_page_of_the_chain(chief: Client) -> None:
    assert chief.get("/").headers["Location"] == "/chains/equipment/"


@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.chain_officer, "/desk/"),
        (Role.department_officer, "/desk/"),
        (Role.county_officer, "/desk/"),
        (Role.enterprise_user, "/desk/"),
        (Role.system_admin, "/people/"),
        (Role.audit_admin, "/journal/"),
    ],
)
def test_each_role_begins_where_its_work_is(
    signed_in: Callable[..., Client], role: Role, address: str
) -> None:
    assert signed_in(role).get("/").headers["Location"] == address


def test_each_page_says_who_i_am_and_that_it_is_internal(chief: Client) -> None:
    html = chief.get("/chains/").content.decode()
    assert "测试链长" in html
    assert "当前身份" in html
    assert "内部资料" in html


def test_a_visitor_sees_no_classification_and_no_navigation(db: Any) -> None:
    html = Client().get("/help/").content.decode()
    assert "内部资料" not in html
    assert 'class="navigation"' not in html


def test_the_navigation_has_only_what_the_role_may_open(
    chief: Client, signed_in: Callable[..., Client]
) -> None:
    assert _navigation(chief.get("/help/"))[0] == "产业链"
    assert "操作日志" not in _navigation(chief.get("/help/"))
    assert _navigation(signed_in(Role.audit_admin).get("/help/")) == ["操作日志"]


def _navigation(response: Any) -> list[str]:
    found = re.search(r'<nav class="navigation".*?</nav>', response.content.decode(), re.DOTALL)
    return re.findall(r"<a [^>]*>([^<]+)</a>", found[0]) if found else []


def test_the_first_stop_of_the_keyboard_skips_to_the_content(chief: Client) -> None:
    html = chief.get("/chains/").content.decode()
    assert html.index('class="skip" href="#main"') < html.index("<header")
    assert 'id="main" tabindex="-1"' in html


def test_the_language_is_switched_and_remembered(chief: Client) -> None:
    page = chief.get("/help/").content.decode()
    assert 'name="language" value="en"' in page
    chief.post("/language/", {"language": "en", "next": "/help/"})
    english = chief.get("/help/").content.decode()
    assert '<html lang="en">' in english
    assert "How to read a number" in english
    assert 'name="language" value="zh-hans"' in english


@pytest.mark.parametrize("status", [400, 403, 404, 409, 503])
def test_a_page_that_says_no_says_what_happened_what_was_kept_and_what_to_do(db: Any, status: int) -> None:
    html = _message(f"{status}.html", {"what": "甲已先接受。", "remedy": "请刷新。"})
    for heading in ("发生了什么", "保留了什么", "下一步"):
        assert heading in html
    if status != 404:
        assert "甲已先接受。" in html
        assert "请刷新。" in html


def test_not_found_says_the_same_whatever_the_reason(db: Any) -> None:
    assert _message("404.html", {"what": "别人的通报"}) == _message("404.html", {})


def test_the_page_for_a_crash_needs_nothing_from_the_request() -> None:
    html = render_to_string("500.html")
    assert "系统出错了" in html
    assert "全没有写入" in html


def _message(template: str, words: dict[str, str]) -> str:
    request: Any = RequestFactory().get("/somewhere/", headers={"referer": "https://elsewhere.example/x"})
    request.user, request.actor = type("Nobody", (), {"is_authenticated": False})(), ANONYMOUS
    html = render_to_string(template, words, request=request)
    assert "elsewhere.example" not in html
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)


def test_without_the_charting_library_the_page_loads_no_script_for_it(
    chief: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lianzhang.web.ui.templatetags import ui

    ui._echarts_address.cache_clear()
    monkeypatch.setattr(ui.finders, "find", lambda name: None)
    try:
        assert ui.echarts_address() == ""
    finally:
        ui._echarts_address.cache_clear()


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.visitor, Role.without_post, Role.program)]
)
def test_an_empty_desk_and_the_frame_lead_nowhere_that_is_forbidden(role: Role, signed_in: Any) -> None:
    load_pack("liaocheng")
    browser = signed_in(role)
    start = browser.get("/", follow=True)
    links = set(re.findall(r'href="(/[^"#?]*)"', start.content.decode()))
    forbidden = [
        link for link in links if not link.startswith("/static") and browser.get(link).status_code == 403
    ]
    assert start.status_code == 200 and links and forbidden == []
