"""Columns of ticks under titles: known by their headers, or by what stands in them, and read cell by cell."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.tables import Checked
from lianzhang.tables.headings import heading
from lianzhang.tables.tick_columns import ticked
from lianzhang.tables.ticks import Ticks, take_ticks
from lianzhang.tables.values.ticks import read_ticks
from lianzhang.web.imports.title_words import title_words
from tests.tables.books import PACK, read_fast, xlsx

WORDS = title_words(PACK)
ONE, TWO = "聊城甲机械有限公司", "聊城乙机械有限公司"


def seen(*rows: list[Any], kind: str = "titles", merged: tuple[str, ...] = ()) -> tuple[Checked, Ticks]:
    checked = read_fast(xlsx(rows, merged=merged), kind, words=WORDS)
    return checked, take_ticks(checked)


@pytest.mark.parametrize("text", "是 有 √ ✓ ✔ ☑ ○ ◯ ● 1 １ 1.0 y YES V v TRUE ☑是□否 √是否 是√否□".split())  # noqa: SIM905
def test_a_tick_says_yes(text: str) -> None:
    assert read_ticks(pl.Series([text])).values.to_list() == ["是"]


@pytest.mark.parametrize("text", "否 无 × ✗ 0 ０ N no 没有 □ □是☑否 是□否√".split())  # noqa: SIM905
def test_a_cross_says_no(text: str) -> None:
    assert read_ticks(pl.Series([text])).values.to_list() == ["否"]


@pytest.mark.parametrize("text", ["", " ", "-", "/", "□是□否", "暂无"])
def test_a_blank_says_nothing(text: str) -> None:
    read = read_ticks(pl.Series([text]))
    assert read.values.to_list() == [None] and not read.refusals


@given(st.text(max_size=8))
def test_whatever_stands_there_is_yes_no_nothing_or_refused(text: str) -> None:
    read = read_ticks(pl.Series([text], dtype=pl.String))
    assert (read.values[0] in ("是", "否")) + bool(read.refusals) <= 1


@pytest.mark.parametrize(
    ("head", "title", "level", "asked"),
    [
        ("是否专精特新", "专精特新", "", True),
        ("是否为省级专精特新企业", "省级专精特新企业", "省级", True),
        ("是否被认定为高新技术企业", "高新技术企业", "", True),
        ("国家级专精特新“小巨人”企业（是/否）", "国家级专精特新“小巨人”企业", "国家级", True),
        ("单项冠军(是/否)", "单项冠军", "", True),
        ("瞪羚企业（√）", "瞪羚企业", "", True),
        ("瞪羚（请打“√”）", "瞪羚", "", True),
        ("是否高企", "高新技术企业", "", True),
        ("小巨人", "小巨人", "", False),
    ],
)
def test_a_header_asks_about_a_title_and_says_its_level(
    head: str, title: str, level: str, asked: bool
) -> None:
    found = ticked(heading(head), WORDS)
    assert (found.title, found.level, found.asked, found.known) == (title, level, asked, True)


@pytest.mark.parametrize(
    "head",
    [
        "是否上规",
        "是否有研发机构投入",
        "专精特新认定时间",
        "专精特新批次",
        "是否专精特新/瞪羚",
        "是否停产",
        "是否",
        "企业名称",
    ],
)
def test_a_header_that_asks_something_else_is_no_title(head: str) -> None:
    assert not ticked(heading(head), WORDS).known


def test_a_title_over_words_that_are_no_ticks_is_no_column_of_ticks() -> None:
    checked, _ = seen(
        ["企业名称", "称号", "小巨人"], [ONE, "瞪羚企业", "第五批"], [TWO, "瞪羚企业", "2023年"]
    )
    assert [column.field for column in checked.columns] == ["name", "title", ""]


def test_a_group_header_asks_and_tells_the_level_of_the_titles_below_it() -> None:
    checked, _ = seen(
        ["企业名称", "是否国家级", None, "是否省级", None],
        [None, "小巨人", "单项冠军", "专精特新", "瞪羚"],
        [ONE, "√", "", "√", "√"],
        merged=("A1:A2", "B1:C1", "D1:E1"),
    )
    assert checked.good.select("title", "level").rows() == [
        ("小巨人", "国家级"), ("专精特新", "省级"), ("瞪羚", "省级"),
    ]  # fmt: skip
    assert checked.good["row"].is_unique().all() and set(checked.parts.values()) == {3}


def test_what_else_a_list_says_goes_for_its_ticks_unless_it_names_a_title_of_its_own() -> None:
    checked, _ = seen(["企业名称", "是否瞪羚", "级别", "认定时间"], [ONE, "是", "省级", "2024"])
    assert checked.good.select("title", "level", "awarded").rows() == [("瞪羚", "省级", "2024")]
    checked, _ = seen(["企业名称", "称号", "认定时间", "是否瞪羚"], [ONE, "绿色工厂", "2024", "是"])
    assert checked.good.select("title", "awarded").rows() == [("绿色工厂", "2024"), ("瞪羚", None)]


def test_a_row_without_a_title_or_a_tick_is_told_and_nothing_is_made_of_it() -> None:
    checked, ticks = seen(["企业名称", "称号", "是否瞪羚"], [ONE, "", "否"], [TWO, "绿色工厂", ""])
    assert ticks.silent == [2] and checked.good["name"].to_list() == [TWO] and not checked.bad.any()
    assert ticks.denied.select("row", "title").rows() == [(2, "瞪羚")]


def test_templates_offer_no_column_of_ticks() -> None:
    from lianzhang.tables import need_kind, open_workbook
    from lianzhang.tables.templates import template

    for kind in ("titles", "enterprises"):
        book = open_workbook(template(need_kind(kind)), confined=False)
        assert not any("打勾" in text for text in book.sheets[0].row(0))
