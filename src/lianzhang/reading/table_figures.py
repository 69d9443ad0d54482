"""What the cells of a pasted table state, each under its header and for the body of its row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from lianzhang.kernel import Change, ClaimKind, Period, PeriodKind, Qualifier
from lianzhang.reading.amounts import Amount
from lianzhang.reading.draft import Draft
from lianzhang.reading.lexicon import Lexicon
from lianzhang.reading.measured import MeasuredThings
from lianzhang.reading.numerals import digits_number
from lianzhang.reading.pasted_tables import Cell, PastedTable
from lianzhang.reading.periods import StatedPeriod

_UNIT = re.compile(r"\((?P<unit>[^()]{1,8})\)$|[,/]?(?P<percent>±?%)$")
#: A rate of growth, of the thing told before it or of the column before: 增加值增速, 同比增长.
_GROWTH = re.compile(
    "(?:(?P<base>同比|比上年|较上年|环比|较上月)?±?(?:增长率?|增速|增幅|增减|升降|涨跌)|(?P<alone>同比|环比)幅?)(?:±)?$"
)
_RANK = re.compile("(?:位次|排名|名次|排位)$")
#: Heads of columns that name a stretch of time or a sum and no thing: 累计, 1-9月.
_VALUE_HEAD = re.compile(
    r"(?:本月|当月|本期|累计|绝对额|绝对量|总量|完成|数值|实绩|[\d年月季度上下半前一二三四至\-—~]+)+(?:数|值|止)?$"
)
#: 1-9月累计产值, 2024年产值, 本月产值: when, in front of what.
_TIME = re.compile(
    r"^(?:(?:20\d\d年|今年|去年)?(?:\d{1,2}月?[-—~至]\d{1,2}月|\d{1,2}月|[上下]半年|[一二三四]季度|前三季度|全年)?(?:份|底|末)?"
    r"(?:累计|本月|当月)?)(?=[\u3400-\u9fff]{2}|$)"
)
_THIS_MONTH = re.compile("[本当]月")
_AIM = re.compile("目标|计划|任务数")
_INDICATORS = re.compile("指标|项目|指标名称|主要指标|统计指标")
_SCALE = re.compile("^(?:万亿|百万|千万|十万|[百千万亿])")
#: 合计 is of nobody by itself; the place of the text has it.
_ALL = re.compile("(?:合计|总计|全[市县区]|全部|[市县区]合计|总数)")


@dataclass(frozen=True, slots=True)
class Column:
    """What one column states: a value in `unit`, a change of `thing`, or a rank by it."""

    thing: str
    unit: str
    kind: str
    base: str = ""
    sure: bool = True


class TableFigures:
    """Reads the tables of one reading copy."""

    def __init__(
        self,
        text: str,
        lexicon: Lexicon,
        things: MeasuredThings,
        periods: Sequence[StatedPeriod],
        place_of: Callable[[str, int], str],
    ) -> None:
        self._text = text
        self._lexicon = lexicon
        self._things = things
        self._periods = periods
        self._place_of = place_of

    def drafts(self, table: PastedTable, main: str) -> Iterator[Draft]:
        """Every figure of the table; `main` is the place that the text is about."""
        if _INDICATORS.fullmatch(table.header[0].text):
            yield from self._by_indicator(table, main)
            return
        columns = self._columns(table.header[1:], table.unit)
        for row in table.rows:
            subject, support = self._subject(row[0], main, table)
            if not subject:
                continue
            before: Draft | None = None
            for head, cell, column in zip(table.header[1:], row[1:], columns, strict=True):
                if column is None or not _is_number(cell):
                    before = None if column is None or column.kind == "value" else before
                    continue
                draft = self._draft(column, row[0], cell, before)
                if draft is before:
                    continue
                draft.subject, draft.subject_support = subject, support
                draft.period, draft.period_support = self._period(table, head)
                before = draft if column.kind == "value" else before
                yield draft

    def _by_indicator(self, table: PastedTable, main: str) -> Iterator[Draft]:
        """A table with an indicator to each row: 指标, 单位, 累计, 同比增长(%)."""
        with_units = table.header[1].text == "单位"
        for row in table.rows:
            name = f"{row[0].text}({row[1].text})" if with_units else row[0].text
            column = self._column(name, table.unit)
            before: Draft | None = None
            for head, cell in list(zip(table.header, row, strict=True))[2 if with_units else 1 :]:
                growth = _GROWTH.search(_bare(head.text))
                valued = _VALUE_HEAD.fullmatch(_bare(head.text)) is not None
                if not _is_number(cell) or growth is None and not valued or column is None and growth is None:
                    continue
                thing = column.thing if column is not None else _bare(name)
                own = Column(thing, "%", "change", _base(growth)) if growth is not None else column
                draft = self._draft(own, row[0], cell, before) if own is not None else None
                if draft is None or draft is before:
                    continue
                draft.subject, draft.subject_support = main, "title" if main else "none"
                draft.period, draft.period_support = self._period(table, head)
                before = draft if growth is None else before
                yield draft

    def _columns(self, header: Sequence[Cell], common: str) -> list[Column | None]:
        columns: list[Column | None] = []
        last = ""
        for cell in header:
            column = self._column(cell.text, common)
            if column is not None and not column.thing:
                # A rank behind a rate of growth is by that, and one that says nothing else is never sure.
                before = columns[-1] if columns else None
                grew = column.kind == "rank" and before is not None and before.kind == "change"
                column = replace(column, thing=f"{last}增速" if grew else last, sure=column.kind != "rank")
                column = column if last else None
            elif column is not None and column.thing in ("占比", "比重"):
                column = replace(column, thing=f"{last}{column.thing}", sure=False)
            elif column is None or column.kind == "value":
                last = column.thing if column is not None else ""
            columns.append(column)
        return columns

    def _column(self, head: str, common: str) -> Column | None:
        """What the head of a column says it holds; None where it does not say enough."""
        told = _UNIT.search(head)
        unit = (told["unit"] or told["percent"]).replace("±", "") if told is not None else ""
        thing = _TIME.sub("", _bare(head))
        growth = _GROWTH.search(thing)
        if growth is not None and unit in ("", "%"):
            return Column(thing[: growth.start()].rstrip(",、 "), "%", "change", _base(growth))
        if rank := _RANK.search(thing):
            return Column(thing[: rank.start()].rstrip(",、 "), "位", "rank")
        unit = unit or ("%" if thing.endswith(("率", "占比", "比重")) else common)
        if _SCALE.sub("", unit) not in self._lexicon.units or not thing or _VALUE_HEAD.fullmatch(thing):
            return None
        return Column(thing, unit, "value")

    def _draft(self, column: Column, name: Cell, cell: Cell, before: Draft | None) -> Draft:
        """The figure of one cell; a change is added to the value of its own row where that stands before it."""
        value = _value(cell)
        if column.kind == "change":
            change = Change(value, Qualifier.EXACT, base=column.base)
            known = self._things.before(column.thing, None)
            if (
                before is not None
                and before.change is None
                and before.indicator == (known.name or column.thing)
            ):
                before.change, before.end = change, cell.end
                before.numbers.append((cell.start, cell.end))
                return before
            draft = self._bare(name, cell, known.name or column.thing, known.known)
            draft.change = change
            return draft
        if column.kind == "rank":
            draft = self._bare(name, cell, f"{column.thing}位次", column.sure)
            draft.kind, draft.value, draft.unit = ClaimKind.RANK, value, "位"
            return draft
        kind = self._lexicon.units[_SCALE.sub("", column.unit)]
        token = Amount(
            cell.start,
            cell.end,
            cell.start,
            cell.start,
            value,
            None,
            None,
            column.unit,
            kind,
            Qualifier.EXACT,
            False,
        )
        measured = self._things.before(column.thing, token)
        counted = kind in ("bodies", "people", "items", "goods") and not measured.thing
        indicator = measured.name or column.thing
        if counted and not indicator.endswith(("数", "量")):
            indicator += "数"
        draft = self._bare(name, cell, indicator, measured.known and column.sure)
        draft.kind = (
            ClaimKind.SHARE if indicator.endswith(("占比", "比重")) else self._things.kind(measured, token)
        )
        draft.kind = ClaimKind.METRIC if draft.kind is ClaimKind.PROJECT else draft.kind
        draft.title, draft.level = measured.title, measured.level
        draft.value, draft.unit = value, column.unit
        draft.planned = _AIM.search(column.thing) is not None and not column.thing.endswith("率")
        return draft

    def _bare(self, name: Cell, cell: Cell, indicator: str, known: bool) -> Draft:
        return Draft(
            start=name.start,
            end=cell.end,
            kind=ClaimKind.METRIC,
            indicator=indicator,
            known=known,
            number_start=cell.start,
            number_end=cell.end,
            numbers=[(cell.start, cell.end)],
        )

    def _subject(self, name: Cell, main: str, table: PastedTable) -> tuple[str, str]:
        if _ALL.fullmatch(name.text):
            place = self._place_of(name.text, name.start) or main
            # The sum is of none of the places that it sums up.
            listed = any(
                self._place_of(row[0].text, row[0].start) == place for row in table.rows if row[0] is not name
            )
            return (name.text, "weak") if listed or not place else (place, "pronoun")
        place = self._place_of(name.text, name.start)
        if place:
            return place, "named"
        return name.text, "named" if self._things.is_body(name.text) else "weak"

    def _period(self, table: PastedTable, head: Cell) -> tuple[Period | None, str]:
        """The period that the column's head tells, else the caption's, told last above the header."""
        own = [
            told for told in self._periods if head.start <= told.start < head.end and told.period is not None
        ]
        above = [
            told
            for told in self._periods
            if table.start <= told.start < table.begin and told.period is not None
        ]
        above = [told for told in above if told.role in ("time", "asof")]
        caption = above[-1] if above else None
        if own and (own[-1].explicit or caption is None):
            return own[-1].period, "guessed" if own[-1].guessed else "sentence"
        if caption is None or caption.period is None:
            return None, "none"
        end = caption.period.end
        if own:
            # 全年目标 in a table of 2025: the year is the caption's.
            whole = own[-1].period is not None and own[-1].period.kind is PeriodKind.YEAR
            same = own[-1].period is not None and own[-1].period.end.year == end.year
            period = Period.year(end.year) if whole else own[-1].period if same else None
            return period, "sentence" if period is not None else "none"
        if _THIS_MONTH.search(head.text):
            return Period.month(end.year, end.month), "sentence"
        if "累计" in head.text and caption.period.kind is PeriodKind.MONTH:
            return Period.months(end.year, 1, end.month), "sentence"
        return caption.period, "guessed" if caption.guessed else "sentence"


def _bare(head: str) -> str:
    """The head of a column without its unit."""
    return _UNIT.sub("", head).strip()


def _base(growth: re.Match[str]) -> str:
    word = growth["base"] or growth["alone"] or ""
    return "环比" if word in ("环比", "较上月") else "同比" if word else ""


def _is_number(cell: Cell) -> bool:
    return cell.text[-1:].isdigit() or cell.text.endswith("%")


def _value(cell: Cell) -> Decimal:
    return digits_number(cell.text.rstrip("%").lstrip("+"))
