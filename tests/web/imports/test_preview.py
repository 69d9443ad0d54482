"""What the preview shows, and what a person may say of columns that nothing else tells."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest

from lianzhang.casework import Actor, Role
from lianzhang.web.imports.actions.change import change
from lianzhang.web.imports.actions.commit import confirm
from lianzhang.web.imports.actions.see_through import see_through
from lianzhang.web.imports.models import Batch
from tests.tables.books import code, xlsx
from tests.web.imports.conftest import counts, imported, previewed, rows, table

pytestmark = pytest.mark.django_db


def test_columns_that_nobody_knows_are_named_by_the_officer_and_remembered(officer: Actor) -> None:
    content = table(["阿尔法一有限公司", "100"], ["阿尔法二有限公司", "200"], head=["甲方", "资金规模"])
    batch = previewed(officer, content)
    assert batch.state == Batch.State.FAILED
    assert [(item["header"], item["sample"]) for item in batch.preview["columns"]] == [
        ("甲方", "阿尔法一有限公司"),
        ("资金规模", "100"),
    ]
    chosen = {"0": "name", "1": "capital"}
    change(officer, batch.pk, version=batch.version, chosen=chosen, in_background=False)
    batch = see_through(batch.pk)
    confirm(officer, batch.pk, version=batch.version, in_background=False)
    assert counts(see_through(batch.pk))["new"] == 2
    assert counts(previewed(officer, content))["unchanged"] == 2


def test_a_column_of_a_block_pasted_without_header_may_be_named(officer: Actor) -> None:
    content = f"{code(1)}\t样例1号机械有限公司\t高唐县".encode()
    batch = previewed(officer, content, pasted=True)
    change(officer, batch.pk, version=batch.version, chosen={"2": "county"}, in_background=False)
    batch = see_through(batch.pk)
    assert batch.state == Batch.State.PREVIEW and counts(batch)["new"] == 1


def test_the_preview_masks_numbers_and_speaks_the_words_of_the_office(
    officer: Actor, signed_in: Callable[..., Any]
) -> None:
    imported(officer, table(*rows(1)))
    lines = rows(1)
    lines[0][2:4], lines[0][8] = ["临清市", "超150"], "13911112222"
    batch = previewed(officer, table(*lines), as_of=date(2020, 1, 1))
    assert "13911112222" not in str(batch.preview)
    page = signed_in(Role.chain_officer).get(f"/imports/{batch.pk}/").content.decode()
    assert "139****2222" in page and "13911112222" not in page
    for words in ("高唐县", "临清市", "超150", "截至 2020-01-01"):
        assert words in page, words
    assert "over 150" not in page and "371581" not in page


def test_the_preview_shows_whom_names_written_otherwise_were_taken_for(
    officer: Actor, signed_in: Callable[..., Any]
) -> None:
    full = "聊城市金之源进出口有限公司"
    imported(officer, table([code(1), full], head=["统一社会信用代码", "企业名称"]))
    titles = [[full, "专精特新中小企业"], ["聊城市金之园进出口有限公司", "省重点企业"]]
    batch = previewed(officer, table(*titles, head=["企业名称", "称号"]), kind="titles")
    said = [(item["name"], item["firm"]) for item in batch.preview["linked"]]
    assert said == [("聊城市金之园进出口有限公司", full)]
    page = signed_in(Role.chain_officer).get(f"/imports/{batch.pk}/").content.decode()
    assert "对应企业" in page and "聊城市金之园进出口有限公司" in page


def test_the_preview_tells_rows_from_what_they_state_and_what_nobody_sees(
    officer: Actor, signed_in: Callable[..., Any]
) -> None:
    imported(officer, table(*rows(2)))
    one, two = (f"样例{number}号机械有限公司" for number in (1, 2))
    lines = [["企业名称", "2023年出口额", "2024年出口额"], [one, 1, 2], [two, 3, 4], ["聊城没有这家厂", 5, 6]]
    content = unseen(xlsx(lines), row=3)
    batch = previewed(officer, content, kind="exports")
    assert (batch.preview["total"], batch.preview["statements"], batch.preview["hidden"]) == (3, 4, 1)
    page = signed_in(Role.chain_officer).get(f"/imports/{batch.pk}/").content.decode()
    for words in ("数据3行，好的行里共4条", "导入其余 4 条", "有1行是隐藏的", "隐藏的表“往年”没有读"):
        assert words in page, words


def unseen(content: bytes, *, row: int) -> bytes:
    """The workbook with this row hidden, and a hidden sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.worksheets[0].row_dimensions[row].hidden = True
    book.create_sheet("往年").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
