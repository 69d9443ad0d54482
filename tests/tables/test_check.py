"""Whole tables: every planted error is found, nothing else is, and each is named where it stands."""

from __future__ import annotations

import io
import random
import sys
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from lianzhang.tables import Checked
from tests.tables.books import code, csv, digits_code, read, read_fast, xlsx

HEAD = [
    "统一社会信用代码",
    "企业名称",
    "县区",
    "行业代码",
    "成立日期",
    "注册资本（万元）",
    "登记状态",
    "联系电话",
]


def good_row(number: int) -> list[str]:
    return [
        code(number),
        f"聊城样例{number}号机械有限公司",
        ["高唐县", "371526", "临清市", "茌平县"][number % 4],
        ["3571", "3514", "C3831"][number % 3],
        ["2012-05-18", "2012/5/18", "2012年5月18日", "20120518"][number % 4],
        ["1,200.5", "５００", "3000", "-"][number % 4],
        ["存续", "在业", "注销"][number % 3],
        "0635-1234567",
    ]


FAULTS = {
    "code_check": (0, lambda row: row[0][:17] + ("0" if row[0][17] != "0" else "1")),
    "code_form": (0, lambda row: row[0][:16]),
    "code_as_number": (0, lambda row: "9.137E+17"),
    "missing": (1, lambda row: "　"),
    "county": (2, lambda row: "聊城"),
    "industry": (3, lambda row: "机械"),
    "date_form": (4, lambda row: "2023-02-30"),
    "date_future": (4, lambda row: "2031-01-01"),
    "amount_negative": (5, lambda row: "-5"),
    "amount_form": (5, lambda row: "一百万"),
    "choice": (6, lambda row: "搬走了"),
    "phone_form": (7, lambda row: "找张三"),
}


def planted(rows: int, bad: int, seed: int = 1) -> tuple[list[list[str]], dict[int, str]]:
    """A table and which of its spreadsheet rows hold which error."""
    rng = random.Random(seed)
    table = [good_row(number) for number in range(rows)]
    truth: dict[int, str] = {}
    for place, index in enumerate(sorted(rng.sample(range(1, rows), bad))):
        rule = [*FAULTS, "duplicate"][place % (len(FAULTS) + 1)]
        if rule == "duplicate":
            table[index][0] = table[index - 1][0]
        else:
            column, spoil = FAULTS[rule]
            table[index][column] = spoil(table[index])
        truth[index + 2] = rule
    return table, truth


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_of_two_thousand_rows_exactly_the_thirty_seven_bad_ones_are_reported(form: str) -> None:
    table, truth = planted(2000, 37)
    data = (
        csv([HEAD, *([f'"{cell}"' for cell in row] for row in table)])
        if form == "csv"
        else xlsx([HEAD, *table])
    )
    checked = read(data) if form == "csv" else read_fast(data)
    assert {fault.row: fault.rule for fault in checked.faults()} == truth
    assert (checked.total, checked.bad_rows, checked.good.height) == (2000, 37, 1963)


@given(st.integers(0, 10**6), st.integers(1, 40))
@settings(max_examples=25, deadline=None)
def test_whatever_is_planted_where_is_found_there(seed: int, bad: int) -> None:
    table, truth = planted(60, bad, seed)
    checked = read(csv([HEAD, *([f'"{cell}"' for cell in row] for row in table)]))
    assert {fault.row: fault.rule for fault in checked.faults()} == truth


def test_good_rows_and_no_others_are_written_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[Checked.__module__], "_PIECE", 7)
    rows = [good_row(number) for number in range(40)]
    for number in (0, 13, 14, 39):
        rows[number][4] = "去年"
    checked = read_fast(xlsx([HEAD, *rows]))
    checked.write_good(tmp_path / "good.parquet")
    assert pl.read_parquet(tmp_path / "good.parquet").equals(checked.good)
    assert checked.good.height == 36


def test_a_code_that_a_spreadsheet_turned_into_a_number_is_named_as_that() -> None:
    lost = digits_code(12345)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD[:2])
    sheet.append([int(lost), "甲样例有限公司"])
    sheet.append([float(lost), "乙样例有限公司"])
    sheet.append([digits_code(99999), "丙样例有限公司"])
    out = io.BytesIO()
    book.save(out)
    checked = read_fast(out.getvalue())
    assert {fault.row: fault.rule for fault in checked.faults()} == {2: "code_as_number", 3: "code_as_number"}
    assert checked.good["credit_code"].to_list() == [digits_code(99999)]


def test_codes_of_digits_that_happen_to_be_multiples_stay_sound_when_they_are_text() -> None:
    sound = [found for number in range(1, 3000) if int(found := digits_code(number * 7)) % 128 == 0][:5]
    checked = read_fast(
        xlsx([HEAD[:2], *([text, f"样例{place}有限公司"] for place, text in enumerate(sound))])
    )
    assert sound and checked.bad_rows == 0


def test_formulas_without_a_result_and_error_cells_are_named_and_results_are_taken() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for column, name in enumerate(["企业名称", "注册资本"]):
        sheet.write_string(0, column, name)
    for row, (formula, result) in enumerate([("=1+1", 2), ("=1+1", ""), ("=1/0", "#DIV/0!")], 1):
        sheet.write_string(row, 0, f"样例{row}有限公司")
        sheet.write_formula(row, 1, formula, None, result)
    book.close()
    checked = read_fast(out.getvalue())
    assert {fault.row: fault.rule for fault in checked.faults()} == {3: "formula", 4: "formula_error"}
    assert [int(value) for value in checked.good["capital"]] == [2]


def test_text_that_looks_like_a_command_stays_text() -> None:
    text = "=cmd|' /C calc'!A0"
    checked = read_fast(xlsx([["企业名称", "地址"], ["甲样例有限公司", text]]))
    assert checked.good["address"].to_list() == [text]


def test_totals_notes_and_empty_rows_are_left_out_and_counted() -> None:
    rows = [
        ["企业名称", "注册资本"],
        ["甲样例有限公司", "1"],
        ["", ""],
        ["-", "/"],
        ["乙样例有限公司", "2"],
        ["合  计", "3"],
        ["备注：", ""],
    ]
    checked = read(csv(rows))
    assert (checked.total, checked.rows.totals, checked.rows.empty) == (2, (6, 7), 2)


def test_a_repeated_row_names_the_first_and_bad_codes_repeat_too() -> None:
    short = code(1)[:16]
    rows = [
        HEAD[:2],
        [code(1), "甲样例有限公司"],
        [short, "乙样例有限公司"],
        [short, "丙样例有限公司"],
        [code(1).lower(), "丁样例有限公司"],
    ]
    found = [(fault.row, fault.rule) for fault in read(csv(rows)).faults()]
    assert found == [(3, "code_form"), (4, "code_form"), (4, "duplicate"), (5, "duplicate")]
    repeated = [fault for fault in read(csv(rows)).faults() if fault.rule == "duplicate"]
    assert "与第2行重复" in repeated[1].reason.zh


def test_rows_without_code_are_told_apart_by_name() -> None:
    rows = [HEAD[:2], ["", "甲样例有限公司"], [code(1), "甲样例有限公司"], ["", "甲样例有限公司"]]
    assert [(fault.row, fault.rule) for fault in read(csv(rows)).faults()] == [(4, "duplicate")]


def test_every_fault_says_what_is_wrong_and_what_is_allowed_in_both_languages() -> None:
    table, _ = planted(200, 39)
    for fault in read(csv([HEAD, *([f'"{cell}"' for cell in row] for row in table)])).faults():
        assert len(fault.reason.zh) > 12 and fault.reason.zh.endswith("。")
        assert len(fault.reason.en) > 12 and fault.column in HEAD


def test_yearly_figures_need_their_year_and_at_least_one_figure() -> None:
    rows = [
        ["企业名称", "年份", "营业收入（亿元）", "从业人员"],
        ["甲样例有限公司", "2024", "1.5", "320人"],
        ["乙样例有限公司", "", "1", ""],
        ["丙样例有限公司", "2024年", "", ""],
    ]
    checked = read(csv(rows), "figures")
    assert {fault.row: fault.rule for fault in checked.faults()} == {3: "missing", 4: "nothing"}
    assert str(checked.good["revenue_ly"][0]) == "15000.000000"


def test_other_kinds_read_their_own_columns() -> None:
    titles = read(
        csv(
            [
                ["企业名称", "称号", "级别", "认定时间", "有效期至"],
                ["甲样例有限公司", "瞪羚企业", "省级", "2023年", "2026-12-31"],
            ]
        ),
        "titles",
    )
    assert titles.good.row(0, named=True) == {
        "row": 2, "name": "甲样例有限公司", "title": "瞪羚企业", "level": "省级",
        "awarded": "2023", "valid_until": date(2026, 12, 31),
    }  # fmt: skip
    links = read(
        csv(
            [
                ["供应商", "采购商", "产品", "采购金额（亿元）", "年份"],
                ["甲公司", "乙公司", "轴承", "0.5", "2024"],
            ]
        ),
        "links",
    )
    assert links.good.row(0, named=True)["amount"] == 5000
    exports = read(
        csv([["企业名称", "年份", "出口额", "目的国"], ["甲公司", "2025年上半年", "3000多万元", "俄罗斯"]]),
        "exports",
    )
    assert exports.good.row(0, named=True)["amount~"] == "over"
    projects = read(
        csv(
            [
                ["项目名称", "建设单位", "总投资（亿元）", "开工日期"],
                ["样例项目", "甲公司", "1.2", "2025-03-01"],
            ]
        ),
        "projects",
    )
    assert projects.good.row(0, named=True)["investment"] == 12000


def test_an_officer_may_keep_a_code_that_fails_its_check() -> None:
    wrong = code(5)[:17] + ("0" if code(5)[17] != "0" else "1")
    rows = [HEAD[:2], [wrong, "甲样例有限公司"]]
    assert read(csv(rows)).bad_rows == 1
    kept = read(csv(rows), keep_unverified=True)
    assert kept.good["credit_code"].to_list() == [wrong]


def test_the_csv_and_the_xlsx_of_one_table_give_the_same_values() -> None:
    table, _ = planted(300, 30, 7)
    one, two = (
        read(csv([HEAD, *([f'"{cell}"' for cell in row] for row in table)])),
        read_fast(xlsx([HEAD, *table])),
    )
    assert one.good.equals(two.good)
    assert np.array_equal(one.bad, two.bad)
