"""Pages of requests: what each reader sees, how many questions they ask of the database, bad input."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lianzhang.casework import Role
from lianzhang.web.cases.actions import act
from lianzhang.web.cases.models import Request
from lianzhang.web.cases.queries import listed
from lianzhang.web.flow.models import Attachment, Step
from lianzhang.web.people.models import Person
from tests.web.cases.conftest import Office

pytestmark = pytest.mark.django_db


def browser_of(actor: Any) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id))
    return client


@pytest.mark.parametrize(
    ("address", "most"), [("cases:list", 20), ("cases:assign", 22), ("desk:home", 26), ("cases:figures", 18)]
)
def test_a_page_asks_the_database_as_often_for_many_requests_as_for_one(
    office: Office, filed: Request, django_assert_max_num_queries: Any, address: str, most: int
) -> None:
    for number in range(12):
        Request.objects.create(
            state="submitted", number=f"诉求〔2026〕9{number:03}号", public_number=f"X{number}", title=f"件{number}",
            topic="land", text="文", chain_id="equipment", firm_id=filed.firm_id, owner_party="office", due=filed.due,
        )  # fmt: skip
    browser = browser_of(office.officer)
    with django_assert_max_num_queries(most):
        assert browser.get(reverse(address)).status_code == 200


def test_the_page_of_a_request_shows_only_the_buttons_of_the_reader(
    office: Office, assigned: Request
) -> None:
    address = reverse("cases:request", args=[assigned.pk])
    unit, firm = browser_of(office.unit).get(address), browser_of(office.firm).get(address)
    assert "受理" in unit.content.decode() and "退回" in unit.content.decode()
    assert reverse("cases:do", args=[assigned.pk, "sign"]) not in firm.content.decode()
    assert reverse("cases:do", args=[assigned.pk, "withdraw"]) in firm.content.decode()


def test_what_is_said_inside_stays_inside(office: Office, working: Request) -> None:
    note = reverse("cases:note", args=[working.pk])
    browser_of(office.unit).post(note, {"text": "内部：企业有环保处罚", "outward": "no"})
    browser_of(office.unit).post(note, {"text": "已联系您单位", "outward": "yes"})
    page = browser_of(office.firm).get(reverse("cases:request", args=[working.pk])).content.decode()
    assert "环保处罚" not in page and "已联系您单位" in page
    # A firm cannot write inside, whatever its form says.
    browser_of(office.firm).post(note, {"text": "我方意见", "outward": "no"})
    assert Step.objects.filter(text="我方意见", outward=True).exists()


def test_strangers_and_other_units_find_nothing(office: Office, assigned: Request, signed_in: Any) -> None:
    address = reverse("cases:request", args=[assigned.pk])
    for client in (
        signed_in(Role.enterprise_user),
        browser_of(office.other),
        signed_in(Role.chain_officer, chains=("other",)),
    ):
        assert client.get(address).status_code == 404
        assert client.post(reverse("cases:do", args=[assigned.pk, "sign"]), {}).status_code == 404
        assert client.post(reverse("cases:note", args=[assigned.pk]), {"text": "x"}).status_code == 404


def test_an_old_page_is_answered_with_who_was_faster(office: Office, assigned: Request) -> None:
    act(office.unit, assigned.pk, "sign", {})
    response = browser_of(office.head).post(
        reverse("cases:do", args=[assigned.pk, "sign"]), {"version": assigned.version}
    )
    assert response.status_code == 409 and "受理" in response.content.decode()


def test_what_the_rules_refuse_stays_in_the_form(office: Office, working: Request) -> None:
    response = browser_of(office.unit).post(
        reverse("cases:do", args=[working.pk, "answer"]),
        {"version": working.version, "result": "refused", "text": "按规定不行，理由很长"},
    )
    assert response.status_code == 422
    assert "依据" in response.content.decode() and "理由很长" in response.content.decode()


JPEG = (
    b"\xff\xd8"
    + b"\xff\xe1\x00\x10Exif\x00\x00GPS-HERE"
    + b"\xff\xdb\x00\x04ab"
    + b"\xff\xda\x00\x02pixels\xff\xd9"
)


def test_a_photo_is_kept_without_its_place_and_served_as_a_download(office: Office, working: Request) -> None:
    photo = SimpleUploadedFile("现场.JPG", JPEG, content_type="image/jpeg")
    browser = browser_of(office.unit)
    browser.post(reverse("cases:note", args=[working.pk]), {"text": "照片", "outward": "yes", "files": photo})
    file = Attachment.objects.get()
    response = browser.get(reverse("desk:file", args=[file.pk]))
    assert response["Content-Disposition"].startswith("attachment") and b"GPS-HERE" not in response.content
    assert b"pixels" in response.content
    assert browser_of(office.other).get(reverse("desk:file", args=[file.pk])).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("病毒.exe", b"MZ"),
        ("假照片.jpg", b"<html>"),
        ("太大.pdf", b"%PDF-" + b"0" * (10 * 2**20)),
        ("宏.docm", b"PK\x03\x04"),
        ("页面.svg", b"<svg/>"),
    ],
)
def test_an_unfit_file_is_named_and_nothing_is_kept(
    office: Office, working: Request, name: str, content: bytes
) -> None:
    upload = io.BytesIO(content)
    upload.name = name
    response = browser_of(office.unit).post(
        reverse("cases:note", args=[working.pk]), {"text": "见附件", "outward": "yes", "files": upload}
    )
    assert (
        response.status_code == 422
        and name in response.content.decode()
        and "见附件" in response.content.decode()
    )
    assert not Attachment.objects.exists() and not Step.objects.filter(text="见附件").exists()


def test_a_packed_bomb_is_stored_as_it_is_and_never_opened(office: Office, working: Request) -> None:
    bomb = SimpleUploadedFile("表.xlsx", b"PK\x03\x04" + b"\x00" * 1000)
    response = browser_of(office.unit).post(
        reverse("cases:note", args=[working.pk]), {"text": "表", "outward": "yes", "files": bomb}
    )
    assert response.status_code == 302 and Attachment.objects.get().size == 1004


def test_the_firms_four_pages_keep_each_step_and_send_once(office: Office) -> None:
    browser, key = browser_of(office.firm), uuid4()
    first = {"topic": "energy", "title": "扩产要增容", "form_key": key}
    one = browser.post(reverse("cases:new"), first)
    again = browser.post(reverse("cases:new"), first)
    assert one["Location"] == again["Location"] and Request.objects.count() == 1
    draft = Request.objects.get()
    assert "扩产要增容" in browser.get(reverse("cases:list")).content.decode()
    browser.post(reverse("cases:draft", args=[draft.pk, 2]), {"text": "变压器满载"})
    wrong = browser.post(reverse("cases:draft", args=[draft.pk, 3]), {"contact_name": "李", "phone": "abc"})
    assert wrong.status_code == 422
    browser.post(reverse("cases:draft", args=[draft.pk, 3]), {"contact_name": "李", "phone": "13900005678"})
    check = reverse("cases:draft", args=[draft.pk, 4])
    assert "139****5678" in browser.get(check).content.decode()
    for _ in range(2):
        assert browser.post(check, {"version": 1}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "submitted" and "13900005678" not in draft.contact_phone
    assert Step.objects.filter(action="submit").count() == 1


def test_looking_up_needs_both_and_gives_nothing_away(filed: Request, client: Client) -> None:
    address = reverse("cases:look-up")
    right = {"number": filed.public_number, "last_four": "1234"}
    page = client.post(address, right).content.decode()
    assert "待受理" in page and filed.title not in page and "指标" not in page
    wrong = {client.post(address, {**right, "last_four": "0000"}).content.decode().count("没有查到")}
    wrong |= {
        client.post(address, {"number": "0000-0000-00000", "last_four": "1234"})
        .content.decode()
        .count("没有查到")
    }
    assert wrong == {1}


def test_nobody_tries_four_digits_out(filed: Request, client: Client) -> None:
    address = reverse("cases:look-up")
    answers = [
        client.post(address, {"number": filed.public_number, "last_four": f"{n:04}"}).status_code
        for n in range(8)
    ]
    assert answers == [422] * 5 + [429] * 3
    assert client.post(address, {"number": filed.public_number, "last_four": "1234"}).status_code == 429


@pytest.mark.parametrize(
    "address", ["?page=-1", "?page=x", "?shown=nonsense&topic=';--", "?words=" + "长" * 500, "?late=maybe"]
)
def test_odd_filters_are_left_aside(office: Office, filed: Request, address: str) -> None:
    assert browser_of(office.officer).get(reverse("cases:list") + address).status_code == 200


def test_an_act_nobody_knows_is_not_found(office: Office, working: Request) -> None:
    browser = browser_of(office.unit)
    assert browser.post(reverse("cases:do", args=[working.pk, "explode"]), {}).status_code == 404
    assert browser.get(reverse("cases:do", args=[working.pk, "confirm"])).status_code == 302


@pytest.mark.parametrize(
    ("words", "found"), [("用地", 1), ("MES系统", 1), ("mes系统", 1), ("用地 mes", 1), ("用地 电", 0)]
)
def test_words_are_found_whatever_the_case_of_their_letters(
    office: Office, filed: Request, words: str, found: int
) -> None:
    Request.objects.filter(pk=filed.pk).update(title="厂房扩建缺用地指标", text="要上MES系统")
    assert listed(office.officer, {"words": words}).count() == found
