"""Requests from a table: every bad row says why, good ones are filed together, and taken back together."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from lianzhang.casework import Role
from lianzhang.kernel import Conflict, NotAllowed
from lianzhang.tables.sheet import TableRefused
from lianzhang.web.cases.actions import act, file_table, receive_table, undo_table
from lianzhang.web.cases.models import Request, RequestTable
from lianzhang.web.journal.queries import verification
from lianzhang.web.registry import resolving
from tests.web.cases.conftest import Office
from tests.web.cases.test_pages import browser_of

pytestmark = pytest.mark.django_db

HEAD = "企业,事项,诉求,具体情况,联系人,联系电话"
GOOD = "测试机械有限公司,用地,缺30亩指标,二期已备案,王工,13800001234"


@pytest.fixture(autouse=True)
def names_read_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolving, "_kept", resolving._Kept())


def sheet(*rows: str) -> bytes:
    return "\n".join(["诉求登记表,,,,,", HEAD, *rows]).encode()


def reasons(staged: RequestTable) -> dict[int, str]:
    return {
        line["number"]: "；".join(one["zh"] for one in line["errors"])
        for line in staged.lines
        if line["errors"]
    }


def test_each_bad_row_says_all_that_is_wrong_with_it(office: Office) -> None:
    staged = receive_table(
        office.officer,
        "收集.csv",
        sheet(
            GOOD,
            GOOD,
            "没有这家公司,用地,别的,一,,",
            ",天气,,,,12",
            f"测试机械有限公司,用地,{'长' * 61},内容,,",
            "测试机械有限公司,,没写事项的归其他,,,",
        ),
    )
    said = reasons(staged)
    assert set(said) == {4, 5, 6, 7}
    assert said[4] == "与第3行重复" and "企业库里没有找到" in said[5] and "超过60字" in said[7]
    for part in ("没有写企业", "没有写诉求", "天气", "不像电话"):
        assert part in said[6]
    assert "13800001234" not in str(list(RequestTable.objects.values())) and not Request.objects.exists()


def test_the_good_rows_are_filed_once_and_keep_their_channel(office: Office) -> None:
    staged = receive_table(office.officer, "收集.csv", sheet(GOOD, "没有这家公司,用地,别的,一,,"))
    assert (file_table(office.officer, staged.pk), file_table(office.officer, staged.pk)) == (1, 1)
    row = Request.objects.get()
    assert (row.channel, row.topic, row.state, row.contact_name) == ("excel", "land", "submitted", "王工")
    assert row.promise is not None and row.table == staged and verification().whole
    again = receive_table(office.officer, "再次.csv", sheet(GOOD))
    assert f"已有在办的{row.number}" in reasons(again)[3]


def test_taking_back_declines_what_waits_and_leaves_what_is_in_hand(office: Office, at: Any) -> None:
    staged = receive_table(
        office.officer,
        "收集.csv",
        sheet(GOOD, GOOD.replace("缺30亩", "缺工"), GOOD.replace("缺30亩", "缺电")),
    )
    file_table(office.officer, staged.pk)
    first = Request.objects.order_by("number").first()
    assert first is not None
    act(office.officer, first.pk, "assign", {"unit": office.unit.organisation_id, "matter": "single"})
    assert undo_table(office.officer, staged.pk) == (2, 1)
    assert undo_table(office.officer, staged.pk) == (0, 0)
    assert sorted(Request.objects.values_list("state", flat=True)) == [
        "assigned",
        "not_accepted",
        "not_accepted",
    ]
    late = receive_table(office.officer, "晚.csv", sheet(GOOD.replace("缺30亩", "缺水")))
    file_table(office.officer, late.pk)
    at(days=8)
    with pytest.raises(Conflict, match="7天"):
        undo_table(office.officer, late.pk)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.4",
        b"\x89PNG\r\n",
        "甲,乙\n1,2".encode(),
        HEAD.encode(),
        sheet(*[GOOD] * 501),
        b"PK\x03\x04broken",
    ],
    ids=["empty", "pdf", "picture", "no header", "no rows", "too many", "broken"],
)
def test_what_is_no_such_table_is_refused_with_a_sentence_and_keeps_nothing(
    office: Office, data: bytes
) -> None:
    with pytest.raises(TableRefused):
        receive_table(office.officer, "x", data)
    assert not RequestTable.objects.exists()


def test_only_the_office_brings_tables_and_sees_its_own(office: Office, actor: Any) -> None:
    for one in (office.unit, office.county, office.firm, office.chief):
        with pytest.raises(NotAllowed):
            receive_table(one, "收集.csv", sheet(GOOD))
    staged = receive_table(office.officer, "收集.csv", sheet(GOOD))
    with pytest.raises(Http404):
        file_table(actor(Role.chain_officer), staged.pk)


def test_the_pages_lead_from_the_template_to_the_undo(office: Office) -> None:
    browser = browser_of(office.officer)
    assert browser.get("/requests/import/template.xlsx").content[:2] == b"PK"
    empty = SimpleUploadedFile("空.csv", b"")
    assert browser.post("/requests/import/", {"file": empty}).status_code == 422
    sent = browser.post("/requests/import/", {"file": SimpleUploadedFile("收集.csv", sheet(GOOD, ",,,,,x"))})
    address = sent["Location"]
    page = browser.get(address).content.decode()
    assert "可登记1行，不能登记1行" in page and "没有写企业" in page
    assert (
        browser.post(f"{address}file/").status_code == 302
        and "诉求〔2026〕" in browser.get(address).content.decode()
    )
    browser.post(f"{address}undo/")
    assert "这张表已撤销" in browser.get(address).content.decode()
    assert "收集.csv" in browser.get("/requests/import/").content.decode()
