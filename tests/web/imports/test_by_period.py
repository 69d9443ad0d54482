"""Exports with a column for each year or kind of money come in whole, once, and go again whole."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lianzhang.casework import Actor
from lianzhang.web.imports.actions.undo import undo
from lianzhang.web.registry import queries
from tests.tables.books import xlsx
from tests.web.imports.conftest import counts, imported, previewed, rows, table

pytestmark = pytest.mark.django_db
ONE, TWO = "样例1号机械有限公司", "样例2号机械有限公司"
HEAD = ["企业名称", "2024年出口额（万元）", "2024年出口额（万美元）", "2025年1-10月出口额（万美元）"]


def standing() -> set[tuple[str, str, Decimal | None, str]]:
    return set(queries.exports_in_force().values_list("enterprise__name", "period", "amount", "unit"))


def test_each_cell_is_a_record_and_the_same_table_adds_nothing_twice(officer: Actor) -> None:
    imported(officer, table(*rows(2)))
    content = xlsx([HEAD, [ONE, 710, 100, 30], [TWO, "", 5, ""]])
    batch = imported(officer, content, kind="exports")
    assert counts(batch)["new"] == 4 and standing() == {
        (ONE, "2024", Decimal(710), "万元"),
        (ONE, "2024", Decimal(100), "万美元"),
        (ONE, "2025-01/2025-10", Decimal(30), "万美元"),
        (TWO, "2024", Decimal(5), "万美元"),
    }
    assert counts(imported(officer, content, kind="exports")) == {
        "new": 0, "changed": 0, "unchanged": 4, "duplicate": 0, "errors": 0,
    }  # fmt: skip
    later = previewed(officer, xlsx([HEAD, [ONE, 710, 100, 31], [TWO, 9, 5, ""]]), kind="exports")
    assert (counts(later)["new"], counts(later)["changed"]) == (1, 1)
    told = [(item["row"], item["zh"], item["old"], item["new"]) for item in later.preview["changes"]]
    assert told == [(2, "2025年1—10月出口额", "30", "31")]
    undo(officer, batch.pk)
    assert standing() == set()


def test_a_firm_that_nobody_knows_is_one_error_however_many_cells_its_row_fills(officer: Actor) -> None:
    imported(officer, table(*rows(1)))
    content = xlsx([HEAD, ["聊城没有这家机械有限公司", 1, 2, 3], [ONE, 1, 2, 3]])
    batch = previewed(officer, content, kind="exports")
    assert counts(batch)["errors"] == 1 and counts(batch)["new"] == 3
    assert [(item["row"], item["rule"]) for item in batch.preview["faults"]] == [(2, "unknown_enterprise")]
