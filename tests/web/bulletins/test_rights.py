"""Who may see and decide what."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lianzhang.casework import Role
from lianzhang.web.bulletins.models import Document
from lianzhang.web.facts.models import Fact
from tests.web.bulletins.browsing import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_in_the_background")]


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
