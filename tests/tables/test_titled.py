"""A published list names its title once, above the header; it is read from there and shown as a guess."""

from __future__ import annotations

import pytest

from lianzhang.tables import (
    ColumnsUnknown,
    TableRefused,
    check_table,
    find_table,
    need_kind,
    open_pasted,
    open_workbook,
)
from lianzhang.tables.titled import stated_of
from tests.tables.books import REFERENCE, csv, read, read_fast, xlsx

HEAD = ["序号", "企业名称", "所属市"]
ROWS = [["1", "聊城甲机械有限公司", "聊城市"], ["2", "聊城乙机械有限公司", "聊城市"]]


@pytest.mark.parametrize(
    ("line", "title", "batch", "awarded"),
    [
        ("2024年度山东省专精特新中小企业名单", "山东省专精特新中小企业", None, "2024"),
        ("附件1：第六批国家级专精特新“小巨人”企业名单", "国家级专精特新“小巨人”企业", "第六批", None),
        ("山东省瞪羚企业公示名单", "山东省瞪羚企业公示", None, None),
        ("2025年省级虚拟电厂示范企业名单", "省级虚拟电厂示范企业", None, "2025"),
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


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("关于撤销部分企业山东省瞪羚企业称号的公告", "撤销"),
        ("取消2021年度专精特新中小企业资格名单", "撤销"),
        ("专精特新“小巨人”企业复核未通过名单（第二批）", "到期"),
    ],
)
def test_a_list_of_titles_that_are_held_no_longer_is_never_one_of_titles_held(line: str, state: str) -> None:
    data = xlsx([[line], HEAD, *ROWS])
    with pytest.raises(ColumnsUnknown, match=f"不再有效.*{state}"):
        read_fast(data, "titles")
    checked = read_fast(data, "titles", stated={"title": "瞪羚企业"})
    assert checked.good.select("title", "state").rows() == [("瞪羚企业", state)] * 2
    assert "awarded" not in checked.good.columns


@pytest.mark.parametrize(
    "line", ["山东省瞪羚企业拟认定公示名单", "2026年专精特新中小企业推荐汇总表", "省级单项冠军申报企业一览表"]
)
def test_a_list_of_titles_not_awarded_yet_is_refused_until_somebody_says_the_title(line: str) -> None:
    data = xlsx([[line], HEAD, *ROWS])
    with pytest.raises(ColumnsUnknown, match="还没有认定"):
        read_fast(data, "titles")
    assert read_fast(data, "titles", stated={"title": "瞪羚企业"}).good.height == 2


def test_a_list_of_titles_checked_again_says_so_and_no_year_of_their_award() -> None:
    checked = read_fast(xlsx([["2024年专精特新中小企业复核通过企业名单"], HEAD, *ROWS]), "titles")
    assert checked.good.select("title", "state").rows() == [("专精特新中小企业", "复核通过")] * 2
    assert "awarded" not in checked.good.columns


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


def test_what_a_person_says_of_the_whole_list_counts_for_each_row_and_for_no_blank_one() -> None:
    said = {"title": "瞪羚企业", "level": "省级", "awarded": "2024", "batch": "第三批"}
    data = xlsx([HEAD, ROWS[0], ["", "", ""], ROWS[1], ["合计", "2", ""]])
    checked = read_fast(data, "titles", stated=said)
    assert checked.bad_rows == 0 and checked.total == 2
    assert checked.good.select("title", "level", "awarded", "batch").rows() == [tuple(said.values())] * 2


def test_a_list_of_bare_names_needs_no_more_than_the_title_that_a_person_says() -> None:
    names = [[row[1]] for row in ROWS]
    for data in (xlsx([["企业名称"], *names]), xlsx([["公司"], *names])):
        checked = read_fast(data, "titles", stated={"title": "瞪羚企业"})
        assert checked.good["title"].to_list() == ["瞪羚企业"] * 2
    pasted = open_pasted("\n".join(name for (name,) in names))
    checked = read(pasted, "titles", stated={"title": "瞪羚企业"})
    assert checked.good.select("name", "title").rows() == [(name, "瞪羚企业") for (name,) in names]


def test_the_list_goes_before_the_person_and_the_contradiction_is_told() -> None:
    rows = [["聊城甲机械有限公司", "专精特新中小企业"], ["聊城乙机械有限公司", ""]]
    book = open_workbook(xlsx([["企业名称", "称号"], *rows]), confined=False)
    table = find_table(book, need_kind("titles"), stated={"title": "瞪羚企业", "awarded": "2024"})
    assert [(one.field, one.stated, one.told) for one in table.overruled] == [
        ("title", "瞪羚企业", "专精特新中小企业")
    ]
    checked = check_table(table, reference=REFERENCE)
    assert checked.good.select("title", "awarded").rows() == [
        ("专精特新中小企业", "2024"),
        ("瞪羚企业", "2024"),
    ]
    above = open_workbook(xlsx([["2023年山东省瞪羚企业名单"], HEAD, *ROWS]), confined=False)
    table = find_table(above, need_kind("titles"), stated={"title": "瞪羚企业", "awarded": "2024"})
    assert {(one.field, one.told) for one in table.overruled} == {
        ("title", "山东省瞪羚企业"),
        ("awarded", "2023"),
    }


@pytest.mark.parametrize(
    ("kind", "said", "word"),
    [
        ("titles", {"level": "部级"}, "国家级"),
        ("titles", {"awarded": "去年"}, "2024-06"),
        ("titles", {"valid_until": "2026"}, "2026-06-30"),
        ("titles", {"title": "很" * 121}, "120"),
        ("exports", {"title": "瞪羚企业"}, "titles"),
    ],
)
def test_what_no_list_of_titles_can_say_is_refused_with_a_way_out(
    kind: str, said: dict[str, str], word: str
) -> None:
    with pytest.raises(TableRefused) as refused:
        stated_of(need_kind(kind), said)
    assert word in refused.value.say("zh")


def test_rows_handed_back_as_csv_bring_what_was_said_along() -> None:
    from lianzhang.tables.rejects import rejects_csv

    checked = read_fast(csv([HEAD, *ROWS, ["3", "", "聊城市"]]), "titles", stated={"title": "瞪羚企业"})
    again = read_fast(rejects_csv(checked), "titles")
    assert again.values["title"].to_list() == ["瞪羚企业"]
