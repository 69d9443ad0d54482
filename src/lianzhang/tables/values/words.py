"""Columns of words: free text, one of a list, several items, telephone numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import numpy as np
import polars as pl

from lianzhang.tables.guards import unguarded
from lianzhang.tables.values.column import (
    BLANKS,
    HIDDEN,
    Judged,
    ReadColumn,
    blank,
    may_hide,
    reason,
    refuse,
    shown,
    spread,
    visible,
)

_PARTS = re.compile(r"[;；、|\n\r]+|(?<!\d)[,，](?!\d)")
_PHONE = re.compile(r"\+?[\d\-() 转,/;、#]{5,40}")
_PIECE = 65_536
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read_text(column: pl.Series, *, longest: int = 200) -> ReadColumn:
    """Text without the blanks around it and the signs that nobody sees; no longer than `longest` characters."""
    # Piece by piece, so that the stripped texts of a large column never stand in memory all at once.
    pieces = [_plain(column.slice(first, _PIECE)) for first in range(0, max(1, len(column)), _PIECE)]
    empty = pl.concat([found for found, _, _ in pieces])
    changed = np.concatenate([rows + place * _PIECE for place, (_, rows, _) in enumerate(pieces)])
    # Only cells that read differently are written anew; the others stay one with those of the file.
    values = column
    if len(changed):
        values = values.clone().scatter(changed, pl.concat([texts for _, _, texts in pieces]))
    if bool(empty.any()):
        values = values.set(empty, None)
    read = ReadColumn(values.alias(column.name))
    long = np.flatnonzero((values.str.len_bytes() > longest).fill_null(False).to_numpy())
    long = np.array([row for row in long.tolist() if len(values[row]) > longest], np.int64)
    if len(long):
        read.refusals.append(
            refuse(
                long,
                reason(
                    "text_length",
                    f"超过{longest}个字；请缩短，或检查是否错列。",
                    f"has more than {longest} characters; shorten it, or see whether columns were shifted.",
                ),
            )
        )
    return read


def _plain(column: pl.Series) -> tuple[pl.Series, np.ndarray, pl.Series]:
    """Which cells are empty; the rows of the others that read differently than they are written, and how."""
    seen = column
    if may_hide(column):
        hidden = column.str.contains_any(HIDDEN).fill_null(False).arg_true()
        plain = [visible(text) for text in column.gather(hidden)]
        seen = column.clone().scatter(hidden, pl.Series(plain, dtype=pl.String))
    stripped = seen.str.strip_chars()
    marked = stripped.str.starts_with("'").fill_null(False).arg_true()
    if len(marked):
        # Our own CSV exports put it before texts that a spreadsheet would run.
        plain = [unguarded(text) for text in stripped.gather(marked)]
        stripped = stripped.scatter(marked, pl.Series(plain, dtype=pl.String))
    empty = blank(stripped)
    changed = ((stripped.str.len_bytes() != column.str.len_bytes()) & ~empty).arg_true()
    return empty, changed.to_numpy(), stripped.gather(changed)


def read_choice(column: pl.Series, *, words: Mapping[str, str], label: str, label_en: str) -> ReadColumn:
    """One of the values of `words`, which maps what people write to what is kept."""
    allowed = list(dict.fromkeys(words.values()))
    said = "、".join(allowed[:12]) + ("…" if len(allowed) > 12 else "")

    def judge(raw: str) -> Judged:
        text = unicodedata.normalize("NFKC", raw).strip()
        if text in words:
            return Judged(words[text])
        if text in BLANKS:
            return Judged()
        if (whole := "".join(text.split())) in words:
            return Judged(words[whole])  # 注 销, as forms are laid out
        return Judged(
            reason=reason(
                "choice",
                f"“{shown(text)}”不在“{label}”的选项内；可填：{said}。",
                f"“{shown(text)}” is none of the choices of “{label_en}”: {said}.",
            )
        )

    return spread(column, judge, pl.String)


def read_list(column: pl.Series, *, longest: int = 2000) -> ReadColumn:
    """Several items in one cell, kept with `；` between them."""

    def judge(raw: str) -> Judged:
        items = [part.strip() for part in _PARTS.split(unguarded(raw))]
        items = list(dict.fromkeys(item for item in items if item not in BLANKS))
        text = "；".join(items)
        if len(text) > longest:
            return Judged(
                reason=reason(
                    "text_length",
                    f"超过{longest}个字；请缩短，或检查是否错列。",
                    f"has more than {longest} characters; shorten it.",
                )
            )
        return Judged(text or None)

    return spread(column, judge, pl.String)


def read_phones(column: pl.Series) -> ReadColumn:
    """Telephone numbers as written, in half-width signs."""

    def judge(raw: str) -> Judged:
        text = _CONTROL.sub("", unicodedata.normalize("NFKC", raw)).strip()
        if text in BLANKS:
            return Judged()
        if _PHONE.fullmatch(text):
            return Judged(text)
        return Judged(
            reason=reason(
                "phone_form",
                f"“{shown(text)}”不像电话号码；可写手机号或区号-号码。",
                f"“{shown(text)}” does not look like a telephone number; write a mobile number or area code-number.",
            )
        )

    return spread(column, judge, pl.String)
