"""Papers of a consultation as Word files in the look of official documents (GB/T 9704-2012).

A4 with the type area of the standard (156 × 225 mm, top margin 37 mm, inner margin 28 mm), 22 lines of 28 points, body
in 仿宋 三号 (16 pt), title in 小标宋 二号 (22 pt), first headings in 黑体, page numbers — 1 — in 宋体 四号 (14 pt).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

_BODY, _TITLE, _HEADING, _NUMBER = "仿宋", "方正小标宋简体", "黑体", "宋体"
#: Three, two and four of the Chinese sizes of type.
_THREE, _TWO, _FOUR = Pt(16), Pt(22), Pt(14)
#: The media type of the files.
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def minutes(meeting: Any, items: Iterable[Any], *, signed: bool) -> bytes:
    """The minutes: who met when and where, what was decided on each item, who was there."""
    paper = _paper()
    _line(paper, "会议纪要" if signed else "会议纪要（草稿，未签发）", font=_HEADING, size=_TWO, centred=True)
    _line(paper, str(meeting.number or ""), centred=True)
    _line(paper, meeting.title, font=_TITLE, size=_TWO, centred=True)
    day = day_in_chinese(meeting.planned)
    chain = meeting.chain.full_name if meeting.chain else "产业链"
    chair, place = meeting.chair or "＿＿", meeting.place or "＿＿"
    _line(paper, f"{day}，{chair}在{place}主持召开会议，协商{chain}有关事项。纪要如下：", indented=True)
    for number, item in enumerate(items, 1):
        _line(paper, f"{_chinese(number)}、{item.title}", font=_HEADING, indented=True)
        decided = list(item.resolutions.all())
        for one in decided:
            done = f"；完成标准：{one.measure_of_done}" if one.measure_of_done else ""
            _line(
                paper,
                f"{one.text}（主办：{one.lead}；时限：{day_in_chinese(one.planned)}{done}）",
                indented=True,
            )
        if not decided:
            _line(
                paper,
                f"未形成决定：{item.no_decision}。" if item.no_decision else "【缺决定】",
                indented=True,
            )
    _line(paper, f"出席：{meeting.attendants or '＿＿＿＿'}", indented=True)
    return _bytes(paper)


def agenda(meeting: Any, items: Iterable[Any]) -> bytes:
    """The papers before the day: each item with why it is there, the facts, and the unit's written answer."""
    paper = _paper()
    _line(paper, f"{meeting.title}议程和材料", font=_TITLE, size=_TWO, centred=True)
    _line(paper, f"（{day_in_chinese(meeting.planned)}，{meeting.place or '地点待定'}）", centred=True)
    for number, item in enumerate(items, 1):
        _line(paper, f"{_chinese(number)}、{item.title}", font=_HEADING, indented=True)
        for said in (item.why.get("zh", ""), *item.brief.splitlines()):
            if said.strip():
                _line(paper, said.strip(), indented=True)
        asked = f"{item.asked}书面答复：" if item.asked else "书面答复："
        _line(paper, f"{asked}{item.answer or '（尚未答复）'}", indented=True)
    return _bytes(paper)


def _paper() -> Any:
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    # The standard template of the library names a stranger as its author.
    paper.core_properties.author, paper.core_properties.comments = "", ""
    _number_pages(section)
    return paper


def _line(
    paper: Any,
    text: str,
    *,
    font: str = _BODY,
    size: Any = _THREE,
    centred: bool = False,
    indented: bool = False,
) -> None:
    paragraph = paper.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indented:
        shape.first_line_indent = size * 2
    _write(paragraph, "".join(sign for sign in text if sign >= " "), font, size)


def _write(paragraph: Any, text: str, font: str, size: Any) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, size
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    return run


def _number_pages(section: Any) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(paragraph, "— ", _NUMBER, _FOUR)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._element.append(field)
    _write(paragraph, " —", _NUMBER, _FOUR)


def day_in_chinese(day: date | None) -> str:
    """A day as papers write it."""
    return f"{day.year}年{day.month}月{day.day}日" if day is not None else "日期待定"


def _chinese(number: int) -> str:
    """A heading's number up to ninety-nine: 一, 十一, 二十."""
    digits: Sequence[str] = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return head + (digits[ones] if ones or not tens else "")


def _bytes(paper: Any) -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()
