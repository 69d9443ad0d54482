"""Minutes and papers as Word files: the look of official documents, and nothing that was not recorded."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from lianzhang.web.meetings.actions import act, add_item, answer_item, decide_item, leave_undecided
from lianzhang.web.meetings.models import Meeting
from tests.web.cases.conftest import Office
from tests.web.cases.test_pages import browser_of

pytestmark = pytest.mark.django_db


def opened(response: Any) -> Any:
    assert response.status_code == 200 and "docx" in response["Content-Disposition"]
    return docx.Document(io.BytesIO(response.content))


def lines(paper: Any) -> list[str]:
    return [paragraph.text for paragraph in paper.paragraphs]


def test_minutes_hold_each_decision_with_owner_and_date(office: Office, meeting: Meeting, item: Any) -> None:
    other = add_item(office.officer, meeting.pk, "第二项议题")
    act(office.officer, meeting.pk, "send_papers", {})
    act(office.chief, meeting.pk, "agree", {})
    address = f"/meetings/{meeting.pk}/minutes.docx"
    assert "会议纪要（草稿，未签发）" in lines(opened(browser_of(office.chief).get(address)))
    assert browser_of(office.unit).get(address).status_code == 404
    act(office.officer, meeting.pk, "hold", {})
    lead = office.organisation("unit")
    decide_item(
        office.officer, meeting.pk, item.pk, text="四月底前定归类\x0b", lead=lead, day=date(2026, 4, 30)
    )
    leave_undecided(office.officer, meeting.pk, other.pk, "材料不足")
    act(office.chief, meeting.pk, "sign", {})
    said = lines(opened(browser_of(office.chief).get(address)))
    assert said[0] == "会议纪要" and said[2] == "四月双月协商"
    assert any("四月底前定归类（主办：测试自然资源局；时限：2026年4月30日" in line for line in said)
    assert "二、第二项议题" in said and "未形成决定：材料不足。" in said


def test_papers_hold_the_facts_and_the_written_answers_and_are_not_for_units(
    office: Office, meeting: Meeting, item: Any
) -> None:
    act(office.officer, meeting.pk, "send_papers", {})
    answer_item(office.unit, meeting.pk, item.pk, "已约海关会商")
    address = f"/meetings/{meeting.pk}/agenda.docx"
    said = lines(opened(browser_of(office.officer).get(address)))
    assert said[0] == "四月双月协商议程和材料" and any("已约海关会商" in line for line in said)
    for reader in (office.unit, office.county):
        assert browser_of(reader).get(address).status_code in (403, 404)
    assert browser_of(office.officer).get(f"/meetings/{meeting.pk}/other.docx").status_code == 404


def test_the_look_is_that_of_official_documents(office: Office, meeting: Meeting) -> None:
    paper = opened(browser_of(office.officer).get(f"/meetings/{meeting.pk}/minutes.docx"))
    section = paper.sections[0]
    assert [round(one.mm) for one in (section.page_width, section.page_height, section.top_margin)] == [
        210,
        297,
        37,
    ]
    body = paper.paragraphs[3]
    assert body.paragraph_format.line_spacing == Pt(28) and body.paragraph_format.first_line_indent == Pt(32)
    run = body.runs[0]
    assert run.font.size == Pt(16) and run._element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"
    assert "PAGE" in section.footer._element.xml and paper.core_properties.author == ""
