"""Files that no office should send, through the form and the real reader: a sentence each, nothing by half."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lianzhang.web.bulletins.actions import read_now
from lianzhang.web.bulletins.models import Claim, Document
from lianzhang.web.facts.models import Fact
from tests.reading.hostile_files import document_xml, docx, encrypted_flag, paragraph, pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_in_the_background")]


def brought(browser: Client, content: bytes, name: str) -> tuple[Document, str]:
    """The bulletin after reading, and what its page says."""
    file = SimpleUploadedFile(name, content)
    response = browser.post(reverse("bulletins:new"), {"file": file, "chain": "equipment", "published": ""})
    assert response.status_code == 302
    document = read_now(Document.objects.get().pk)
    page = browser.get(reverse("bulletins:document", args=[document.pk]), follow=True)
    return document, re.sub(r"<[^>]+>", "", page.content.decode())


def bomb() -> bytes:
    """A Word file of some hundred kilobytes that unpacks to 240 MB."""
    return docx(parts={"word/document.xml": document_xml("<w:p/>" * 40_000_000)})


FILES: dict[str, tuple[bytes | Callable[[], bytes], str, str]] = {
    "binary named txt": (bytes(range(256)) * 40, "通报.txt", "不是"),
    "encrypted pdf": (pdf([["营业收入3亿元"]], encrypted=True), "通报.pdf", "密码"),
    "pdf without text": (pdf([[]]), "扫描.pdf", "没有"),
    "docx bomb": (bomb, "通报.docx", "压缩炸弹"),
    "encrypted docx": (encrypted_flag(docx(paragraph("营业收入3亿元"))), "通报.docx", "加密"),
    "external entity": (
        docx(paragraph("&x;"), prologue='<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "通报.docx",
        "",
    ),
    "nul bytes": ("2024年\x00营业收入\x00\x00\x013亿元".encode() * 9, "通报.txt", ""),
    "a shortcut": (b"[InternetShortcut]\r\nURL=https://example.org/\r\n", "通报.txt", "链接"),
    "a link": (b"https://example.org/news/20250815.html", "通报.txt", "链接"),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "通报.doc", ""),
    "truncated pdf": (pdf([["营业收入3亿元"]])[:200], "通报.pdf", ""),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_cannot_be_read_leaves_one_clear_sentence_and_no_claims(
    browser: Client, kind: str
) -> None:
    content, name, word = FILES[kind]
    document, page = brought(browser, content() if callable(content) else content, name)
    assert document.state == Document.State.FAILED
    assert word in document.failure["what"]["zh"]
    assert document.failure["remedy"]["zh"] in page
    assert document.failure["what"]["en"]
    assert (document.text, Claim.objects.count(), Fact.objects.count()) == ("", 0, 0)


def test_a_text_without_figures_is_read_and_offers_adding_by_hand(browser: Client) -> None:
    document, page = brought(browser, "会议强调,要抓好落实。\n".encode(), "讲话.txt")
    assert document.state == Document.State.REVIEW
    assert "没有识读出可以入库的数据" in page
    assert "手工加一条" in page


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
def test_the_encoding_is_found_and_shown(browser: Client, encoding: str) -> None:
    text = "聊城市裝備製造產業2024年實現營業收入318.4億元,增速7.1%。現有國家級小巨人企業12家。\n" * 3
    document, page = brought(browser, text.encode(encoding), "通報.txt")
    assert document.state == Document.State.REVIEW
    assert document.text == text
    assert document.encoding in page
    assert all(document.text[claim.start : claim.end] == claim.quote for claim in document.claims.all())


def test_rare_characters_keep_their_places(browser: Client) -> None:
    text = "𠮷林路㐂𬭚机械有限公司2024年实现营业收入3.5亿元,同比增长7%。𠀀𠀁市2024年产值12亿元。\n"
    document, page = brought(browser, text.encode(), "通报.txt")
    assert document.claims.exists()
    for claim in document.claims.all():
        assert document.text[claim.start : claim.end] == claim.quote
        assert claim.quote in page


def test_a_form_that_is_too_large_is_refused_before_anything_is_done(browser: Client) -> None:
    response = browser.post(reverse("bulletins:new"), {"text": "营收3亿元。" * 800_000, "chain": "equipment"})
    assert response.status_code in (400, 413)
    assert not Document.objects.exists()


def test_bad_addresses_are_pages_that_do_not_exist(browser: Client, document: Document) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    claim = document.claims.get(ordinal=0)
    for address in (
        reverse("bulletins:review", args=[nobody]),
        reverse("bulletins:source", args=[document.pk, nobody]),
        reverse("bulletins:source", args=[nobody, claim.pk]),
        reverse("facts:fact", args=[nobody]),
    ):
        assert browser.get(address).status_code == 404


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "9" * 40, "0"])
def test_a_wrong_version_is_never_taken_for_the_right_one(
    browser: Client, document: Document, version: str
) -> None:
    claim = document.claims.get(ordinal=0)
    address = reverse("bulletins:accept", args=[document.pk, claim.pk])
    assert browser.post(address, {"version": version}).status_code == 409
    assert not Fact.objects.exists()


def test_made_up_ids_in_a_group_are_left_aside(browser: Client, document: Document) -> None:
    address = reverse("bulletins:accept-sure", args=[document.pk])
    shown: list[Any] = ["x", ":", "1:1", "00000000-0000-4000-8000-000000000000:1", f"{document.pk}:²"]
    assert browser.post(address, {"shown": shown}).status_code == 302
    assert not Fact.objects.exists()
