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
_UNKNOWN = 255
_VALUE = np.full(256, _UNKNOWN, np.uint8)
for _place, _sign in enumerate(credit_code.ALPHABET):
    _VALUE[ord(_sign)] = _place
_WEIGHTS = tuple(pow(3, place, _BASE) for place in range(_LENGTH - 1))
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
    formed, expected, last = _matrix(column.filter(wide) if len(rows) < len(column) else column)
    sound = np.zeros(len(column), bool)
    sound[rows] = formed
    slow = spread(column.filter(~pl.Series(sound)), _judge, pl.String)
    read = merge(column, column, pl.Series(sound), slow)
    # Codes that only the slow way could read have their check character looked at here as well.
    if not keep_unverified:
        wrong = formed & (expected != last)
        if wrong.any():
            _refuse_check(read, rows[wrong], expected[wrong], last[wrong])
        _check_mended(read, column, sound)
    if numeric is not None:
        _refuse_numbers(read, column, numeric)
    return read


def _matrix(codes: pl.Series) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of codes with 18 bytes each: whether well formed, the check value wanted, and the one found."""
    count = len(codes)
    if not count:
        empty = np.zeros(0, np.uint8)
        return np.zeros(0, bool), empty, empty
    text = codes.str.join("").item()
    signs = _VALUE[np.frombuffer(text.encode(), np.uint8).reshape(count, _LENGTH)]
    total = np.zeros(count, np.uint16)
    highest = np.zeros(count, np.uint8)
    authority = np.zeros(count, np.uint8)
    for place, weight in enumerate(_WEIGHTS):
        sign = signs[:, place]
        total += sign * np.uint16(weight)
        np.maximum(highest, sign, out=highest)
        if 2 <= place < 8:
            np.maximum(authority, sign, out=authority)
    last = signs[:, -1]
    np.maximum(highest, last, out=highest)
    expected = ((_BASE - total % _BASE) % _BASE).astype(np.uint8)
    return (highest < _BASE) & (authority < 10), expected, last


def _refuse_check(read: ReadColumn, rows: np.ndarray, expected: np.ndarray, last: np.ndarray) -> None:
    pairs, which = np.unique(expected.astype(np.uint16) * _BASE + last, return_inverse=True)
    reasons = tuple(_wrong_check(int(pair) // _BASE, int(pair) % _BASE) for pair in pairs)
    read.refusals.append(Refusals(rows, which.astype(np.uint32), reasons))


def _wrong_check(expected: int, last: int) -> Reason:
    want, have = credit_code.ALPHABET[expected], credit_code.ALPHABET[last]
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
            index = credit_code.ALPHABET.index
            read.refusals.append(
                Refusals(
                    np.array([row]), np.zeros(1, np.uint32), (_wrong_check(index(wanted), index(code[17])),)
                )
            )


def _judge(raw: str) -> Judged:
    text = raw.strip()
    if text in BLANKS:
        return Judged()
    code = credit_code.normalise(raw)
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
