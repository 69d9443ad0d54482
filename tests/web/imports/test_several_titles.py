"""A list that writes several titles of an enterprise into one cell brings each of them, with its tier."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.web.imports.actions.change import change
from lianzhang.web.imports.actions.see_through import see_through
from lianzhang.web.registry.models import TitleHolding
from lianzhang.web.registry.titles import tier_of
from tests.tables.books import xlsx
from tests.web.imports.conftest import counts, imported, previewed, rows, table

pytestmark = pytest.mark.django_db
HEAD = ["企业名称", "称号", "级别", "认定时间", "批次", "有效期至"]
ONE, TWO = "样例1号机械有限公司", "样例2号机械有限公司"


def titles(*lines: list[str]) -> bytes:
    return xlsx([HEAD, *lines])


def test_each_title_of_a_cell_is_held_with_its_own_tier(officer: Actor) -> None:
    imported(officer, table(*rows(2)))
    content = titles(
        [ONE, "专精特新中小企业、瞪羚企业", "省级", "2023", "第五批", "2026-06-30"],
        [TWO, "国家级专精特新小巨人、省级单项冠军（2023年）", "", "", "", ""],
    )
    batch = imported(officer, content, kind="titles")
    assert counts(batch)["new"] == 4 and counts(batch)["errors"] == 0
    held = {
        (one.enterprise.name, one.title): (tier_of(one), one.awarded, one.batch, str(one.valid_until))
        for one in TitleHolding.objects.select_related("enterprise")
    }
    assert held == {
        (ONE, "专精特新中小企业"): ("srdi_sme", "2023", "第五批", "2026-06-30"),
        (ONE, "瞪羚企业"): ("sd_gazelle", "2023", "第五批", "2026-06-30"),
        (TWO, "国家级专精特新小巨人"): ("little_giant", "", "", "None"),
        (TWO, "省级单项冠军"): ("sd_mfg_champion", "2023", "", "None"),
    }
    again = imported(officer, content, kind="titles")
    assert (counts(again)["unchanged"], counts(again)["new"], counts(again)["changed"]) == (4, 0, 0)
    assert TitleHolding.objects.count() == 4


def test_a_title_told_again_in_another_row_is_refused_and_names_the_first(officer: Actor) -> None:
    imported(officer, table(*rows(2)))
    seen = previewed(
        officer,
        titles(
            [TWO, "高新技术企业", "", "", "", ""],
            [ONE, "专精特新中小企业、瞪羚企业", "省级", "", "", ""],
            [ONE, "瞪羚企业", "省级", "", "", ""],
        ),
        kind="titles",
    )
    (fault,) = seen.preview["faults"]
    assert (fault["row"], fault["rule"]) == (4, "duplicate") and "第3行" in fault["zh"]
    assert (counts(seen)["new"], counts(seen)["errors"]) == (3, 1)


def test_a_person_is_asked_once_whose_the_titles_of_a_row_are(officer: Actor) -> None:
    firms = rows(2)
    firms[0][1], firms[1][1] = "聊城东昌机械有限公司", "聊城东昌机械有限公司"
    imported(officer, table(*firms))
    seen = previewed(
        officer,
        titles(["聊城东昌机械有限公司", "专精特新中小企业、瞪羚企业", "省级", "", "", ""]),
        kind="titles",
    )
    (asked,) = seen.preview["duplicates"]
    assert asked["row"] == 2 and len(asked["like"]) == 2
    change(officer, seen.pk, version=seen.version, decisions={"2": asked["like"][0]}, in_background=False)
    assert counts(see_through(seen.pk))["new"] == 2


def test_the_preview_shows_what_was_taken_apart_and_what_is_in_doubt(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    imported(officer, table(*rows(2)))
    seen = previewed(
        officer,
        titles(
            [ONE, "专精特新中小企业、瞪羚企业", "", "", "", ""],
            [TWO, "专精特新、瞪羚企业培育库", "", "", "", ""],
        ),
        kind="titles",
    )
    assert seen.preview["apart"] == [{"row": 2, "said": ["专精特新中小企业", "瞪羚企业"]}]
    assert seen.preview["doubtful"] == [{"row": 3, "said": "专精特新、瞪羚企业培育库"}]
    page = signed_in(Role.chain_officer).get(f"/imports/{seen.pk}/").content.decode()
    assert "一格几个称号" in page and "专精特新、瞪羚企业培育库" in page
