"""Columns of unified social credit codes (GB 32100-2015), checked as a matrix of their signs."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import polars as pl

from lianzhang.kernel import Text, credit_code
from lianzhang.tables.values.column import BLANKS, Judged, ReadColumn, Reason, Refusals, merge, reason, spread

_LENGTH = credit_code.LENGTH
_BASE = len(credit_code.ALPHABET)
_DIGITS = slice(2, 8)
#: Added to the sum by a pair with a sign that codes never have; no sum of a sound code reaches it.
_STRANGE = 1 << 10
_AT_ONCE = 16_384
#: 9.137E+17 and its kin: how a spreadsheet shows a code it took for a number.
_FLOAT = re.compile(r"\d(?:\.\d*)?E\+?\d{1,3}|\d{15,}\.\d*", re.IGNORECASE)
#: Doubles of this size lie so far apart, so a code that was one is a multiple.
_SPACING = 128
ROUNDED = reason(
    "code_as_number",
    "信用代码被Excel转成了数字（科学计数），末几位已丢失，不能还原；请把该列设为文本格式后重新填写。",
    "Excel turned the code into a number (scientific notation) and its last digits are lost; format the "
    "column as text and type the code again.",
)
#: What stands before a code in a cell: the sign for text, or the name of the column.
_LABELLED = re.compile(r"^['’‘`]\s*|^[^\d]{0,14}(?:代码|税号)\s*[:：]\s*")
#: Rows whose cells hold a number, of the given candidates.
Numeric = Callable[[np.ndarray], np.ndarray]


def read_codes(
    column: pl.Series, *, numeric: Numeric | None = None, keep_unverified: bool = False
) -> ReadColumn:
    """Codes as text. `numeric` tells which cells are numbers in the file; their codes are lost.

    A wrong final check character is a refusal unless `keep_unverified`.
    """
    wide = (column.str.len_bytes() == _LENGTH).fill_null(False)
    rows = np.flatnonzero(wide.to_numpy())
    totals = _totals(column.filter(wide) if len(rows) < len(column) else column)
    formed = totals < _STRANGE
    sound = np.zeros(len(column), bool)
    sound[rows] = formed
    slow = spread(column.filter(~pl.Series(sound)), _judge, pl.String)
    read = merge(column, column, pl.Series(sound), slow)
    # Codes that only the slow way could read have their check character looked at here as well.
    if not keep_unverified:
        wrong = rows[formed & (totals % _BASE != 0)]
        if len(wrong):
            _refuse_check(read, column, wrong)
        _check_mended(read, column, sound)
    if numeric is not None:
        _refuse_numbers(read, column, numeric)
    return read


def _pair_tables() -> list[np.ndarray]:
    """For each of the nine pairs of signs, by their two bytes: what they add to the sum, modulo 31.

    The last sign counts with weight one, so that the sum of a sound code is a multiple of 31.
    """
    weights = [pow(3, place, _BASE) for place in range(_LENGTH - 1)] + [1]
    tables = []
    for first in range(0, _LENGTH, 2):
        parts = []
        for place in (first, first + 1):
            part = np.full(256, _STRANGE, np.uint16)
            for value, sign in enumerate(credit_code.ALPHABET):
                if value < 10 or not _DIGITS.start <= place < _DIGITS.stop:
                    part[ord(sign)] = value * weights[place] % _BASE
            parts.append(part)
        pair = np.add.outer(parts[1], parts[0]).reshape(-1)  # little-endian: the second byte is the higher
        tables.append(np.minimum(pair, _STRANGE).astype(np.uint16))
    return tables


_PAIRS = _pair_tables()


def _totals(codes: pl.Series) -> np.ndarray:
    """Of codes with 18 bytes each the weighted sum of their signs; `_STRANGE` or more for malformed ones."""
    if not len(codes):
        return np.zeros(0, np.uint16)
    # Some thousand at a time stay in the cache of the processor.
    return np.concatenate(
        [_some_totals(codes.slice(first, _AT_ONCE)) for first in range(0, len(codes), _AT_ONCE)]
    )


def _some_totals(codes: pl.Series) -> np.ndarray:
    content = codes.str.join("").cast(pl.Binary).item()
    pairs = np.frombuffer(content, "<u2").reshape(len(codes), _LENGTH // 2).T.copy()
    total: np.ndarray = _PAIRS[0].take(pairs[0])
    for table, pair in zip(_PAIRS[1:], pairs[1:], strict=True):
        total += table.take(pair)
    return total


def _refuse_check(read: ReadColumn, column: pl.Series, rows: np.ndarray) -> None:
    reasons: dict[str, int] = {}
    which = []
    for code in column.gather(rows).to_list():
        pair = credit_code.check_character(code[:17]) + code[17]
        which.append(reasons.setdefault(pair, len(reasons)))
    told = tuple(_wrong_check(pair[0], pair[1]) for pair in reasons)
    read.refusals.append(Refusals(rows, np.array(which, np.uint32), told))


def _wrong_check(want: str, have: str) -> Reason:
    return reason(
        "code_check",
        f"信用代码第18位校验码不符：按前17位应为“{want}”，实为“{have}”；请核对原件，确认无误可选择照原样导入（标为未核验）。",
        f"The last check character of the code should be “{want}” and is “{have}”; compare it with the licence. "
        "If it is right as it stands, import it knowingly and it stays marked unverified.",
    )


def _check_mended(read: ReadColumn, column: pl.Series, sound: np.ndarray) -> None:
    """Check characters of codes written with blanks, lower case or full-width signs."""
    rows = np.flatnonzero(~sound & read.values.is_not_null().to_numpy())
    for row in rows.tolist():
        code = read.values[row]
        wanted = credit_code.check_character(code[:17])
        if wanted != code[17]:
            read.refusals.append(
                Refusals(np.array([row]), np.zeros(1, np.uint32), (_wrong_check(wanted, code[17]),))
            )


def _judge(raw: str) -> Judged:
    text = raw.strip()
    if text in BLANKS:
        return Judged()
    code = credit_code.normalise(_LABELLED.sub("", text))
    if _FLOAT.fullmatch(code) or _FLOAT.fullmatch(text):
        return Judged(reason=ROUNDED)
    if len(code) == _LENGTH and all(sign in credit_code.ALPHABET for sign in code) and code[2:8].isdigit():
        return Judged(code)
    found = credit_code.faults(raw)
    zh, en = "".join(fault.zh for fault in found), " ".join(fault.en for fault in found)
    return Judged(reason=Reason("code_form", Text(f"信用代码有误：{zh}", f"The code is wrong: {en}")))


def _refuse_numbers(read: ReadColumn, column: pl.Series, numeric: Numeric) -> None:
    """Cells that hold a number where a code belongs; their text looks sound because digits were filled in."""
    digits = column.str.contains(r"^\d{16,}$").fill_null(False)
    rows = np.array(
        [row for row in np.flatnonzero(digits.to_numpy()) if int(column[int(row)]) % _SPACING == 0]
    )
    rows = numeric(rows) if len(rows) else rows
    if not len(rows):
        return
    lost = set(rows.tolist())
    for index, part in enumerate(read.refusals):
        keep = ~np.isin(part.rows, rows)
        read.refusals[index] = Refusals(part.rows[keep], part.which[keep], part.reasons)
    read.refusals.append(Refusals(rows, np.zeros(len(rows), np.uint32), (ROUNDED,)))
    read.values = read.values.scatter(pl.Series(sorted(lost)), None)
