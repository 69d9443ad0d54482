"""A published list names its title once, above the header; it is read from there and shown as a guess."""

from __future__ import annotations

import pytest

from lianzhang.tables import ColumnsUnknown
from tests.tables.books import csv, read_fast, xlsx

HEAD = ["序号", "企业名称", "所属市"]
ROWS = [["1", "聊城甲机械有限公司", "聊城市"], ["2", "聊城乙机械有限公司", "聊城市"]]


@pytest.mark.parametrize(
    ("line", "title", "batch", "awarded"),
    [
        ("2024年度山东省专精特新中小企业名单", "山东省专精特新中小企业", None, "2024"),
        ("附件1：第六批国家级专精特新“小巨人”企业名单", "国家级专精特新“小巨人”企业", "第六批", None),
        ("山东省瞪羚企业拟认定公示名单", "山东省瞪羚企业拟认定公示", None, None),
        ("2023年山东省制造业单项冠军企业名单（第七批）", "山东省制造业单项冠军企业", "第七批", "2023"),
    ],
)
@pytest.mark.parametrize("form", [xlsx, csv])
def test_the_title_of_a_list_is_read_from_the_line_above(
    line: str, title: str, batch: str | None, awarded: str | None, form: object
) -> None:
    checked = read_fast(form([[line], HEAD, *ROWS]), "titles")  # type: ignore[operator]
    assert checked.bad_rows == 0
    for key, said in (("title", title), ("batch", batch), ("awarded", awarded)):
        assert checked.good[key].to_list() == [said] * 2 if said else key not in checked.good.columns
    assert all(column.is_guess for column in checked.columns if column.field in ("title", "batch", "awarded"))


def test_a_column_of_the_table_goes_before_what_its_title_says() -> None:
    rows = [["聊城甲机械有限公司", "瞪羚企业", "2022"]]
    checked = read_fast(
        xlsx([["2024年度专精特新中小企业名单"], ["企业名称", "称号", "认定时间"], *rows]), "titles"
    )
    assert checked.good.select("title", "awarded").rows() == [("瞪羚企业", "2022")]


def test_a_list_that_names_no_title_asks_which_column_it_is() -> None:
    with pytest.raises(ColumnsUnknown, match="称号"):
        read_fast(xlsx([["聊城市市场监督管理局"], HEAD, *ROWS]), "titles")


def test_rows_handed_back_bring_the_title_along_and_are_read_again() -> None:
    from lianzhang.tables.rejects import rejects_csv, rejects_workbook

    data = xlsx([["2024年度山东省专精特新中小企业名单"], HEAD, *ROWS, ["3", "", "聊城市"]])
    checked = read_fast(data, "titles")
    for back in (rejects_workbook(checked, data), rejects_csv(checked)):
        again = read_fast(back, "titles")
        assert [fault.rule for fault in again.faults()] == ["missing"]
        assert again.values["title"].to_list() == ["山东省专精特新中小企业"]
