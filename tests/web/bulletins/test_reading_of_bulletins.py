"""From a waiting document to claims: once, wholly, and with a sentence when it fails."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lianzhang.kernel import Certainty, ClaimKind, Evidence, Period, Qualifier, Quantity, UnreadableDocument
from lianzhang.kernel import Claim as ReadClaim
from lianzhang.kernel import Text as Sentence
from lianzhang.reading import Reading
from lianzhang.reading.reading import DocumentReading
from lianzhang.reading.repair import clean
from lianzhang.web.bulletins.actions import read_now
from lianzhang.web.bulletins.models import Document
from tests.web.bulletins.browsing import said, upload
from tests.web.bulletins.conftest import TEXT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_in_the_background")]


def small_reading(text: str = TEXT) -> Reading:
    quote = "国家级小巨人企业12家"
    start = text.index(quote)
    claim = ReadClaim(
        subject="聊城市装备制造产业链",
        indicator="小巨人企业数",
        kind=ClaimKind.TITLE_COUNT,
        evidence=Evidence(start, start + len(quote), quote),
        quantity=Quantity.of(12, "家", Qualifier.EXACT),
        certainty=Certainty.SURE,
    )
    return Reading(
        DocumentReading(
            text=text, name="通报.txt", title="装备制造产业链通报", format="txt", encoding="UTF-8",
            published=Period.parse("2025-08-15"), script="simplified", damaged=(), clean=clean(text),
        ),
        (claim,),
        (),
    )  # fmt: skip


def test_reading_stores_the_claims_and_opens_the_review(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianzhang.web.bulletins.actions.read._read", lambda attempt: small_reading())
    upload(browser)
    document = read_now(Document.objects.get().pk)
    assert document.state == "review"
    assert [claim.quote for claim in document.claims.all()] == ["国家级小巨人企业12家"]
    assert browser.get(reverse("bulletins:document", args=[document.pk])).url.endswith("/review/")


def test_a_document_that_cannot_be_read_keeps_the_sentence_and_nothing_else(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(attempt: Any) -> Reading:
        raise UnreadableDocument(
            Sentence("PDF 加了密码。", "The PDF has a password."), Sentence("请去掉密码。", "Remove it.")
        )

    monkeypatch.setattr("lianzhang.web.bulletins.actions.read._read", refuse)
    upload(browser)
    document = read_now(Document.objects.get().pk)
    assert (document.state, document.text, document.claims.count()) == ("failed", "", 0)
    page = said(browser.get(reverse("bulletins:document", args=[document.pk])))
    assert "PDF 加了密码。" in page
    assert "请去掉密码。" in page
    page = browser.get(reverse("bulletins:document", args=[document.pk]), headers={"Accept-Language": "en"})
    assert "The PDF has a password." in said(page)


def test_a_fault_of_the_program_is_a_failure_with_a_way_out_and_can_be_tried_again(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(attempt: Any) -> Reading:
        raise ZeroDivisionError

    monkeypatch.setattr("lianzhang.web.bulletins.actions.read._read", break_down)
    upload(browser)
    document = Document.objects.get()
    with pytest.raises(ZeroDivisionError):
        read_now(document.pk)
    document.refresh_from_db()
    assert document.state == "failed"
    browser.post(reverse("bulletins:retry", args=[document.pk]))
    monkeypatch.setattr("lianzhang.web.bulletins.actions.read._read", lambda attempt: small_reading())
    assert read_now(document.pk).state == "review"


def test_a_reading_cut_off_in_the_middle_begins_anew_and_stores_once(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the process had been killed while it read: nothing of the first try is there."""

    def killed(attempt: Any) -> Reading:
        raise KeyboardInterrupt

    upload(browser)
    document = Document.objects.get()
    monkeypatch.setattr("lianzhang.web.bulletins.actions.read._read", killed)
    with pytest.raises(KeyboardInterrupt):
        read_now(document.pk)
    document.refresh_from_db()
    assert (document.state, document.claims.count()) == ("reading", 0)
    monkeypatch.setattr("lianzhang.web.bulletins.actions.read._read", lambda attempt: small_reading())
    assert read_now(document.pk).claims.count() == 1
    assert read_now(document.pk).claims.count() == 1


def test_a_late_try_does_not_overwrite_a_newer_one(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    upload(browser)
    document = Document.objects.get()

    def slow(attempt: Any) -> Reading:
        monkeypatch.setattr("lianzhang.web.bulletins.actions.read._read", lambda attempt: small_reading())
        read_now(document.pk)
        raise UnreadableDocument(Sentence("太晚了。", "Too late."))

    monkeypatch.setattr("lianzhang.web.bulletins.actions.read._read", slow)
    assert read_now(document.pk).state == "review"


def test_a_document_that_stops_the_program_three_times_is_given_up(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(browser)
    document = Document.objects.get()
    Document.objects.update(state="reading", attempt=3)
    assert read_now(document.pk).state == "failed"
    assert "3次" in said(browser.get(reverse("bulletins:document", args=[document.pk])))


def test_another_date_reads_again_unless_something_is_decided(
    browser: Client, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = reverse("bulletins:redate", args=[document.pk])
    claim = document.claims.first()
    browser.post(reverse("bulletins:drop", args=[document.pk, claim.pk]), {"version": 1})
    assert browser.post(address, {"published": "2024-08-15"}).status_code == 409
    browser.post(reverse("bulletins:undo", args=[document.pk]))
    browser.post(address, {"published": "2024年8月15日"})
    document.refresh_from_db()
    assert (document.state, document.published) == ("received", "2024-08-15")
    monkeypatch.setattr("lianzhang.web.bulletins.actions.read._read", lambda attempt: small_reading())
    assert read_now(document.pk).claims.count() == 1


def test_a_yearbook_with_thousands_of_statements_is_asked_to_come_in_parts(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = small_reading()
    monkeypatch.setattr(
        "lianzhang.reading.read", lambda *_arguments, **_named: replace(reading, claims=reading.claims * 2001)
    )
    upload(browser)
    document = read_now(Document.objects.get().pk)
    assert (document.state, document.claims.count()) == ("failed", 0)
    assert "2001条" in document.failure["what"]["zh"]
