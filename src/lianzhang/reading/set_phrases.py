"""Small counts that belong to a phrase and state no figure."""

from __future__ import annotations

import re

from lianzhang.reading.amounts import Amount

_SLOGAN = re.compile(r"[\u3400-\u9fff]{1,6}”")
_FORMULA = re.compile(r"[\u3400-\u9fff]{0,6}\+[A-Za-z\d]")
_PLACES = frozenset(("批", "名", "位", "家", "强"))
_MEANT = frozenset("这那该此")
_AIMS = re.compile(r"[\d百千万]{1,6}”")


def in_set_phrase(text: str, token: Amount) -> bool:
    """Whether a count is part of a slogan (“六个新”), of a formula (1个图谱+N张清单), of an order (前7批), or of a word
    for what was told before (这两个行业)."""
    ahead = text[token.start - 1 : token.start]
    if token.kind not in ("bodies", "items", "people"):
        return False
    slogan = (
        ahead == "“" and token.worded and token.unit == "个" and _SLOGAN.match(text, token.end) is not None
    )
    order = (
        token.unit == "批"
        and text[token.end : token.end + 1].isdigit()
        or token.unit in _PLACES
        and ahead == "前"
    )
    meant = ahead in _MEANT and token.worded
    # “5个100”: so many aims of so many each.
    slogan = slogan or ahead == "“" and _AIMS.match(text, token.end) is not None
    return slogan or order or meant or _FORMULA.match(text, token.end) is not None
