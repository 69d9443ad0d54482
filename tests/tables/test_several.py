"""Several titles in one cell are taken apart where each of them is known for a title; else the cell stays whole."""

from __future__ import annotations

import pytest

from lianzhang.tables.several import each_title
from lianzhang.tables.title_text import Title, titles_of
from lianzhang.web.imports.title_words import title_words
from tests.tables.books import PACK, csv, read_fast, xlsx

HEAD = ["企业名称", "称号", "级别", "认定时间", "批次", "有效期至"]
WORDS = title_words(PACK)


def names(text: str) -> list[str] | None:
    found = titles_of(text, WORDS)
    return None if found is None else [one.title for one in found]


@pytest.mark.parametrize("sign", ["、", ",", "，", ";", "；", "/", "／", "\n", "\r\n", " 、 ", "；\n"])
def test_titles_stand_apart_at_every_sign_that_offices_use(sign: str) -> None:
    assert names(f"专精特新中小企业{sign}瞪羚企业") == ["专精特新中小企业", "瞪羚企业"]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("国家级专精特新“小巨人”企业、省级单项冠军", ["国家级专精特新“小巨人”企业", "省级单项冠军"]),
        ("“专精特新”中小企业，“瞪羚”企业", ["“专精特新”中小企业", "“瞪羚”企业"]),
        ("1.专精特新中小企业2.瞪羚企业", ["1.专精特新中小企业2.瞪羚企业"]),
        ("1.专精特新中小企业 2.瞪羚企业", ["专精特新中小企业", "瞪羚企业"]),
        ("①高新技术企业②科技型中小企业", ["高新技术企业", "科技型中小企业"]),
        ("1、高新技术企业\n2、省级企业技术中心", ["高新技术企业", "省级企业技术中心"]),
        ("创新型中小企业、专精特新中小企业、创新型中小企业", ["创新型中小企业", "专精特新中小企业"]),
        ("省级专精特新、瞪羚", ["省级专精特新", "瞪羚"]),
        ("专精特新中小企业、瞪羚培育企业", ["专精特新中小企业", "瞪羚培育企业"]),
        ("优秀企业；先进集体", ["优秀企业", "先进集体"]),
    ],
)
def test_a_cell_gives_its_titles_as_they_are_written(text: str, titles: list[str]) -> None:
    assert names(text) == titles


@pytest.mark.parametrize(
    "text",
    [
        "智能工厂、数字化车间",
        "专精特新中小企业（产品：轴承、齿轮）",
        "两化融合、智能化改造标杆",
        "专精特新\n中小企业",
        "首台（套）技术装备及关键核心零部件",
    ],
)
def test_signs_within_the_name_of_one_title_leave_it_whole(text: str) -> None:
    assert titles_of(text, WORDS) == (Title(text),)


@pytest.mark.parametrize(
    "text",
    [
        "专精特新、瞪羚企业培育库",
        "专精特新、瞪羚培育企业",
        "专精特新中小企业、优秀民营企业",
        "首台（套）技术装备、关键核心零部件",
    ],
)
def test_a_cell_of_which_not_all_parts_are_known_is_in_doubt(text: str) -> None:
    assert titles_of(text, WORDS) is None


def test_the_year_and_batch_beside_a_title_are_its_own() -> None:
    assert titles_of("国家级专精特新小巨人（第五批）、省级单项冠军（2023年）", WORDS) == (
        Title("国家级专精特新小巨人", "", "第五批", "国家级"),
        Title("省级单项冠军", "2023", "", "省级"),
    )
    assert titles_of("2024年度瞪羚企业", WORDS) == (Title("瞪羚企业", "2024"),)
    assert titles_of("2024年度先进企业", WORDS) == (Title("2024年度先进企业"),)


@pytest.mark.parametrize("form", [xlsx, csv])
def test_the_other_columns_apply_to_each_title_of_the_row(form: object) -> None:
    rows = [
        [
            "聊城甲机械有限公司",
            "专精特新中小企业、瞪羚企业（2022年）",
            "省级",
            "2023-06-30",
            "第五批",
            "2026-06-30",
        ],
        ["聊城乙机械有限公司", "瞪羚企业", "", "", "", ""],
        ["聊城丙机械有限公司", "国家级专精特新小巨人、单项冠军", "省级", "", "", ""],
    ]
    checked = read_fast(form([HEAD, *rows]), "titles")  # type: ignore[operator]
    found = each_title(checked, WORDS)
    assert checked.good.select("name", "title", "level", "awarded", "batch").rows() == [
        ("聊城甲机械有限公司", "专精特新中小企业", "省级", "2023-06-30", "第五批"),
        ("聊城甲机械有限公司", "瞪羚企业", "省级", "2022", "第五批"),
        ("聊城乙机械有限公司", "瞪羚企业", None, None, None),
        ("聊城丙机械有限公司", "国家级专精特新小巨人", "国家级", None, None),
        ("聊城丙机械有限公司", "单项冠军", "省级", None, None),
    ]
    assert checked.good["valid_until"].drop_nulls().len() == 2 and checked.good["row"].is_unique().all()
    assert set(found.apart) == {2, 4} and set(checked.parts.values()) == {2, 4}


def test_a_single_title_whose_column_says_another_year_is_kept_as_it_is_written() -> None:
    rows = [["聊城甲机械有限公司", "瞪羚企业（2022年）", "省级", "2023", "", ""]]
    checked = read_fast(xlsx([HEAD, *rows]), "titles")
    each_title(checked, WORDS)
    assert checked.good.select("title", "awarded").rows() == [("瞪羚企业（2022年）", "2023")]


def test_a_row_refused_for_one_of_its_titles_goes_back_whole() -> None:
    rows = [["聊城甲机械有限公司", f"专精特新中小企业；{'很' * 121}", "", "", "", ""]]
    checked = read_fast(xlsx([HEAD, *rows]), "titles")
    each_title(checked, WORDS)
    assert [(fault.row, fault.rule) for fault in checked.faults()] == [(2, "text_length")]
    assert checked.good.height == 0 and checked.bad_rows == 1


@pytest.mark.parametrize("form", [xlsx, csv])
def test_titles_in_several_columns_are_all_read(form: object) -> None:
    rows = [
        ["聊城甲机械有限公司", "专精特新中小企业", "瞪羚企业"],
        ["聊城乙机械有限公司", "无", "高新技术企业"],
        ["聊城丙机械有限公司", "创新型中小企业", "/"],
    ]
    checked = read_fast(form([["企业名称", "称号1", "称号2"], *rows]), "titles")  # type: ignore[operator]
    each_title(checked, WORDS)
    assert [column.why for column in checked.columns] == ["", "", "joined"]
    assert checked.good.select("name", "title").rows() == [
        ("聊城甲机械有限公司", "专精特新中小企业"),
        ("聊城甲机械有限公司", "瞪羚企业"),
        ("聊城乙机械有限公司", "高新技术企业"),
        ("聊城丙机械有限公司", "创新型中小企业"),
    ]
