"""How bulletins come in: files, pasted text, the same thing twice, and what is refused at the door."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lianzhang.web.bulletins import originals
from lianzhang.web.bulletins.models import Document
from lianzhang.web.journal.models import Event
from tests.web.bulletins.browsing import said, upload
from tests.web.bulletins.conftest import TEXT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_in_the_background")]


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
