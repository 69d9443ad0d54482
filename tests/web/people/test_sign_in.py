"""Signing in: one neutral answer, limits, second factor, first steps."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from lianzhang.casework import Role
from lianzhang.kernel import clock
from lianzhang.web.journal.models import Event
from lianzhang.web.people import second_factor
from lianzhang.web.people.models import LoginSession, Person
from lianzhang.web.people.sealing import seal
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db

LOGIN = "/login/"


def sign_in(client: Client, username: str, password: str = PASSWORD, **headers: Any) -> Any:
    return client.post(LOGIN, {"username": username, "password": password}, **headers)


def code_for(seed: bytes) -> str:
    return TOTP(seed, 6, SHA1(), 30).generate(int(clock.now().timestamp())).decode()


def test_somebody_with_name_and_password_gets_in_and_the_journal_knows(person: Callable[..., Person]) -> None:
    person(Role.chain_officer, username="wangfang", password=PASSWORD)
    client = Client()
    answer = sign_in(client, " WangFang ")
    assert answer.status_code == 302
    assert client.get(reverse("people:account")).status_code == 200
    event = Event.objects.get(verb="session.open")
    assert event.result == "done"
    assert "127.0.0.1" in event.after


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(person: Callable[..., Person]) -> None:
    person(Role.chain_officer, username="wangfang", password=PASSWORD)
    wrong_password = sign_in(Client(), "wangfang", "nothing-like-it-1")
    wrong_name = sign_in(Client(), "nobody", "nothing-like-it-1")
    assert wrong_password.status_code == wrong_name.status_code == 400
    assert "账号或口令不对。" in wrong_password.text
    strip = lambda text: text.replace("wangfang", "").replace("nobody", "")  # noqa: E731
    same = [strip(page.text.split("<main")[1].split("<form")[0]) for page in (wrong_password, wrong_name)]
    assert same[0] == same[1]


def test_after_five_failures_the_account_waits_and_says_how_long(person: Callable[..., Person]) -> None:
    person(Role.chain_officer, username="wangfang", password=PASSWORD)
    start = clock.now()
    with clock.fixed(start):
        for _ in range(5):
            assert sign_in(Client(), "wangfang", "nothing-like-it-1").status_code == 400
        answer = sign_in(Client(), "wangfang")
        assert answer.status_code == 429
        assert "请在 15 分钟后再试" in answer.text
    with clock.fixed(start + timedelta(minutes=9)):
        assert "请在 6 分钟后再试" in sign_in(Client(), "wangfang").text
    with clock.fixed(start + timedelta(minutes=15, seconds=1)):
        assert sign_in(Client(), "wangfang").status_code == 302


def test_failures_of_one_account_do_not_lock_a_colleague_at_the_same_address(
    person: Callable[..., Person],
) -> None:
    person(Role.chain_officer, username="wangfang", password=PASSWORD)
    person(Role.chief, username="lining", password=PASSWORD)
    for _ in range(6):
        sign_in(Client(), "wangfang", "nothing-like-it-1")
    assert sign_in(Client(), "lining").status_code == 302


def test_an_address_that_tries_three_hundred_names_has_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    from lianzhang.web.people import limits
    from lianzhang.web.people.actions import sign_in as action

    monkeypatch.setattr(action.limits, "SIGN_IN_FROM", limits.Limit("sign-in-from", tries=3, minutes=15))
    for number in range(3):
        assert sign_in(Client(), f"name{number}").status_code == 400
    assert sign_in(Client(), "name4").status_code == 429
    assert sign_in(Client(), "name5", REMOTE_ADDR="192.0.2.9").status_code == 400


def test_the_address_is_the_proxys_word_only_where_there_is_a_proxy(settings: Any) -> None:
    from django.test import RequestFactory

    from lianzhang.web.people.actions.sessions import address_of

    request = RequestFactory().get("/", headers={"X-Forwarded-For": "1.2.3.4, 192.0.2.7"})
    assert address_of(request) == "127.0.0.1"
    settings.BEHIND_PROXY = True
    assert address_of(request) == "192.0.2.7"
    assert address_of(RequestFactory().get("/")) == "127.0.0.1"


@pytest.mark.django_db(transaction=True)
def test_tries_sent_at_the_same_moment_do_not_slip_through_together() -> None:
    from lianzhang.web.people import limits

    start = threading.Barrier(12)
    allowed: list[bool] = []

    def attempt() -> None:
        start.wait()
        try:
            allowed.append(limits.count(limits.SIGN_IN, "wangfang").wait_minutes == 0)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(allowed) == 12
    assert sum(allowed) <= 5


def test_success_starts_the_count_again(person: Callable[..., Person]) -> None:
    person(Role.chain_officer, username="wangfang", password=PASSWORD)
    for _ in range(3):
        for _ in range(4):
            sign_in(Client(), "wangfang", "nothing-like-it-1")
        assert sign_in(Client(), "wangfang").status_code == 302


def test_a_refused_try_is_in_the_journal_without_what_was_typed(person: Callable[..., Person]) -> None:
    person(Role.chain_officer, username="wangfang", password=PASSWORD)
    sign_in(Client(), "wangfang", "mistyped-Secret-1")
    sign_in(Client(), "MyPassword-in-the-wrong-field", "x")
    events = list(Event.objects.filter(verb="session.open", result="refused"))
    assert len(events) == 2
    everything = "".join(str(vars(event)) for event in Event.objects.all())
    assert "mistyped" not in everything
    assert "wrong-field" not in everything.lower()


@pytest.mark.parametrize("state", ["proposed", "refused", "disabled"])
def test_an_account_that_is_not_in_use_does_not_open(person: Callable[..., Person], state: str) -> None:
    someone = person(Role.chain_officer, username="wangfang", password=PASSWORD)
    Person.objects.filter(pk=someone.pk).update(state=state)
    assert sign_in(Client(), "wangfang").status_code == 400


def test_with_a_second_factor_the_password_alone_opens_nothing(person: Callable[..., Person]) -> None:
    someone = person(Role.chain_officer, username="wangfang", password=PASSWORD)
    seed = second_factor.new_seed()
    Person.objects.filter(pk=someone.pk).update(second_factor=seal(seed, purpose=second_factor.PURPOSE))
    client = Client()
    assert sign_in(client, "wangfang").url == "/login/code/"
    assert client.get("/account/").status_code == 302
    assert client.post("/login/code/", {"code": "000000"}).status_code == 400
    assert client.post("/login/code/", {"code": code_for(seed)}).status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_code_works_once(person: Callable[..., Person]) -> None:
    someone = person(Role.chain_officer, username="wangfang", password=PASSWORD)
    seed = second_factor.new_seed()
    Person.objects.filter(pk=someone.pk).update(second_factor=seal(seed, purpose=second_factor.PURPOSE))
    code = code_for(seed)
    outcomes = []
    for _ in range(2):
        client = Client()
        sign_in(client, "wangfang")
        outcomes.append(client.post("/login/code/", {"code": code}).status_code)
    assert outcomes == [302, 400]


def test_codes_are_limited_too(person: Callable[..., Person]) -> None:
    someone = person(Role.chain_officer, username="wangfang", password=PASSWORD)
    seed = second_factor.new_seed()
    Person.objects.filter(pk=someone.pk).update(second_factor=seal(seed, purpose=second_factor.PURPOSE))
    client = Client()
    sign_in(client, "wangfang")
    for _ in range(5):
        assert client.post("/login/code/", {"code": "000000"}).status_code == 400
    assert client.post("/login/code/", {"code": code_for(seed)}).status_code == 429


def test_a_password_from_another_hand_must_be_changed_first(person: Callable[..., Person]) -> None:
    someone = person(Role.chain_officer, username="wangfang", password=PASSWORD)
    Person.objects.filter(pk=someone.pk).update(must_change_password=True)
    client = Client()
    sign_in(client, "wangfang")
    assert client.get("/account/").url == "/account/password/"
    new = {"present": PASSWORD, "password": "Lanterns-on-Dongchang-7", "again": "Lanterns-on-Dongchang-7"}
    assert client.post("/account/password/", new).status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_password_is_due_after_ninety_days_under_mlps(person: Callable[..., Person], settings: Any) -> None:
    someone = person(Role.chain_officer, username="wangfang", password=PASSWORD)
    Person.objects.filter(pk=someone.pk).update(password_changed=clock.now() - timedelta(days=91))
    client = Client()
    sign_in(client, "wangfang")
    assert client.get("/account/").url == "/account/password/"
    settings.PASSWORD_LIFETIME_DAYS = None
    assert client.get("/account/").status_code == 200


def test_the_next_page_stays_on_this_site(person: Callable[..., Person]) -> None:
    person(Role.chain_officer, username="wangfang", password=PASSWORD)
    form = {"username": "wangfang", "password": PASSWORD}
    assert Client().post(LOGIN, form | {"next": "/account/"}).url == "/account/"
    assert Client().post(LOGIN, form | {"next": "https://elsewhere.example/"}).url == "/"
    assert Client().post(LOGIN, form | {"next": "//elsewhere.example/"}).url == "/"


def test_a_new_sign_in_ends_the_old_session_under_mlps(person: Callable[..., Person], settings: Any) -> None:
    person(Role.chain_officer, username="wangfang", password=PASSWORD)
    first, second, third = Client(), Client(), Client()
    sign_in(first, "wangfang")
    sign_in(second, "wangfang")
    assert first.get("/account/").status_code == 302
    assert second.get("/account/").status_code == 200
    settings.ONE_SESSION_PER_PERSON = False
    sign_in(third, "wangfang")
    assert second.get("/account/").status_code == third.get("/account/").status_code == 200


def test_a_session_ends_after_half_an_hour_of_rest_and_after_twelve_hours(
    person: Callable[..., Person],
) -> None:
    person(Role.chain_officer, username="wangfang", password=PASSWORD)
    start = clock.now()
    client = Client()
    with clock.fixed(start):
        sign_in(client, "wangfang")
    with clock.fixed(start + timedelta(minutes=29)):
        assert client.get("/account/").status_code == 200
    with clock.fixed(start + timedelta(minutes=58)):
        assert client.get("/account/").status_code == 200
    with clock.fixed(start + timedelta(minutes=90)):
        assert client.get("/account/").status_code == 302
        assert "登录已到期" in client.get(LOGIN).text
    with clock.fixed(start):
        sign_in(client, "wangfang")
    for minutes in range(25, 12 * 60 + 1, 25):
        with clock.fixed(start + timedelta(minutes=minutes)):
            assert client.get("/account/").status_code == 200
    with clock.fixed(start + timedelta(hours=12, minutes=1)):
        assert client.get("/account/").status_code == 302


def test_sessions_that_ended_long_ago_are_swept_out_at_the_next_sign_in(
    person: Callable[..., Person],
) -> None:
    person(Role.chain_officer, username="wangfang", password=PASSWORD)
    person(Role.chief, username="lining", password=PASSWORD)
    start = clock.now()
    sign_in(Client(), "wangfang")
    with clock.fixed(start + timedelta(hours=25)):
        sign_in(Client(), "lining")
        assert [row.person.username for row in LoginSession.objects.all()] == ["lining"]


def test_a_copy_of_the_session_table_opens_no_session(person: Callable[..., Person]) -> None:
    person(Role.chain_officer, username="wangfang", password=PASSWORD)
    client = Client()
    sign_in(client, "wangfang")
    stored = LoginSession.objects.get()
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = stored.session_key
    assert thief.get("/account/").status_code == 302
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != stored.session_key


def test_a_disabled_person_is_out_at_the_next_click(person: Callable[..., Person]) -> None:
    someone = person(Role.chain_officer, username="wangfang", password=PASSWORD)
    client = Client()
    sign_in(client, "wangfang")
    Person.objects.filter(pk=someone.pk).update(state="disabled")
    assert client.get("/account/").status_code == 302


def test_the_session_key_changes_at_sign_in(person: Callable[..., Person]) -> None:
    person(Role.chain_officer, username="wangfang", password=PASSWORD)
    client = Client()
    session = client.session
    session["before"] = "x"
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    sign_in(client, "wangfang")
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_a_session_that_goes_on_elsewhere_leaves_one_event(person: Callable[..., Person]) -> None:
    person(Role.chain_officer, username="wangfang", password=PASSWORD)
    client = Client()
    sign_in(client, "wangfang")
    for _ in range(2):
        client.get("/account/", REMOTE_ADDR="192.0.2.7")
    assert Event.objects.filter(verb="session.moved").count() == 1


def test_signing_out_needs_a_post_and_clears_the_browser(signed_in: Callable[..., Client]) -> None:
    client = signed_in(Role.chain_officer)
    assert client.get("/logout/").status_code == 405
    answer = client.post("/logout/")
    assert answer.status_code == 302
    assert "storage" in answer["Clear-Site-Data"]
    assert client.get("/account/").status_code == 302
