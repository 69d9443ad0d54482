"""Cutting a business scope (经营范围) into its items.

An item ends at `；` `;` `。` `：` `:` a tab or a line end wherever it stands, and at `，` or `,` outside round
brackets: 「机械设备租赁（不含农业机械，工程机械）」 is one item, so that its 不含 covers all of it. `、` ends
nothing, because standard items hold it: 「电线、电缆制造」.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: What ends an item wherever it stands. `；` also divides a scope into the segments that are interned.
ENDS = "；;。：:\n\r\t"
#: What ends an item only outside round brackets.
SOFT_ENDS = "，,"
OPENING, CLOSING = "（(", "）)"

_HARD = re.compile(f"[^{re.escape(ENDS)}]+")
_BRACKET_OR_SOFT = re.compile(f"[{re.escape(SOFT_ENDS + OPENING + CLOSING)}]")
#: Full-width forms (！ to ～) stand 0xFEE0 above their ASCII twins.
_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLDED = {code: ord(chr(low).lower()) for code, low in _WIDTHS.items()} | {
    code: code + 32 for code in range(ord("A"), ord("Z") + 1)
}


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a scope and the character at which it begins there."""

    text: str
    start: int


def folded(text: str) -> str:
    """The text as it is compared: half-width, small letters. Every character keeps its place."""
    return text.translate(_FOLDED)


def cut_items(text: str) -> list[Item]:
    """The items of a scope in their order, without spaces around them; empty ones are left out."""
    items: list[Item] = []
    for piece in _HARD.finditer(text):
        begin, depth = piece.start(), 0
        for mark in _BRACKET_OR_SOFT.finditer(text, piece.start(), piece.end()):
            sign = mark.group()
            if sign in OPENING:
                depth += 1
            elif sign in CLOSING:
                depth -= 1
            elif depth <= 0:
                _add(items, text, begin, mark.start())
                begin = mark.end()
        _add(items, text, begin, piece.end())
    return items


def _add(items: list[Item], text: str, begin: int, end: int) -> None:
    raw = text[begin:end]
    bare = raw.strip()
    if bare:
        items.append(Item(bare, begin + len(raw) - len(raw.lstrip())))
