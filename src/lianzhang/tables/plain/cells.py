"""The cells of a worksheet: their places, what each holds, and the values by kind.

Rows and cells must name their places in order. Memory stays within a few times the XML, whatever it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np

from lianzhang.tables.plain.stretches import BLOCK, ROW_END, Stretches
from lianzhang.tables.plain.styles import Shown
from lianzhang.tables.plain.tails import Tail, Tails
from lianzhang.tables.plain.words import WIDTH, Words, give_up, need, whole_numbers, word

_FORMULA = re.compile(rb"<f(?: [^<>]*)?(?:/>|>[^<]*</f>)<v>([^<]*)</v></c>")
_HIDDEN = re.compile(rb'<row r="(\d{1,7})"[^<>]*? hidden="(?:1|true)"')
_LONGEST_NUMBER = 7
#: 1 March 1900 and the end of 9999, as Excel counts days; before it Excel and the calendar disagree.
_FIRST_DAY, _LAST_DAY = 61, 2_958_465


class Meaning(IntEnum):
    """What the value of a cell is."""

    SHARED = 0
    WHOLE = 1
    DAY = 2
    NUMBER = 3
    PERCENT = 4
    TEXT = 5


@dataclass(frozen=True, slots=True)
class Part:
    """Some cells whose values mean the same. Rows and columns count from 0; `index` is the place of the value among
    the shared texts or in the list of its kind."""

    row: np.ndarray
    column: np.ndarray
    meaning: Meaning
    index: np.ndarray


@dataclass(slots=True)
class Cells:
    """All cells with a value, and the values that are not shared texts."""

    parts: list[Part] = field(default_factory=list)
    wholes: list[np.ndarray] = field(default_factory=list)
    days: list[np.ndarray] = field(default_factory=list)
    numbers: list[bytes] = field(default_factory=list)
    percents: list[bytes] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)
    #: Numbers of the rows that nobody sees.
    hidden: list[int] = field(default_factory=list)


def hidden_rows(xml: bytes | bytearray, end: int) -> list[int]:
    """The numbers of the rows that are hidden, by hand or by a filter, in the XML up to a place."""
    # Hardly any sheet has this word, and it is sought far faster than rows.
    if xml.find(b' hidden="', 0, end) < 0:
        return []
    return [int(row[1]) for row in _HIDDEN.finditer(xml, 0, end)]


def read_cells(stretches: Stretches, *, shared: int, styles: list[Shown]) -> Cells:
    """The cells of a sheet; `shared` is the number of shared texts. Raises `NotPlain`."""
    reader = _Reader(shared, styles)
    for words, end in stretches:
        reader.read(words, end)
        reader.found.hidden += hidden_rows(words.text, end)
    return reader.found


def _places(found: np.ndarray) -> np.ndarray:
    """Where the signs are that were found. No two of them stand in the same eight, or the row is no plain one."""
    eights = found.view("<u8")
    some = np.flatnonzero(eights != 0)
    held = eights[some]
    need(held & (held - np.uint64(1)) == 0, "marks side by side")
    # A power of two, whose exponent a floating-point number holds.
    places: np.ndarray = (some << 3) + ((held.astype(np.float64).view(np.int64) >> 52) - 1023 >> 3)
    return places


class _Reader:
    words: Words

    def __init__(self, shared: int, styles: list[Shown]) -> None:
        self.shared, self.tails = shared, Tails(styles)
        self.found = Cells()
        self.last_row = 0
        self.kept = [0] * len(Meaning)
        self._scratch = np.empty((2, BLOCK), bool)

    def read(self, words: Words, end: int) -> None:
        """One stretch of rows, from the beginning of the buffer."""
        self.words = words
        marks, is_row, tags = self._marks(end)
        following, counts, ends = self._rows(marks, is_row, end)
        is_cell = ~is_row
        numbers, lengths, written = (np.repeat(part, counts) for part in self._row_numbers(marks[is_row]))
        columns, after = self._references(marks[is_cell], lengths, written)
        rows = numbers - 1
        need(np.diff(rows << 16 | columns) > 0, "order of cells")
        tags -= len(counts) + ends
        tails, following = self.tails.of(words, after), following[is_cell]
        for place, count in enumerate(np.bincount(tails).tolist()):
            if not count:
                continue
            tail = self.tails.known[place]
            some = tails == place if count < len(tails) else slice(None)
            values = after[some] + len(tail.signs)
            tags -= self._tags(tail, values, following[some])
            self._keep(tail, values, following[some], rows[some], columns[some])
        if tags:
            give_up("something else in a row")

    def _marks(self, end: int) -> tuple[np.ndarray, np.ndarray, int]:
        """Where rows and cells begin, which of them are rows, and how many tags there are in all."""
        signs = self.words.bytes[: end + 1]
        size = -(-end // WIDTH) * WIDTH
        if size > self._scratch.shape[1]:
            self._scratch = np.empty((2, size), bool)
        # A fresh array each time would cost as much as the work.
        found, also = self._scratch[0, :end], self._scratch[1, :end]
        np.equal(signs[1:], ord("c"), out=found)
        found |= np.equal(signs[1:], ord("r"), out=also)
        found &= np.equal(signs[:-1], ord("<"), out=also)
        self._scratch[0, end:size] = False
        marks = _places(self._scratch[0, :size])
        if not len(marks) or marks[0] != 0:
            give_up("text between rows")
        return marks, signs[marks + 1] == ord("r"), int(np.count_nonzero(also))

    def _tags(self, tail: Tail, start: np.ndarray, end: np.ndarray) -> int:
        """How many tags cells with this tail have."""
        own = len(start) * (1 + tail.signs.count(b"<") + tail.ending.count(b"<"))
        if not tail.formula:
            return own
        spans = zip(start.tolist(), end.tolist(), strict=True)
        return own + sum(self.words.text.count(b"<", first, last) for first, last in spans)

    def _rows(self, marks: np.ndarray, is_row: np.ndarray, end: int) -> tuple[np.ndarray, np.ndarray, int]:
        """Where the tag after each mark begins, the number of cells of each row, and how many rows have an end."""
        at = np.flatnonzero(is_row)
        if not len(at) or at[0] != 0:
            give_up("cell outside of rows")
        next_at = np.append(at[1:], len(marks))
        counts = next_at - at - 1
        following = np.append(marks[1:], end)
        shut = self.words.eights[following[next_at - 1] - WIDTH] >> np.uint64(16) == word(ROW_END)
        following[next_at - 1] -= len(ROW_END) * shut
        opened = following[at]
        need(self.words.bytes[opened - 1] == ord(">"), "text in a row")
        need((self.words.bytes[opened - 2] == ord("/")) != shut, "end of a row")
        need(shut | (counts == 0), "order of rows")
        return following, counts, int(np.count_nonzero(shut))

    def _row_numbers(self, at: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The numbers of the rows, how many digits each has, and these with the quotation mark after them."""
        need(self.words.eights[at] == word(b'<row r="'), "row without a number")
        signs = self.words.eights[at + WIDTH]
        quoted = signs.view(np.uint8).reshape(-1, WIDTH) == ord('"')
        lengths = quoted.argmax(axis=1)
        need((lengths > 0) & quoted.any(axis=1), "number of a row")
        numbers, digits = whole_numbers(signs, lengths)
        need(digits, "number of a row")
        need(np.diff(numbers, prepend=self.last_row) > 0, "order of rows")
        self.last_row = int(numbers[-1])
        return numbers, lengths, self.words.first(at + WIDTH, lengths + 1)

    def _references(
        self, at: np.ndarray, lengths: np.ndarray, written: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """The columns that the references of cells name, and where each reference ends; the row must be theirs."""
        head = self.words.eights[at]
        need(head << np.uint64(16) == word(b'\0\0<c r="'), "cell without a place")
        # Below A letters turn into large numbers.
        first, second = ((head >> np.uint64(bits)).astype(np.uint8) - np.uint8(ord("A")) for bits in (48, 56))
        need(first < 26, "letter of a column")
        columns, digits_at, two = first.astype(np.int64), at + 7, second < 26
        if two.any():
            third = self.words.bytes[at + WIDTH] - np.uint8(ord("A"))
            three = two & (third < 26)
            columns = np.where(two, (columns + 1) * 26 + second, columns)
            columns = np.where(three, (columns + 1) * 26 + third, columns)
            digits_at += two.astype(np.int64) + three
        need(self.words.first(digits_at, lengths + 1) == written, "cell in another row")
        return columns, digits_at + lengths + 1

    def _keep(
        self, tail: Tail, start: np.ndarray, next_at: np.ndarray, rows: np.ndarray, columns: np.ndarray
    ) -> None:
        """Keep the values, if any, of cells that go on alike; `next_at` is where the next tag after each begins."""
        if not (tail.ending or tail.formula):
            return need(start == next_at, "text after a cell")
        if tail.formula:
            start, end = self._results(start - len(b"<f"), next_at)
        else:
            end = next_at - len(tail.ending)
            need(end >= start, "end of a cell")
            last = tail.ending[-WIDTH:]
            need(self.words.eights[next_at - WIDTH] == word(last), "end of a cell")
        if tail.type in ("str", "inlineStr"):
            self.found.texts += self._written(start, end)
            return self._place(Meaning.TEXT, rows, columns)
        return self._keep_numbers(tail, start, end, rows, columns)

    def _results(self, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where the results of formulas begin and end."""
        found = []
        for first, last in zip(start.tolist(), end.tolist(), strict=True):
            match = _FORMULA.fullmatch(self.words.text, first, last)
            if match is None:
                give_up("formula")
            found.append(match.span(1))
        spans = np.array(found, np.int64).reshape(-1, 2)
        return spans[:, 0], spans[:, 1]

    def _written(self, start: np.ndarray, end: np.ndarray) -> list[bytes]:
        if not len(start):
            return []
        text = bytes(self.words.text)
        return [text[first:last] for first, last in zip(start.tolist(), end.tolist(), strict=True)]

    def _keep_numbers(
        self, tail: Tail, start: np.ndarray, end: np.ndarray, rows: np.ndarray, columns: np.ndarray
    ) -> None:
        """Keep numbers, days and the places of shared texts, which all are digits as a rule."""
        lengths = end - start
        short = (lengths > 0) & (lengths <= _LONGEST_NUMBER)
        if not short.all():
            lengths = np.where(short, lengths, 1)
        signs = self.words.first(start, lengths)
        values, digits = whole_numbers(signs, lengths)
        whole = short & digits & ((lengths == 1) | ((signs & np.uint64(255)) != ord("0")))
        if tail.type == "s":
            need(whole & (values < self.shared), "place of a shared text")
            return self._place(Meaning.SHARED, rows, columns, values)
        if tail.type != "n" or tail.shown is Shown.OTHERWISE:
            give_up("type of a cell")
        if tail.shown is Shown.DAY:
            need(whole & (values >= _FIRST_DAY) & (values <= _LAST_DAY), "time of day")
            self.found.days.append(values)
            return self._place(Meaning.DAY, rows, columns)
        if tail.shown is Shown.PERCENT:
            self.found.percents += self._written(start, end)
            return self._place(Meaning.PERCENT, rows, columns)
        self.found.wholes.append(values[whole])
        self._place(Meaning.WHOLE, rows[whole], columns[whole])
        rest = np.flatnonzero(~whole)
        self.found.numbers += self._written(start[rest], end[rest])
        return self._place(Meaning.NUMBER, rows[rest], columns[rest])

    def _place(
        self, meaning: Meaning, rows: np.ndarray, columns: np.ndarray, index: np.ndarray | None = None
    ) -> None:
        """Note where the newest values of this kind stand."""
        if index is None:
            index = np.arange(len(rows)) + self.kept[meaning]
            self.kept[meaning] += len(rows)
        if len(rows):
            small = rows.astype(np.uint32), columns.astype(np.uint16), index.astype(np.uint32)
            self.found.parts.append(Part(small[0], small[1], meaning, small[2]))
