"""Columns of ticks: whether something is so, said with 是 or 否, a sign, a letter or a number."""

from __future__ import annotations

import unicodedata

import polars as pl

from lianzhang.tables.values.column import BLANKS, Judged, ReadColumn, reason, shown, spread

YES, NO = "是", "否"
_WORDS = {
    word: kept
    for kept, words in {
        YES: "是 有 对 已获评 已认定 √ ✓ ✔ ☑ ✅ ■ ○ ◯ ● ◎ V Y YES TRUE 1 1.0",
        NO: "否 无 没有 不是 未获评 未认定 × ✕ ✖ ✗ ✘ ☒ □ ☐ X N NO FALSE 0 0.0",
    }.items()
    for word in words.split()
}
#: A form's two boxes, the marked one as 1: ☑是 □否.
_BOXES = str.maketrans(
    dict.fromkeys("√✓✔☑■☒", "1") | dict.fromkeys("□☐", "0") | dict.fromkeys(" \u3000/、", "")
)
_BOXED = {
    "1是0否": YES, "是1否0": YES, "1是否": YES, "1有0无": YES, "有1无0": YES,
    "0是1否": NO, "是0否1": NO, "是1否": NO, "0有1无": NO, "有0无1": NO,
    "0是0否": "", "是0否0": "", "0有0无": "", "有0无0": "",
}  # fmt: skip


def read_ticks(column: pl.Series) -> ReadColumn:
    """是, 否, or null where nothing is said. Other words are refused: they say more, or something else."""

    def judge(raw: str) -> Judged:
        text = unicodedata.normalize("NFKC", raw).strip()
        boxed = text.translate(_BOXES)
        if found := _WORDS.get(text.upper()) or _BOXED.get(boxed):
            return Judged(found)
        if text in BLANKS or raw.strip() in BLANKS or boxed in _BOXED:
            return Judged()
        return Judged(
            reason=reason(
                "tick",
                f"“{shown(text)}”不是勾选；请写 是、否 或 √，没有的留空；级别、批次请写进表头或另列。",
                f"“{shown(text)}” is no tick; write 是, 否 or √, or leave it empty; put levels and batches into "
                "the header or a column of their own.",
            )
        )

    return spread(column, judge, pl.String)


def looks_ticked(texts: list[str]) -> bool:
    """Whether cells may be ticks: most of those that say anything are."""
    plain = [unicodedata.normalize("NFKC", text).strip() for text in texts]
    said = [text for text in plain if text and (text not in BLANKS or text.upper() in _WORDS)]
    ticks = sum(1 for text in said if text.upper() in _WORDS or text.translate(_BOXES) in _BOXED)
    return bool(said) and ticks >= 0.7 * len(said)
