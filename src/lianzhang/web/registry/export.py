"""The list of enterprises as a table for Excel and WPS: UTF-8 with a byte-order mark, no cell that runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from lianzhang.kernel import clock
from lianzhang.web.facts.export import safe
from lianzhang.web.registry import words
from lianzhang.web.registry.listing import titles_of

_AT_ONCE = 500


def rows_of(rows: Iterable[Any], *, filters: str, by: str) -> Iterator[bytes]:
    """The file piece by piece: what the table is, the head, one line an enterprise."""
    yield b"\xef\xbb\xbf"
    for label, value in (
        (gettext("表名"), gettext("企业名录")),
        (gettext("数据截至"), clock.today().isoformat()),
        (gettext("筛选条件"), filters or gettext("无")),
        (gettext("导出人"), by),
        (gettext("导出时间"), f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        (gettext("标识"), gettext("内部资料")),
    ):
        yield _line([label, value])
    yield _line(_head())
    piece: list[Any] = []
    for row in rows:
        piece.append(row)
        if len(piece) == _AT_ONCE:
            yield from _lines(piece)
            piece = []
    yield from _lines(piece)


def _lines(rows: list[Any]) -> Iterator[bytes]:
    held = titles_of(row.pk for row in rows)
    for row in rows:
        yield _line(_cells(row, held.get(row.pk, [])))


def _head() -> list[str]:
    return [
        gettext("编号"),
        gettext("企业名称"),
        gettext("统一社会信用代码"),
        gettext("代码校验"),
        gettext("县（市、区）"),
        gettext("行业代码"),
        gettext("产品"),
        gettext("称号"),
        gettext("可靠程度"),
        gettext("备注"),
        gettext("样例"),
        gettext("来源"),
    ]


def _cells(row: Any, held: list[tuple[str, str]]) -> list[str]:
    checked = gettext("通过") if row.code_verified else gettext("未通过")
    joint = gettext("、")
    return [
        row.pk,
        row.name,
        # Spreadsheets turn eighteen digits into a rounded number unless something tells them not to.
        f"\t{row.credit_code}" if row.credit_code.isdigit() else row.credit_code,
        checked if row.credit_code else "",
        words.region(row.region),
        row.industry_codes,
        joint.join(row.products.split("\n")) if row.products else "",
        joint.join(f"{title}（{words.title_state(state)}）" for title, state in held),
        words.doubt(row.doubt),
        row.remark,
        gettext("是") if row.sample else "",
        row.recording.source,
    ]


def _line(cells: Iterable[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(
        [cell if cell[:1] == "\t" and cell[1:].isalnum() else safe(cell) for cell in cells]
    )
    return text.getvalue().encode("utf-8")
