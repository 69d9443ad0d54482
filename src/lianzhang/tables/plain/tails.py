"""What follows the reference of a cell: its attributes and the beginning of its value, and how the cell ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from lianzhang.tables.plain.strings import PRESERVED
from lianzhang.tables.plain.styles import Shown
from lianzhang.tables.plain.words import WIDTH, Words, give_up, word

#: Differently formatted kinds of cells; a sheet with more is unusual.
_MOST = 64
_LONGEST = 96
_TAIL = re.compile(
    rb'(?: s="(?P<style>\d{1,5})"| t="(?P<type>\w{1,9})"){0,2}'
    rb"(?:(?P<empty> ?/>|></c>)|>(?P<opening><v>|<is>(?:<t>|" + PRESERVED + rb")|<f))"
)
_ENDINGS = {b"<v>": b"</v></c>", b"<is": b"</t></is></c>"}


@dataclass(frozen=True, slots=True)
class Tail:
    """One way in which cells go on. `ending` is what stands after the value, empty where there is none; what a
    `formula` is and where it ends has to be looked for."""

    signs: bytes
    type: str
    shown: Shown
    ending: bytes
    formula: bool


class Tails:
    """The tails of a sheet, learnt as they are met."""

    def __init__(self, styles: list[Shown]) -> None:
        self.known: list[Tail] = []
        self._styles = styles

    def of(self, words: Words, at: np.ndarray) -> np.ndarray:
        """For each cell, whose reference ends at `at`, the place of its tail in `known`."""
        which = np.full(len(at), -1, np.int64)
        left, tried = np.arange(len(at)), 0
        while len(left):
            if tried == len(self.known):
                self._learn(words.text, int(at[left[0]]))
            same, signs = np.ones(len(left), bool), self.known[tried].signs
            for skip in range(0, len(signs), WIDTH):
                wanted = signs[skip : skip + WIDTH]
                same &= words.first(at[left] + skip, len(wanted)) == word(wanted)
            if same.all():
                which[left] = tried
                break
            which[left[same]] = tried
            left, tried = left[~same], tried + 1
        return which

    def _learn(self, xml: bytearray, at: int) -> None:
        match = _TAIL.match(xml, at, at + _LONGEST)
        if match is None or len(self.known) == _MOST:
            give_up("attributes of a cell")
        style, opening = int(match["style"] or 0), match["opening"] or b""
        if style >= max(1, len(self._styles)):
            give_up("format of a cell")
        type_ = (match["type"] or b"n").decode()
        if opening and (type_ == "inlineStr") != opening.startswith(b"<is"):
            give_up("text in a cell")
        shown = self._styles[style] if self._styles else Shown.NUMBER
        ending = _ENDINGS.get(opening[:3], b"")
        self.known.append(Tail(match[0], type_, shown, ending, formula=opening == b"<f"))
