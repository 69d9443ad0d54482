"""J4: an officer imports an Excel with 37 bad rows, gets them back, sends them again, and takes it all back.

Budget: 6 clicks to the written batch, exactly 37 rows reported, none of them wrongly. Set `LIANZHANG_J4_ROWS`
to 20000 for the journey at its full size; its times are printed.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Hand
from tests.tables.planted import workbook

pytestmark = [pytest.mark.browser]

ROWS = int(os.environ.get("LIANZHANG_J4_ROWS", "400"))
MOST_CLICKS = 6
PATIENCE = 240_000

HandOf = Callable[..., Hand]


def counts(page: Page) -> dict[str, int]:
    """The five counts as the page shows them."""
    return {
        item.get_attribute("data-count") or "": int(item.locator(".counts__number").inner_text())
        for item in page.locator("[data-count]").all()
    }


def upload(hand: Hand, file: Path) -> float:
    """From the import centre to the preview; returns the seconds it took."""
    hand.page.goto("/imports/")
    hand.choose_file("#id_file", file)
    begun = time.monotonic()
    hand.click("button[data-once]")
    hand.page.wait_for_selector("[data-count]", timeout=PATIENCE)
    return time.monotonic() - begun


def test_an_excel_with_37_bad_rows_is_imported_handed_back_corrected_and_undone(
    hand_of: HandOf, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    planted = workbook(ROWS)
    file = tmp_path / "企业名录.xlsx"
    file.write_bytes(planted.content)
    hand = hand_of("officer")
    page, before = hand.page, hand.acts
    preview = upload(hand, file)
    assert counts(page) == {"new": ROWS - 37, "changed": 0, "unchanged": 0, "duplicate": 0, "errors": 37}
    rows = {int(text) for text in page.locator("section[aria-labelledby=faults] tbody th").all_inner_texts()}
    assert rows == set(planted.truth)
    expect(page.get_by_text("信用代码被Excel转成科学计数")).to_be_visible()

    begun = time.monotonic()
    hand.click("button[data-commit]")
    expect(page.get_by_text("已入库").first).to_be_visible(timeout=PATIENCE)
    commit = time.monotonic() - begun
    clicks = hand.acts - before
    assert clicks <= MOST_CLICKS

    with page.expect_download() as download:
        page.get_by_role("link", name="下载退回的行").first.click()
    back = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))["名录"]
    assert back.max_row - 3 == 37
    assert back.cell(3, 21).value == "错误原因"

    corrected = tmp_path / "改好.xlsx"
    corrected.write_bytes(planted.corrected)
    upload(hand, corrected)
    assert counts(page)["new"] == 37 and counts(page)["unchanged"] == ROWS - 37
    hand.click("button[data-commit]")
    expect(page.get_by_text("全部处理完毕")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="整批撤销").click()
    expect(page.get_by_text("这批已整批撤销")).to_be_visible(timeout=PATIENCE)
    upload(hand, corrected)
    assert counts(page)["new"] == 37
    assert hand.complaints == []
    with capsys.disabled():
        print(f"\nJ4, {ROWS} rows: preview {preview:.1f} s, commit {commit:.1f} s, {clicks} clicks")


def test_leaving_the_page_stops_nothing_and_a_wrong_file_is_explained(
    hand_of: HandOf, tmp_path: Path
) -> None:
    hand = hand_of("colleague")
    wrong = tmp_path / "会议.csv"
    wrong.write_text("会议时间,会议地点\n周一,三楼\n", encoding="utf-8")
    hand.page.goto("/imports/")
    hand.choose_file("#id_file", wrong)
    hand.click("button[data-once]")
    hand.page.goto("/chains/")
    hand.page.goto("/imports/")
    until = time.monotonic() + PATIENCE / 1000
    while not hand.page.get_by_text("未能读取").count() and time.monotonic() < until:
        hand.page.wait_for_timeout(300)
        hand.page.reload()  # the list of imports stands still
    expect(hand.page.get_by_text("未能读取").first).to_be_visible()
    hand.click(hand.page.get_by_role("link", name="会议.csv").first)
    expect(hand.page.get_by_text("没有找到“企业名录”的表头", exact=False)).to_be_visible()
