"""What the tests of pages share: sending the forms, reading the answers."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.web.bulletins.conftest import TEXT


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


def statement(**fields: Any) -> dict[str, Any]:
    return {
        "version": 1, "subject": "肯石重工", "indicator": "出口额", "kind": "metric", "value": "", "unit": "万元",
        "qualifier": "exact", "period": "2025H1", "change": "", "change_qualifier": "exact", "change_base": "",
        **fields,
    }  # fmt: skip
