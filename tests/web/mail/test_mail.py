"""Mail: to confirmed addresses, about chosen kinds, with the act or not at all, once each, again after failures."""

from __future__ import annotations

import re
import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.kernel import LianzhangError, clock
from lianzhang.web.cases.actions import act
from lianzhang.web.cases.models import Request
from lianzhang.web.mail.actions import (
    AWAKE,
    choose_kinds,
    confirm_address,
    drop_address,
    send_due,
    set_address,
)
from lianzhang.web.mail.models import MailAddress, OutgoingMail
from lianzhang.web.people.actions.delegate import delegate
from lianzhang.web.people.models import Person
from tests.web.cases.conftest import MORNING, Office, assigned, at, filed, office, working
from tests.web.conftest import make_person

__all__ = ["assigned", "at", "filed", "office", "working"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_is_on(settings: Any) -> None:
    settings.LIANZHANG_MAIL = "console"
    settings.LIANZHANG_SITE = "https://chain.example"


def code_in(message: Any) -> str:
    found = re.search(r"\d{6}", message.body)
    assert found
    return found.group()


def with_address(actor: Actor, address: str) -> Actor:
    set_address(actor, address)
    send_due()
    confirm_address(actor, code_in(mail.outbox.pop()))
    return actor


def test_an_address_counts_only_once_its_code_was_given(office: Office, filed: Request) -> None:
    set_address(office.unit, "unit@example.org")
    send_due()
    assert mail.outbox[0].to == ["unit@example.org"]
    act(office.officer, filed.pk, "assign", {"unit": office.unit.organisation_id, "matter": "single"})
    assert OutgoingMail.objects.exclude(kind="code").count() == 0
    with pytest.raises(LianzhangError, match="验证码"):
        confirm_address(office.unit, "000000" if code_in(mail.outbox[0]) != "000000" else "1")
    with pytest.raises(LianzhangError, match="验证码"):
        confirm_address(office.head, code_in(mail.outbox[0]))
    confirm_address(office.unit, code_in(mail.outbox[0]))
    act(office.unit, filed.pk, "sign", {})
    assert "unit@example.org" not in str(list(MailAddress.objects.values()))


def test_a_code_is_good_for_half_an_hour_and_for_five_tries(office: Office, at: Any) -> None:
    set_address(office.unit, "unit@example.org")
    send_due()
    code = code_in(mail.outbox[0])
    at(minutes=31)
    with pytest.raises(LianzhangError, match="过期"):
        confirm_address(office.unit, code)
    for _ in range(4):
        with pytest.raises(LianzhangError, match="验证码"):
            confirm_address(office.unit, "12345")
    with pytest.raises(LianzhangError, match="试得太多"):
        confirm_address(office.unit, code)


def test_a_notice_goes_to_whom_it_reaches_without_anything_personal_in_the_subject(
    office: Office, filed: Request
) -> None:
    for actor, address in (
        (office.unit, "unit@example.org"),
        (office.head, "head@example.org"),
        (office.firm, "firm@example.org"),
        (office.other, "other@example.org"),
    ):
        with_address(actor, address)
    act(office.officer, filed.pk, "assign", {"unit": office.unit.organisation_id, "matter": "single"})
    send_due()
    assert sorted(one.to[0] for one in mail.outbox) == [
        "firm@example.org",
        "head@example.org",
        "unit@example.org",
    ]
    for one in mail.outbox:
        for personal in (
            filed.title,
            office.firm.name,
            "测试机械",
            office.unit.name,
            str(filed.number),
            "王工",
        ):
            assert personal not in one.subject
        assert (
            str(filed.number) in one.body
            and filed.title not in one.body
            and "https://chain.example/" in one.body
        )


def test_an_act_that_is_taken_back_sends_nothing(office: Office, filed: Request) -> None:
    with_address(office.unit, "unit@example.org")
    with pytest.raises(RuntimeError), transaction.atomic():
        act(office.officer, filed.pk, "assign", {"unit": office.unit.organisation_id, "matter": "single"})
        assert OutgoingMail.objects.exclude(kind="code").count() == 1
        raise RuntimeError
    send_due()
    assert not mail.outbox and OutgoingMail.objects.exclude(kind="code").count() == 0


def test_the_sender_is_woken_only_when_the_act_is_over(
    office: Office, filed: Request, django_capture_on_commit_callbacks: Any
) -> None:
    with_address(office.unit, "unit@example.org")
    AWAKE.clear()
    with django_capture_on_commit_callbacks(execute=True):
        act(office.officer, filed.pk, "assign", {"unit": office.unit.organisation_id, "matter": "single"})
        assert not AWAKE.is_set()
    assert AWAKE.is_set()
    AWAKE.clear()


def test_chosen_kinds_only_and_nothing_after_the_address_was_dropped(office: Office, filed: Request) -> None:
    with_address(office.unit, "unit@example.org")
    choose_kinds(office.unit, ["meeting"])
    act(office.officer, filed.pk, "assign", {"unit": office.unit.organisation_id, "matter": "single"})
    assert OutgoingMail.objects.exclude(kind="code").count() == 0
    choose_kinds(office.unit, ["request", "no such kind"])
    act(office.officer, filed.pk, "transfer", {"unit": office.other.organisation_id, "reason": "一"})
    act(office.officer, filed.pk, "transfer", {"unit": office.unit.organisation_id, "reason": "二"})
    assert OutgoingMail.objects.filter(kind="request", due__isnull=False).count() == 1
    drop_address(office.unit)
    assert send_due().sent == 0 and not mail.outbox


def test_a_delegate_gets_the_mail_of_the_post(office: Office, filed: Request) -> None:
    third = make_person(
        Role.department_officer, organisation=office.organisation("other"), username="colleague"
    )
    delegate(office.other, third, starts=clock.today(), ends=clock.today())
    from lianzhang.web.people.identity import actor_for

    with_address(actor_for(third), "third@example.org")
    act(office.officer, filed.pk, "assign", {"unit": office.other.organisation_id, "matter": "single"})
    send_due()
    assert [one.to for one in mail.outbox] == [["third@example.org"]]


def test_who_is_asked_to_stand_in_gets_a_mail_that_can_be_switched_off(office: Office) -> None:
    with_address(office.head, "head@example.org")
    delegate(office.unit, office.head.person_id, starts=clock.today(), ends=clock.today())
    send_due()
    (message,) = mail.outbox
    assert message.to == ["head@example.org"] and message.subject.startswith("[链长] 委托代行：有新进展")
    choose_kinds(office.head, ["request"])
    later = clock.today() + timedelta(days=1)
    delegate(office.unit, office.head.person_id, starts=later, ends=later)
    assert send_due().sent == 0 and len(mail.outbox) == 1


def waiting(office: Office, filed: Request) -> OutgoingMail:
    with_address(office.unit, "unit@example.org")
    act(office.officer, filed.pk, "assign", {"unit": office.unit.organisation_id, "matter": "single"})
    return OutgoingMail.objects.exclude(kind="code").get()


def test_a_message_is_sent_once_however_often_the_sender_runs(office: Office, filed: Request) -> None:
    row = waiting(office, filed)
    assert (send_due().sent, send_due().sent) == (1, 0)
    assert len(mail.outbox) == 1 and mail.outbox[0].extra_headers["Message-ID"] == f"<{row.pk}@lianzhang>"


def test_a_second_sender_at_the_same_moment_finds_it_taken(
    office: Office, filed: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(office, filed)
    inner: list[int] = []
    send = mail.EmailMessage.send

    def send_while_another_runs(self: Any, *arguments: Any, **named: Any) -> int:
        inner.append(send_due().sent)
        return send(self, *arguments, **named)

    monkeypatch.setattr(mail.EmailMessage, "send", send_while_another_runs)
    assert send_due().sent == 1 and inner == [0] and len(mail.outbox) == 1


def test_failures_are_tried_again_ever_later_and_given_up_in_the_end(
    office: Office, filed: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = waiting(office, filed)
    monkeypatch.setattr(mail.EmailMessage, "send", _refuse)
    waits, now = [], MORNING + timedelta(hours=1)
    for _ in range(8):
        with clock.fixed(now):
            assert send_due().failed == 1 and send_due().failed == 0
        row.refresh_from_db()
        if row.due is not None:
            waits.append((row.due - now).total_seconds() / 60)
            now = row.due
    assert waits == [1, 5, 30, 120, 360, 720, 1440] and row.due is None and row.sent is None
    assert row.failure == "SMTPServerDisconnected" and "example.org" not in row.failure


def test_a_mail_server_that_is_down_costs_a_try_and_is_not_even_asked_without_mail(
    office: Office, filed: Request, settings: Any
) -> None:
    row = waiting(office, filed)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert send_due().failed == 1
    row.refresh_from_db()
    assert row.failure == "ConnectionRefusedError" and row.due is not None and row.due > MORNING
    assert send_due().failed == 0


def _refuse(*_: Any, **__: Any) -> int:
    raise smtplib.SMTPServerDisconnected("unit@example.org")


def test_the_page_sets_confirms_chooses_and_removes(office: Office) -> None:
    browser = Client()
    browser.force_login(Person.objects.get(pk=office.unit.person_id))
    assert browser.post("/account/mail/", {"do": "address", "address": "no address"}).status_code == 422
    assert browser.post("/account/mail/", {"do": "nonsense"}).status_code == 422
    assert (
        browser.post(
            "/account/mail/", {"do": "address", "address": "a@example.org\nBcc: b@example.org"}
        ).status_code
        == 422
    )
    assert browser.post("/account/mail/", {"do": "address", "address": "unit@example.org"}).status_code == 302
    send_due()
    assert browser.post("/account/mail/", {"do": "code", "code": "x"}).status_code == 422
    assert browser.post("/account/mail/", {"do": "code", "code": code_in(mail.outbox[0])}).status_code == 302
    assert "已确认" in browser.get("/account/mail/").content.decode()
    browser.post("/account/mail/", {"do": "kinds", "kinds": ["request"]})
    assert set(MailAddress.objects.get().unwanted) >= {"meeting", "need"}
    browser.post("/account/mail/", {"do": "drop"})
    assert "unit@example.org" not in browser.get("/account/mail/").content.decode()


def test_an_installation_without_mail_writes_none(office: Office, filed: Request, settings: Any) -> None:
    with_address(office.unit, "unit@example.org")
    settings.LIANZHANG_MAIL = ""
    act(office.officer, filed.pk, "assign", {"unit": office.unit.organisation_id, "matter": "single"})
    assert OutgoingMail.objects.exclude(kind="code").count() == 0
    with pytest.raises(LianzhangError, match="没有接通"):
        set_address(office.unit, "new@example.org")
