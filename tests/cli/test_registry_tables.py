"""`lianzhang registry import`, `undo`, `export`, `template`: what scripts see of them."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl

from tests.cli.programs import lianzhang
from tests.tables.books import code, csv

HEAD = ["统一社会信用代码", "企业名称", "成立日期"]


def test_a_table_goes_in_comes_out_and_is_taken_back(tmp_path: Path) -> None:
    home = tmp_path / "home"
    rows = [[code(1), "甲样例有限公司", "2012-05-18"], [code(2), "乙样例有限公司", "去年"]]
    (tmp_path / "a.csv").write_bytes(csv([HEAD, *rows], "gb18030"))
    (tmp_path / "b.csv").write_bytes(csv([["会议时间", "会议地点"], ["周一", "三楼"]]))
    place = ("--home", str(home))

    done = lianzhang(
        tmp_path,
        "registry",
        "import",
        "a.csv",
        "--kind",
        "enterprises",
        "--rejects",
        "out.xlsx",
        "--json",
        *place,
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert {key: told[key] for key in ("new", "changed", "unchanged", "duplicate")} == {
        "new": 1, "changed": 0, "unchanged": 0, "duplicate": 0,
    }  # fmt: skip
    (error,) = told["errors"]
    assert (error["row"], error["column"], error["value"]) == (3, "成立日期", "去年")
    assert "2025-08-15" in error["reason"]
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][:3] == rows[1]

    wrong = lianzhang(tmp_path, "registry", "import", "b.csv", "--kind", "enterprises", *place)
    assert wrong.returncode == 1 and "没有找到" in wrong.stderr and "Traceback" not in wrong.stderr

    out = lianzhang(tmp_path, "registry", "export", "--out", "list.csv", *place)
    assert out.returncode == 0 and "甲样例有限公司" in (tmp_path / "list.csv").read_text("utf-8-sig")

    seen = lianzhang(
        tmp_path, "registry", "export", "--words", "甲样例", "--columns", "name,county", "--out", "seen.xlsx", *place
    )  # fmt: skip
    assert seen.returncode == 0, seen.stderr
    shown = openpyxl.load_workbook(tmp_path / "seen.xlsx").active
    assert shown is not None
    assert shown.cell(shown.max_row, 1).value == "甲样例有限公司"
    assert "words 甲样例" in " ".join(str(row[0].value) for row in shown.iter_rows(max_row=7))
    strange = lianzhang(tmp_path, "registry", "export", "--columns", "shoe_size", *place)
    assert strange.returncode == 1 and "shoe_size" in strange.stderr

    undone = lianzhang(tmp_path, "registry", "undo", told["batch"], *place)
    assert undone.returncode == 0
    again = lianzhang(tmp_path, "registry", "undo", told["batch"], *place)
    assert again.returncode == 1 and "已经撤销" in again.stderr


def test_what_cannot_be_is_said_before_any_database_is_made(tmp_path: Path) -> None:
    home = tmp_path / "home"
    missing = lianzhang(
        tmp_path, "registry", "import", "no.xlsx", "--kind", "enterprises", "--home", str(home)
    )
    assert missing.returncode == 1 and "没有文件" in missing.stderr
    (tmp_path / "a.csv").write_bytes(csv([HEAD]))
    out = lianzhang(
        tmp_path,
        "registry",
        "import",
        "a.csv",
        "--kind",
        "enterprises",
        "--rejects",
        "x.doc",
        "--home",
        str(home),
    )
    assert out.returncode == 1 and ".xlsx" in out.stderr
    assert not home.exists()
    kind = lianzhang(tmp_path, "registry", "template", "firms", language="en_US.UTF-8")
    assert kind.returncode == 1 and "enterprises" in kind.stderr


def test_a_template_needs_no_database(tmp_path: Path) -> None:
    done = lianzhang(tmp_path, "registry", "template", "titles", "--out", "t.xlsx")
    assert done.returncode == 0
    assert openpyxl.load_workbook(tmp_path / "t.xlsx").sheetnames == ["填写", "填表说明", "字典"]


def test_rows_that_wait_for_a_person_are_told_with_whom_they_may_be(tmp_path: Path) -> None:
    place = ("--home", str(tmp_path / "home"))
    twins = [[code(number), "聊城东昌机械有限公司", "2012-05-18"] for number in (1, 2)]
    (tmp_path / "a.csv").write_bytes(csv([HEAD, *twins]))
    (tmp_path / "t.csv").write_bytes(
        csv([["企业名称", "称号"], ["聊城东昌机械有限公司", "专精特新中小企业；瞪羚企业"]])
    )
    bring = ("registry", "import")
    assert lianzhang(tmp_path, *bring, "a.csv", "--kind", "enterprises", *place).returncode == 0
    done = lianzhang(tmp_path, *bring, "t.csv", "--kind", "titles", "--dry-run", "--json", *place)
    told = json.loads(done.stdout)
    assert {"new", "changed", "unchanged", "duplicate", "errors"} <= told.keys()
    (asked,) = told["duplicates"]
    assert (asked["row"], asked["name"]) == (2, "聊城东昌机械有限公司")
    assert [one["name"] for one in asked["candidates"]] == ["聊城东昌机械有限公司"] * 2
    assert told["titles_apart"] == [{"row": 2, "title": ["专精特新中小企业", "瞪羚企业"]}]
    shown = lianzhang(tmp_path, *bring, "t.csv", "--kind", "titles", "--dry-run", *place)
    assert all(one["enterprise"] in shown.stdout for one in asked["candidates"])


def test_brackets_in_somebodys_table_are_shown_and_break_nothing(tmp_path: Path) -> None:
    rows = [[code(1), "甲[red]样例有限公司", "2012-05-18"], [code(2), "乙样例有限公司", "[/]去年"]]
    (tmp_path / "a.csv").write_bytes(csv([HEAD, *rows]))
    done = lianzhang(
        tmp_path, "registry", "import", "a.csv", "--kind", "enterprises", "--home", str(tmp_path / "home")
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "[/]去年" in done.stdout and "新增 1" in done.stdout
