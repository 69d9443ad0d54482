"""Facts as a table for Excel and WPS: UTF-8 with a byte-order mark, and no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from lianzhang.kernel.quantity import plain
from lianzhang.web.facts import words
from lianzhang.web.ui.figures import period_label

#: Signs with which a spreadsheet begins a formula (OWASP), half and full width.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def rows_of(facts: Iterable[Any], *, about: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    """The file piece by piece: a byte-order mark, what the table is, the head, one line a fact."""
    yield b"\xef\xbb\xbf"
    for label, value in about:
        yield _line([label, value])
    yield _line(_head())
    for fact in facts:
        yield _line(_cells(fact))


def about(*, filters: str, by: str) -> list[tuple[str, str]]:
    """The lines above the head: what the table is, who took it out, and when."""
    return [
        (gettext("表名"), gettext("已入库数据")),
        (gettext("筛选条件"), filters or gettext("无")),
        (gettext("导出人"), by),
        (gettext("导出时间"), f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        (gettext("标识"), gettext("内部资料")),
    ]


def safe(cell: Any) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.strip(" \u3000").startswith(_FORMULA) or text.startswith(_FORMULA) else text


def _head() -> list[str]:
    return [
        gettext("主体"),
        gettext("指标"),
        gettext("类别"),
        gettext("数值"),
        gettext("下限"),
        gettext("上限"),
        gettext("单位"),
        gettext("程度"),
        gettext("变化（%）"),
        gettext("与谁比"),
        gettext("时期"),
        gettext("时期代码"),
        gettext("称号"),
        gettext("级别"),
        gettext("细分领域"),
        gettext("项目名称"),
        gettext("计划"),
        gettext("范围"),
        gettext("产业链"),
        gettext("数据截至"),
        gettext("来源"),
        gettext("原文"),
        gettext("人工录入"),
        gettext("接受人"),
        gettext("接受时间"),
    ]


def _cells(fact: Any) -> list[Any]:
    """Numbers stay numbers: only text can be mistaken for a formula."""
    document = fact.claim.document if fact.claim else None
    chain = fact.chain.name_en if words.is_english() else fact.chain.name
    yes = gettext("是")
    return [
        fact.subject,
        fact.indicator,
        words.kinds().get(fact.kind, fact.kind),
        _Number(plain(fact.value)),
        _Number(plain(fact.low)),
        _Number(plain(fact.high)),
        fact.unit,
        fact.qualifier,
        _Number(plain(fact.change_pct)),
        fact.change_base,
        period_label(fact.period),
        fact.period,
        fact.title,
        fact.level,
        fact.sub_field,
        fact.project,
        yes if fact.planned else "",
        fact.scope,
        chain,
        fact.as_of.isoformat() if fact.as_of else "",
        (document.title or document.name) if document else "",
        fact.claim.quote if fact.claim else "",
        yes if fact.typed_by_id else "",
        fact.accepted_by.name,
        f"{timezone.localtime(fact.accepted_at):%Y-%m-%d %H:%M}",
    ]


class _Number(str):
    """Digits that we wrote ourselves; a leading minus is no formula."""

    __slots__ = ()


def _line(cells: Iterable[Any]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow([cell if isinstance(cell, _Number) else safe(cell) for cell in cells])
    return text.getvalue().encode("utf-8")
