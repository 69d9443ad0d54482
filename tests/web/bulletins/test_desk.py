"""The review desk as plain pages: forms and redirects, and the same by parts for the script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lianzhang.casework import Role
from lianzhang.web.bulletins.models import Document
from lianzhang.web.chains.models import Chain
from lianzhang.web.facts.models import Fact
from tests.web.bulletins.browsing import said
from tests.web.bulletins.conftest import make_claim, make_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_in_the_background")]


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
        # Five of them ask the registry which enterprises the bulletin speaks of.
        with django_assert_max_num_queries(13):
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
        with django_assert_max_num_queries(13):
            assert browser.get(reverse(name, args=arguments)).status_code == 200


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


def test_undo_on_one_row_leaves_the_rest_of_its_group_accepted(browser: Client, document: Document) -> None:
    shown = [f"{claim.pk}:1" for claim in document.claims.filter(certainty="sure")]
    browser.post(reverse("bulletins:accept-sure", args=[document.pk]), {"shown": shown})
    claim = document.claims.get(ordinal=1)
    browser.post(reverse("bulletins:undo", args=[document.pk]), {"claim": str(claim.pk)})
    assert [fact.claim.ordinal for fact in Fact.objects.filter(withdrawn_at=None)] == [0]
    again = browser.post(reverse("bulletins:undo", args=[document.pk]), {"claim": str(claim.pk)})
    assert again.status_code == 409


def test_claims_that_contradict_each_other_point_at_one_another_and_are_not_called_sure(
    browser: Client, document: Document
) -> None:
    rival = make_claim(document, "318.4亿元", value="381.4", unit="亿元", qualifier="exact", period="2024")
    what = {"zh": "同一时期有不同的数。", "en": "Different values for one period."}
    counted = {"zh": "宣布12家，只列出3家。", "en": "12 announced, 3 named."}
    contradictions = [{"what": what, "claims": [0, rival.ordinal]}, {"what": counted, "claims": [1]}]
    Document.objects.filter(pk=document.pk).update(contradictions=contradictions)
    page = browser.get(reverse("bulletins:review", args=[document.pk])).content.decode()
    for ordinal, other in ((0, rival.ordinal), (rival.ordinal, 0)):
        row = page[page.index(f'id="r{ordinal}"') :]
        row = row[: row.index("</li>")]
        assert f'href="#r{other}"' in row
        assert 'data-mark="unsure"' in row
        assert what["zh"] not in row
    assert counted["zh"] in page
