"""Bulletins in the browser, first without any script: forms, redirects, sentences."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lianzhang.casework import Role
from lianzhang.kernel import Certainty, ClaimKind, Evidence, Period, Qualifier, Quantity, UnreadableDocument
from lianzhang.kernel import Claim as ReadClaim
from lianzhang.kernel import Text as Sentence
from lianzhang.reading import Reading
from lianzhang.reading.reading import DocumentReading
from lianzhang.reading.repair import clean
from lianzhang.web.bulletins import originals
from lianzhang.web.bulletins.actions import read_now
from lianzhang.web.bulletins.models import Claim, Document
from lianzhang.web.chains.models import Chain
from lianzhang.web.facts.models import Fact
from lianzhang.web.journal.models import Event
from lianzhang.web.people.models import Person
from tests.web.bulletins.conftest import TEXT, make_claim, make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(chain: Chain, person: Callable[..., Person], signed_in: Callable[..., Client]) -> Client:
    """A browser in which an officer of the chain's office is signed in."""
    return signed_in(person(Role.chain_officer))


@pytest.fixture(autouse=True)
def nothing_in_the_background(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are read when a test says so and not by a thread."""
    monkeypatch.setattr("lianzhang.web.bulletins.background.enqueue", lambda document_id: None)


def upload(browser: Client, content: bytes = TEXT.encode(), *, name: str = "通报.txt", **fields: Any) -> Any:
    data = {
        "file": SimpleUploadedFile(name, content),
        "chain": "equipment",
        "published": "2025-08-15",
        **fields,
    }
    return browser.post(reverse("bulletins:new"), data)


def said(response: Any) -> str:
    """The text of a page without its markup."""
    return re.sub(r"<[^>]+>", "", response.content.decode())


# ---- arrival -------------------------------------------------------------------------------------
def test_an_uploaded_file_is_kept_byte_for_byte_and_waits_to_be_read(browser: Client) -> None:
    response = upload(browser)
    document = Document.objects.get()
    assert response.url == reverse("bulletins:document", args=[document.pk])
    assert originals.fetch(document.sha256) == TEXT.encode()
    assert (document.state, document.published, document.published_given) == ("received", "2025-08-15", True)
    assert Event.objects.filter(verb="bulletin.upload", subject=f"bulletin:{document.pk}").count() == 1


def test_pasted_text_is_kept_with_plain_line_ends(browser: Client) -> None:
    data = {"text": "2024年营业收入3亿元。\r\n完。", "chain": "equipment", "published": ""}
    browser.post(reverse("bulletins:new"), data)
    document = Document.objects.get()
    assert originals.fetch(document.sha256).decode() == "2024年营业收入3亿元。\n完。"
    assert document.format == "pasted"


def test_the_same_bytes_twice_are_one_bulletin_and_the_officer_is_told(browser: Client) -> None:
    upload(browser)
    second = upload(browser)
    assert Document.objects.count() == 1
    assert "以前已经上传过" in said(browser.get(second.url))


def test_a_double_click_is_one_bulletin_and_nobody_is_scolded(browser: Client) -> None:
    key = str(uuid4())
    upload(browser, form_key=key)
    second = upload(browser, form_key=key)
    assert str(Document.objects.get().pk) == key
    assert "以前已经上传过" not in said(browser.get(second.url))


def test_a_form_used_again_for_another_file_makes_a_second_bulletin(browser: Client) -> None:
    key = str(uuid4())
    upload(browser, form_key=key)
    upload(browser, b"other text, 3 items", form_key=key)
    assert Document.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"file": b""}, "空"),
        ({"file": b"x" * (20 * 2**20 + 1)}, "超过"),
        ({}, "请选一份文件"),
        ({"text": "   \n"}, "请选一份文件"),
        ({"file": b"x", "text": "y"}, "只留一样"),
        ({"text": "https://example.org/news/1.html"}, "链接"),
        ({"text": "2024年\x00营业收入"}, "空字符"),
        ({"text": "2024年营业收入3亿元", "published": "去年"}, "不是可识别的时期"),
        ({"text": "2024年营业收入3亿元", "chain": "no-such-chain"}, "选择"),
    ],
    ids=["empty", "huge", "nothing", "blank", "both", "link", "nul", "date", "chain"],
)
def test_what_cannot_be_a_bulletin_is_refused_with_a_sentence_and_not_stored(
    browser: Client, own_data_folder: Path, fields: dict[str, Any], sentence: str
) -> None:
    data = {"chain": "equipment", "published": "", **fields}
    if "file" in data:
        data["file"] = SimpleUploadedFile("通报.txt", data["file"])
    response = browser.post(reverse("bulletins:new"), data)
    assert response.status_code == 422
    assert sentence in said(response)
    assert not Document.objects.exists()
    assert not list(own_data_folder.glob("documents/*"))


def test_the_error_page_leads_to_the_field_that_is_wrong(browser: Client) -> None:
    response = browser.post(reverse("bulletins:new"), {"text": "", "chain": "equipment"})
    page = response.content.decode()
    assert "<title>错误：" in page
    assert 'href="#id_file"' in page


# ---- reading -------------------------------------------------------------------------------------
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


# ---- the desk without a script -------------------------------------------------------------------
def test_the_desk_shows_each_claim_beside_its_marked_place(browser: Client, document: Document) -> None:
    page = browser.get(reverse("bulletins:review", args=[document.pk])).content.decode()
    for claim in document.claims.all():
        assert f'id="c{claim.pk}"' in page
        assert f'href="#c{claim.pk}"' in page
    assert '<mark class="place place--sure" data-start="10" data-marks="0">2024年全市' in page
    assert "文字错位" in page


def test_accepting_leads_to_the_next_claim_that_waits(browser: Client, document: Document) -> None:
    first = document.claims.get(ordinal=0)
    response = browser.post(reverse("bulletins:accept", args=[document.pk, first.pk]), {"version": 1})
    assert response.status_code == 302
    assert response.url.endswith("#r1")
    assert "已接受1条" in said(browser.get(response.url))
    assert Fact.objects.get().claim_id == first.pk


def test_the_sure_group_is_accepted_by_one_button_and_undone_by_another(
    browser: Client, document: Document
) -> None:
    page = browser.get(reverse("bulletins:review", args=[document.pk])).content.decode()
    shown = re.findall(r'name="shown" value="([^"]+)"', page)
    assert len(shown) == 2
    response = browser.post(reverse("bulletins:accept-sure", args=[document.pk]), {"shown": shown})
    assert Fact.objects.count() == 2
    page = browser.get(response.url).content.decode()
    decision = re.search(r'id="undo".*?name="decision" value="([^"]+)"', page, re.S)
    assert decision is not None
    browser.post(reverse("bulletins:undo", args=[document.pk]), {"decision": decision[1]})
    assert not Fact.objects.filter(withdrawn_at=None).exists()


def test_the_officer_who_comes_second_sees_who_was_first(
    browser: Client, document: Document, person: Any, signed_in: Any
) -> None:
    claim = document.claims.get(ordinal=0)
    other = person(Role.chain_officer)
    signed_in(other).post(reverse("bulletins:accept", args=[document.pk, claim.pk]), {"version": 1})
    response = browser.post(reverse("bulletins:drop", args=[document.pk, claim.pk]), {"version": 1})
    assert response.status_code == 409
    assert f"{other.name}已于" in said(response)
    assert "318.4" in said(response)


def test_a_damaged_claim_offers_typing_and_never_accepting(browser: Client, document: Document) -> None:
    claim = document.claims.get(ordinal=3)
    page = browser.get(reverse("bulletins:review", args=[document.pk])).content.decode()
    row = page[page.index(f'id="r{claim.ordinal}"') :]
    row = row[: row.index("</li>")]
    assert 'data-act="accept"' not in row
    assert "录入" in row
    response = browser.post(reverse("bulletins:accept", args=[document.pk, claim.pk]), {"version": 1})
    assert response.status_code == 422
    assert "损坏" in said(response)


def statement(**fields: Any) -> dict[str, Any]:
    return {
        "version": 1, "subject": "肯石重工", "indicator": "出口额", "kind": "metric", "value": "", "unit": "万元",
        "qualifier": "exact", "period": "2025H1", "change": "", "change_qualifier": "exact", "change_base": "",
        **fields,
    }  # fmt: skip


def test_the_form_for_a_damaged_claim_does_not_offer_the_number_that_was_read(
    browser: Client, document: Document
) -> None:
    claim = document.claims.get(ordinal=3)
    address = reverse("bulletins:edit", args=[document.pk, claim.pk])
    assert 'name="value" ' in browser.get(address).content.decode()
    assert (
        "338.8" not in re.findall(r'<input[^>]*name="value"[^>]*>', browser.get(address).content.decode())[0]
    )
    response = browser.post(address, statement(change=""))
    assert response.status_code == 422
    assert "对照原件录入" in said(response)
    browser.post(address, statement(value="1,338.8"))
    fact = Fact.objects.get()
    assert (str(fact.value), fact.typed_by_id is not None) == ("1338.8", True)
    assert "人工录入" in said(browser.get(reverse("bulletins:review", args=[document.pk])))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"value": "三千"}, "不是数字"),
        ({"value": "9至3"}, "大于"),
        ({"value": "1" * 60}, "太长"),
        ({"value": "3", "period": "上半年"}, "不是可识别的时期"),
        ({"value": "3", "unit": ""}, "单位"),
        ({"value": "3", "subject": " "}, "必填"),
        ({}, "请填数值"),
        ({"change": "NaN"}, "有限"),
    ],
)
def test_a_wrong_correction_is_told_beside_its_field(
    browser: Client, document: Document, fields: dict[str, str], sentence: str
) -> None:
    claim = document.claims.get(ordinal=2)
    response = browser.post(reverse("bulletins:edit", args=[document.pk, claim.pk]), statement(**fields))
    assert response.status_code == 422
    assert sentence in said(response)
    assert not Fact.objects.exists()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2025年上半年", "2025H1"),
        ("２０２５年８月", "2025-08"),
        ("2025-8-15", "2025-08-15"),
        ("2025/08/15", "2025-08-15"),
        ("20250815", "2025-08-15"),
        ("2024年1—11月", "2024-01/2024-11"),
        ("2025年前三季度", "2025-01/2025-09"),
        ("2025年第三季度", "2025Q3"),
        ("2024年", "2024"),
        ("2026-2031", "2026/2031"),
        ("", ""),
    ],
)
def test_a_period_may_be_typed_as_offices_write_it(
    browser: Client, document: Document, typed: str, stored: str
) -> None:
    claim = document.claims.get(ordinal=2)
    browser.post(reverse("bulletins:edit", args=[document.pk, claim.pk]), statement(value="3", period=typed))
    assert Fact.objects.get().period == stored


def test_a_range_and_a_fall_are_kept_as_typed(browser: Client, document: Document) -> None:
    claim = document.claims.get(ordinal=2)
    fields = statement(value="7300至8300", change="-3.5", change_base="同比")
    browser.post(reverse("bulletins:edit", args=[document.pk, claim.pk]), fields)
    fact = Fact.objects.get()
    assert (fact.value, str(fact.low), str(fact.high), fact.qualifier) == (None, "7300", "8300", "range")
    assert (str(fact.change_pct), fact.change_base) == ("-3.5", "同比")


def test_a_contradiction_with_the_store_shows_both_values_and_waits_for_a_choice(
    browser: Client, document: Document
) -> None:
    first = document.claims.get(ordinal=0)
    browser.post(reverse("bulletins:accept", args=[document.pk, first.pk]), {"version": 1})
    other = make_document(document.chain, published="2025-09-01")
    claim = make_claim(other, "318.4亿元", value="319", unit="亿元", qualifier="exact", period="2024")
    page = said(browser.get(reverse("bulletins:review", args=[other.pk])))
    assert "与已入库的数据不一致" in page
    assert "318.4亿元" in page
    accept = reverse("bulletins:accept", args=[other.pk, claim.pk])
    assert browser.post(accept, {"version": 1}).status_code == 422
    assert browser.post(accept, {"version": 1, "replace": str(Fact.objects.get().pk)}).status_code == 302
    assert [str(fact.value) for fact in Fact.objects.filter(withdrawn_at=None)] == ["319"]


def test_keeping_the_stored_value_drops_the_claim_and_says_why(browser: Client, document: Document) -> None:
    claim = document.claims.get(ordinal=0)
    drop = reverse("bulletins:drop", args=[document.pk, claim.pk])
    browser.post(drop, {"version": 1, "drop_because": "kept"})
    assert '"because":"kept"' in Event.objects.get(subject=f"claim:{claim.pk}").after


def test_what_the_reading_missed_can_be_added_by_its_words(browser: Client, document: Document) -> None:
    address = reverse("bulletins:add", args=[document.pk])
    assert browser.get(address).status_code == 200
    fields = statement(value="7.1", unit="%", subject="聊城市装备制造产业链", indicator="增速", period="2024")
    missing = browser.post(address, {**fields, "quote": "增速8%"})
    assert "没有这段文字" in said(missing)
    several = browser.post(address, {**fields, "quote": "%"})
    assert "请多复制几个字" in said(several)
    assert browser.post(address, {**fields, "quote": "增速7.1%"}).status_code == 302
    added = Claim.objects.get(added_by__isnull=False)
    assert document.text[added.start : added.end] == "增速7.1%"


def test_a_selected_place_fills_the_form_and_a_wrong_one_is_ignored(
    browser: Client, document: Document
) -> None:
    address = reverse("bulletins:add", args=[document.pk])
    start = document.text.index("增速7.1%")
    assert "增速7.1%" in said(browser.get(f"{address}?start={start}&end={start + 6}"))
    for wrong in (
        "?start=5&end=4",
        "?start=-1&end=3",
        "?start=0&end=99999999",
        "?start=x&end=3",
        "?start=²&end=3",
    ):
        assert browser.get(address + wrong).status_code == 200


def test_the_receipt_counts_the_decisions_and_undoes_them(browser: Client, document: Document) -> None:
    for ordinal, verb in ((0, "accept"), (1, "drop")):
        claim = document.claims.get(ordinal=ordinal)
        browser.post(reverse(f"bulletins:{verb}", args=[document.pk, claim.pk]), {"version": 1})
    response = browser.post(reverse("bulletins:finish", args=[document.pk]))
    page = browser.get(response.url)
    assert re.findall(r"<dd>(\d+)</dd>", page.content.decode())[:4] == ["1", "0", "1", "2"]
    assert reverse("chains:chain", args=["equipment"]) in page.content.decode()
    decision = re.findall(r'name="decision" value="([^"]+)"', page.content.decode())[0]
    browser.post(reverse("bulletins:undo", args=[document.pk]), {"decision": decision, "back": "receipt"})
    assert document.claims.filter(state="proposed").count() == 3


def test_every_claim_has_a_page_that_marks_its_place(browser: Client, document: Document) -> None:
    claim = document.claims.get(ordinal=1)
    page = browser.get(reverse("bulletins:source", args=[document.pk, claim.pk])).content.decode()
    assert f'<a id="c{claim.pk}" class="anchor"></a><mark class="place place--target"' in page
    assert "国家级小巨人企业12家</mark>" in page


def test_the_cleaned_copy_marks_the_same_claims(browser: Client, chain: Chain) -> None:
    document = make_document(chain, text="聊城產(chǎn)業(yè)營收3億元,鏈(liàn)條12家。\n")
    claim = make_claim(document, "營收3億元", value=3, unit="亿元")
    page = browser.get(reverse("bulletins:review", args=[document.pk]) + "?copy=clean").content.decode()
    assert f'<a id="c{claim.pk}" class="anchor"></a>' in page
    assert ">营收3亿元</mark>" in page
    assert "chǎn" not in page[page.index('id="original"') : page.index('class="claims"')]


def test_the_original_is_only_ever_a_download(browser: Client) -> None:
    upload(browser, b"<script>alert(1)</script> 2024", name="恶意; x=.html")
    document = Document.objects.get()
    response = browser.get(reverse("bulletins:download", args=[document.pk]))
    assert response.content == b"<script>alert(1)</script> 2024"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    assert "filename*=UTF-8''%E6%81%B6%E6%84%8F%3B%20x%3D.html" in disposition
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_changed_original_is_noticed(browser: Client, own_data_folder: Path) -> None:
    upload(browser)
    document = Document.objects.get()
    (own_data_folder / "documents" / document.sha256).write_bytes(b"something else")
    assert "不一致" in said(browser.get(reverse("bulletins:download", args=[document.pk])))


def test_markup_in_a_bulletin_is_shown_and_never_run(browser: Client, chain: Chain) -> None:
    evil = '2024年"><script>alert(1)</script>公司营收3亿元<img src=x onerror=alert(2)>{{ 7|add:7 }}&amp;'
    document = make_document(chain, text=evil, title=evil[:200])
    claim = make_claim(document, evil, subject=evil[:100], indicator=evil[:100], value=3, unit="<b>亿元</b>")
    damages = [{"start": 2, "end": 9, "text": "<i>", "reason": {"zh": "<u>", "en": ""}, "suggestion": "<s>"}]
    Document.objects.filter(pk=document.pk).update(damaged=damages, name="<em>.txt")
    addresses = [
        reverse("bulletins:list"),
        reverse("bulletins:review", args=[document.pk]),
        reverse("bulletins:source", args=[document.pk, claim.pk]),
        reverse("bulletins:edit", args=[document.pk, claim.pk]),
        reverse("bulletins:add", args=[document.pk]) + "?start=0&end=30",
    ]
    browser.post(reverse("bulletins:accept", args=[document.pk, claim.pk]), {"version": 1})
    addresses += [reverse("bulletins:receipt", args=[document.pk]), reverse("facts:list")]
    addresses += [
        reverse("facts:fact", args=[Fact.objects.get().pk]),
        reverse("bulletins:review", args=[document.pk]),
    ]
    for address in addresses:
        page = browser.get(address).content.decode()
        for raw in ("<script>alert", "<img src=x", "<i>", "<u>", "<s>", "<b>亿元", "<em>.txt", "1414"):
            assert raw not in page, f"{raw} in {address}"


def test_pages_keep_to_a_few_queries_however_many_claims_are_decided(
    browser: Client, chain: Chain, django_assert_max_num_queries: Any
) -> None:
    document = make_document(chain)
    for number in range(40):
        make_claim(document, "318.4亿元", subject=f"企业{number}机械", value=number, unit="家", period="2024")
    browser.get(reverse("bulletins:list"))  # the first page of a session also notes when it was seen
    for address in ("review", "receipt", "original"):
        with django_assert_max_num_queries(8):
            browser.get(reverse(f"bulletins:{address}", args=[document.pk]))
    page = browser.get(reverse("bulletins:review", args=[document.pk])).content.decode()
    shown = re.findall(r'name="shown" value="([^"]+)"', page)
    browser.post(reverse("bulletins:accept-sure", args=[document.pk]), {"shown": shown})
    for name, arguments in (
        ("bulletins:review", [document.pk]),
        ("bulletins:receipt", [document.pk]),
        ("bulletins:list", []),
        ("facts:list", []),
        ("bulletins:source", [document.pk, document.claims.first().pk]),
    ):
        with django_assert_max_num_queries(8):
            assert browser.get(reverse(name, args=arguments)).status_code == 200


# ---- the desk with a script ----------------------------------------------------------------------
def test_a_decision_sent_by_script_brings_back_only_what_changed(browser: Client, document: Document) -> None:
    claim = document.claims.get(ordinal=0)
    accept = reverse("bulletins:accept", args=[document.pk, claim.pk])
    response = browser.post(accept, {"version": 1}, headers={"Lianzhang-Fragment": "1"})
    page = response.content.decode()
    assert response["Lianzhang-Fragment"] == "1"
    assert set(re.findall(r'^<(?:div|li)[^>]* id="(\w+)"', page, re.M)) == {"tally", "undo", "notice", "r0"}
    assert "<html" not in page
    again = browser.post(accept, {"version": 1}, headers={"Lianzhang-Fragment": "1"})
    assert again.status_code == 409
    assert "接受了这条读数" in said(again)


# ---- who may ------------------------------------------------------------------------------------
def test_only_the_office_of_the_chain_decides(document: Document, signed_in: Any) -> None:
    claim = document.claims.get(ordinal=0)
    for role in Role:
        if role in (Role.chain_officer, Role.visitor, Role.program, Role.without_post):
            continue
        browser = signed_in(role)
        for name in ("accept", "drop", "edit"):
            response = browser.post(
                reverse(f"bulletins:{name}", args=[document.pk, claim.pk]), {"version": 1}
            )
            assert response.status_code in (403, 404), role
    assert not Fact.objects.exists()
    assert document.claims.filter(state="proposed").count() == 4


def test_a_bulletin_of_another_chain_does_not_exist_for_the_officer(
    document: Document, signed_in: Any
) -> None:
    browser = signed_in(Role.chain_officer, chains=("other",))
    claim = document.claims.get(ordinal=0)
    assert browser.get(reverse("bulletins:review", args=[document.pk])).status_code == 404
    assert browser.get(reverse("bulletins:download", args=[document.pk])).status_code == 404
    assert browser.get(reverse("bulletins:source", args=[document.pk, claim.pk])).status_code == 404
    accept = reverse("bulletins:accept", args=[document.pk, claim.pk])
    assert browser.post(accept, {"version": 1}).status_code == 404
    assert document.title not in said(browser.get(reverse("bulletins:list"))) or not document.title
    assert "还没有上传过通报" in said(browser.get(reverse("bulletins:list")))


def test_the_chief_sees_the_desk_without_its_buttons(document: Document, signed_in: Any) -> None:
    page = signed_in(Role.chief).get(reverse("bulletins:review", args=[document.pk])).content.decode()
    assert "318.4" in page
    assert "data-act" not in page


def test_a_county_officer_sees_the_words_behind_a_fact_but_not_the_bulletin(
    browser: Client, document: Document, signed_in: Any
) -> None:
    accepted, waiting = document.claims.get(ordinal=0), document.claims.get(ordinal=1)
    browser.post(reverse("bulletins:accept", args=[document.pk, accepted.pk]), {"version": 1})
    county = signed_in(Role.county_officer)
    page = said(county.get(reverse("bulletins:source", args=[document.pk, accepted.pk])))
    assert "2024年全市装备制造产业实现营业收入318.4亿元" in page
    assert "小巨人" not in page
    assert county.get(reverse("bulletins:source", args=[document.pk, waiting.pk])).status_code == 404
    assert county.get(reverse("bulletins:review", args=[document.pk])).status_code == 403


def test_nothing_changes_by_following_a_link(browser: Client, document: Document) -> None:
    claim = document.claims.get(ordinal=0)
    for name in ("accept", "drop"):
        assert browser.get(reverse(f"bulletins:{name}", args=[document.pk, claim.pk])).status_code == 405
    for name in ("accept-sure", "undo", "finish", "retry", "redate"):
        assert browser.get(reverse(f"bulletins:{name}", args=[document.pk])).status_code == 405
