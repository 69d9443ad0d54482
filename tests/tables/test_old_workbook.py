"""Old .xls books, as Excel 97 to 2003 wrote them: what the reader of cells does not tell about them is found.

`files/enterprises.xls` is a real BIFF8 book: a merged title, a unit line, merged counties, a code that was typed
as a number, an error cell, a total, a hidden sheet.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianzhang.tables import TableRefused, open_workbook
from lianzhang.tables.old_workbook import anatomy_of
from lianzhang.tables.sheet import Merge
from tests.tables.books import read

BOOK = (Path(__file__).parent / "files" / "enterprises.xls").read_bytes()


def test_merged_counties_are_filled_and_the_unit_line_and_the_total_are_no_rows() -> None:
    checked = read(BOOK)
    assert checked.good["row"].to_list() == [4, 5, 6, 7]
    assert checked.good["county"].to_list() == ["371502", "371502", "371526", "371526"]
    assert [int(value) for value in checked.good["capital"]] == [100, 200, 300, 400]


def test_a_code_typed_as_a_number_and_an_error_cell_are_named() -> None:
    assert [(fault.row, fault.rule) for fault in read(BOOK).faults()] == [
        (8, "code_as_number"),
        (9, "formula_error"),
    ]


def test_hidden_sheets_stay_out_and_each_sheet_has_its_own_blocks() -> None:
    book = open_workbook(BOOK)
    assert [sheet.name for sheet in book.sheets] == ["企业名录", "说明"]
    assert Merge(3, 2, 4, 2) in book.sheets[0].merged and book.sheets[1].merged == ()


@pytest.mark.parametrize("length", [len(BOOK) // 2, len(BOOK) // 4, 700])
def test_a_book_cut_short_is_refused_with_a_way_out(length: int) -> None:
    with pytest.raises(TableRefused) as refused:
        open_workbook(BOOK[:length])
    assert refused.value.remedy is not None


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 255)), min_size=1, max_size=30))
def test_forged_bytes_break_nothing(changes: list[tuple[int, int]]) -> None:
    forged = bytearray(BOOK)
    for at, value in changes:
        forged[at] = value
    for found in anatomy_of(bytes(forged)).values():
        assert len(found.troubles) <= 10_000


def test_shares_shown_in_percent_are_read_as_shown() -> None:
    """`files/shares.xls` holds 0.056 shown as 5.6%, the result of a formula, the words 46%, and two shares in one
    record."""
    shares = (Path(__file__).parent / "files" / "shares.xls").read_bytes()
    good = read(shares, "figures").good
    assert [float(value) for value in good["rd_intensity_ly"]] == [5.6, 25, 7]
    assert [float(value) for value in good["debt_ratio_ly"]] == [46, 46, 50]
