"""The XML of a worksheet in stretches of whole rows, all in one buffer.

A whole sheet, or a fresh buffer for each stretch, would cost as much in pages of memory as reading them does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lianzhang.tables.plain.words import Words, give_up

#: XML that is looked at in one go: its arrays stay in the cache of the processor.
BLOCK = 1048576
#: Bytes before the rows: widths of columns and the like.
_LONGEST_HEAD = 1048576
_BEGIN, _END, _NO_ROWS = b"<sheetData>", b"</sheetData>", b"<sheetData/>"
ROW_END = b"</row>"
_ENCODING = re.compile(rb'encoding=["\']([\w-]+)["\']')


class Stretches:
    """The rows of a sheet that comes in pieces; `rest` is the XML after them, once all have been given."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._piece = memoryview(b"")
        self.rest = b""

    def __iter__(self) -> Iterator[tuple[Words, int]]:
        """The buffer, which holds whole rows up to a place; it may not be kept. Raises `NotPlain`."""
        self._piece = memoryview(self._first_rows())
        words, filled = Words(BLOCK), 0
        while True:
            filled = self._fill(words, filled)
            whole = words.text.rfind(ROW_END, 0, filled) + len(ROW_END)
            whole = whole if whole >= len(ROW_END) else 0
            last = words.text.find(_END, whole, filled)
            if last >= 0:
                if last:
                    yield words, last
                self.rest = b"".join([bytes(words.text[last:filled]), self._piece, *self._pieces])
                return
            if filled < words.size:
                give_up("no end of the data")
            if whole:
                yield words, whole
                words.text[: filled - whole] = words.text[whole:filled]
                filled -= whole
            else:
                words = words.larger()

    def _first_rows(self) -> bytes:
        """As much as is there where the rows begin."""
        head = b""
        for piece in self._pieces:
            head += piece
            at = head.find(_BEGIN)
            if at >= 0 or _NO_ROWS in head:
                said = _ENCODING.search(head, 0, 200)
                if said and said[1].upper() != b"UTF-8":
                    give_up("encoding")
                return head[at + len(_BEGIN) :] if at >= 0 else _END + head.partition(_NO_ROWS)[2]
            if len(head) > _LONGEST_HEAD:
                break
        give_up("no data of a sheet")

    def _fill(self, words: Words, filled: int) -> int:
        """Put in what fits; less than the size only where nothing is left."""
        while filled < words.size:
            if not self._piece:
                self._piece = memoryview(next(filter(len, self._pieces), b""))
                if not self._piece:
                    break
            some = self._piece[: words.size - filled]
            words.text[filled : filled + len(some)] = some
            self._piece, filled = self._piece[len(some) :], filled + len(some)
        return filled
