"""Signs that nobody sees are dropped from what is read; what is handed back is the user's own cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.tables.rejects import rejects_csv
from lianzhang.tables.values.column import HIDDEN, visible
from tests.tables.books import code, csv, read_fast, xlsx

HEAD = [
    "统一社会\u200b信用代码",
    "\ufeff企业名称",
    "县区",
    "注册资本（万元）",
    "成立日期",
    "登记状态",
    "曾用名",
]


def row(sign: str) -> list[str]:
    firm, own = "聊城甲机械有限公司", code(1)
    return [
        f"{own[:5]}{sign}{own[5:]}", f"{sign}{firm[:4]}{sign}{firm[4:]}{sign}", f"高唐{sign}县", f"{sign}1,200{sign}",
        f"2012-05-18{sign}", f"存{sign}续", f"聊城{sign}乙厂",
    ]  # fmt: skip


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u00ad", "\u200e", "\u202e", "\u2060", "\u2069"])
@pytest.mark.parametrize("form", [xlsx, csv])
def test_a_cell_reads_as_it_is_seen(sign: str, form: object) -> None:
    cells = [cell.replace(",", "") if form is csv else cell for cell in row(sign)]
    checked = read_fast(form([HEAD, cells]))  # type: ignore[operator]
    assert [fault.reason.zh for fault in checked.faults()] == []
    plain = read_fast(xlsx([[visible(one) for one in HEAD], row("")])).values
    assert checked.values.rows() == plain.rows()


def test_a_bad_row_goes_back_with_its_own_cells() -> None:
    bad = [*row("\u200b")[:4], "去年", *row("\u200b")[5:]]
    checked = read_fast(csv([HEAD, [cell.replace(",", "") for cell in bad]]))
    assert "\u200b聊城甲机\u200b械有限公司\u200b" in rejects_csv(checked).decode("utf-8-sig")


@given(st.text(alphabet=st.sampled_from([*HIDDEN, "聊", "a", "é", "（"])))
def test_only_signs_that_nobody_sees_are_dropped(text: str) -> None:
    assert visible(text) == "".join(sign for sign in text if sign not in HIDDEN)
