"""A table of requests as it came: which column is what, which firm each row means, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lianzhang.casework import Actor
from lianzhang.kernel import Text
from lianzhang.tables.opening import open_workbook
from lianzhang.tables.sheet import Sheet, TableRefused
from lianzhang.web.cases.contact import PHONE
from lianzhang.web.cases.firms import Firm, meant
from lianzhang.web.cases.models import Request
from lianzhang.web.flow import rules

#: Rows of one table; larger ones are split by hand, so that somebody looks at each.
MOST_ROWS = 500
#: How far down a header is looked for.
_HEADER_WITHIN = 10
#: What the columns are called, the first name being the one of the template.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "firm": ("企业", "企业名称", "单位名称", "公司名称", "统一社会信用代码"),
    "topic": ("事项", "事项类别", "诉求类别", "类别"),
    "title": ("诉求", "标题", "诉求标题", "问题"),
    "text": ("具体情况", "诉求内容", "内容", "问题描述", "情况说明"),
    "wish": ("希望怎样解决", "希望", "建议"),
    "contact_name": ("联系人",),
    "phone": ("联系电话", "电话", "手机"),
}
_LONGEST = {
    "firm": 200,
    "topic": 40,
    "title": 60,
    "text": 5000,
    "wish": 1000,
    "contact_name": 40,
    "phone": 20,
}
_SIGNS = re.compile(r"[\s*＊（(].*$|[\s:：]+$")


@dataclass(slots=True)
class Line:
    """One row of the table; `errors` is empty when it can be filed."""

    number: int
    given: dict[str, str]
    firm: Firm | None = None
    errors: list[Text] = field(default_factory=list)


def read(actor: Actor, data: bytes) -> list[Line]:
    """The rows of the first sheet with their firms and faults. Raises TableRefused for what is no such table."""
    sheet = open_workbook(data).sheets[0]
    top, places = _header(sheet)
    rows = [(n, sheet.cells.row(n)) for n in range(top + 1, sheet.cells.height)]
    filled = [(n, cells) for n, cells in rows if any(cell and str(cell).strip() for cell in cells)]
    if not filled:
        raise TableRefused(Text("表头下面没有内容。", "Nothing stands below the header."))
    if len(filled) > MOST_ROWS:
        raise TableRefused(
            Text(
                f"有{len(filled)}行，一次最多{MOST_ROWS}行。",
                f"{len(filled)} rows; {MOST_ROWS} at most at a time.",
            ),
            Text("请分成几份。", "Split the table."),
        )
    return _checked(actor, [_line(n, cells, places) for n, cells in filled])


def _header(sheet: Sheet) -> tuple[int, dict[str, int]]:
    for n in range(min(_HEADER_WITHIN, sheet.cells.height)):
        names = [_SIGNS.sub("", name) for name in sheet.row(n)]
        places = {}
        for key, known in COLUMNS.items():
            at = next((names.index(name) for name in known if name in names), None)
            if at is not None:
                places[key] = at
        if "firm" in places and ("title" in places or "text" in places):
            return n, places
    raise TableRefused(
        Text(
            "没有找到表头：至少要有“企业”和“诉求”两列。",
            "No header: it needs the columns 企业 and 诉求 at least.",
        ),
        Text("请下载模板，把内容粘进去。", "Download the template and paste the rows into it."),
    )


def _line(n: int, cells: tuple[Any, ...], places: Mapping[str, int]) -> Line:
    given = {key: str(cells[at] or "").replace("\x00", "").strip() for key, at in places.items()}
    return Line(n + 1, {key: given.get(key, "") for key in COLUMNS})


def _checked(actor: Actor, lines: list[Line]) -> list[Line]:
    topics = rules.presets("request").words["topics"]
    by_word = {word: key for key, text in topics.items() for word in (key, text.zh, text.en)}
    firms: dict[str, tuple[Firm | None, list[Firm]]] = {}
    seen: dict[tuple[Any, ...], int] = {}
    for line in lines:
        given, errors = line.given, line.errors
        for key, most in _LONGEST.items():
            if len(given[key]) > most and not (key == "title" and not given["text"]):
                errors.append(
                    Text(
                        f"“{COLUMNS[key][0]}”超过{most}字",
                        f"{COLUMNS[key][0]} is longer than {most} characters",
                    )
                )
        given["text"] = given["text"] or given["title"]
        given["title"] = (given["title"] or given["text"])[:60]
        if not given["title"]:
            errors.append(Text("没有写诉求", "no request is written"))
        topic = by_word.get(given["topic"] or "other")
        if topic is None:
            known = "、".join(text.zh for text in topics.values())
            errors.append(
                Text(
                    f"事项“{given['topic'][:20]}”不认识，可填：{known}", f"unknown topic; known are: {known}"
                )
            )
        given["topic"] = topic or ""
        if given["phone"] and not PHONE.match(given["phone"]):
            errors.append(Text("联系电话不像电话", "the telephone number looks like none"))
        _find_firm(actor, line, firms)
        _refuse_double(line, seen)
    return lines


def _find_firm(actor: Actor, line: Line, firms: dict[str, tuple[Firm | None, list[Firm]]]) -> None:
    words = line.given["firm"][:200]
    if not words:
        line.errors.append(Text("没有写企业", "no firm is named"))
        return
    if words not in firms:
        firms[words] = meant(actor, words)
    line.firm, may_be = firms[words]
    if line.firm is None and may_be:
        names = "、".join(firm.name for firm in may_be[:3])
        line.errors.append(
            Text(f"有几家可能：{names}；请写全称", f"several firms may be meant: {names}; give the full name")
        )
    elif line.firm is None:
        line.errors.append(Text("企业库里没有找到这家企业", "the registry has no such firm"))


def _refuse_double(line: Line, seen: dict[tuple[Any, ...], int]) -> None:
    firm = line.firm
    if firm is None or not line.given["title"]:
        return
    organisation = firm.organisation.pk if firm.organisation else None
    record = firm.enterprise.pk if firm.enterprise else None
    key = (organisation, record, line.given["title"])
    if key in seen:
        line.errors.append(Text(f"与第{seen[key]}行重复", f"the same as row {seen[key]}"))
        return
    seen[key] = line.number
    known = Request.objects.filter(title=line.given["title"]).exclude(
        state__in=("draft", "not_accepted", "withdrawn", "closed", "rated", "merged")
    )
    known = known.filter(firm=organisation) if organisation else known.filter(enterprise=record)
    if (number := known.values_list("number", flat=True).first()) is not None:
        line.errors.append(Text(f"已有在办的{number}", f"{number} is open already"))
