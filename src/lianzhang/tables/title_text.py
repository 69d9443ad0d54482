"""What a text says of titles: which it names, and the year, batch and level that stand beside each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from lianzhang.tables.kinds.records import LEVELS

_ALIKE = str.maketrans("；｜，／＋", ";|,/+")
#: Signs that always stand between two titles; the others may belong to the name of one.
_SURE, _WEAK = ";|", "、,/+\n\r"
_OPEN, _CLOSE = "([（【「《{“‘", ")]）】」》}”’"
_NUMBERED = re.compile(r"(?:^|(?<=[\s;,、。]))[(（]?\d{1,2}(?:[)）、]|[.．](?!\d))\s*|[①-⑳]\s*")
_YEAR = re.compile(
    r"[(（\[【]\s*((?:19|20)\d{2})\s*年?(?:度|认定|获评|获批|公布)?\s*[)）\]】]|((?:19|20)\d{2})\s*年度?"
)
_BATCH = re.compile(r"[(（\[【]?\s*(第[一二三四五六七八九十百\d]+批)次?\s*[)）\]】]?")
#: What may stand behind the words of a title, so that it is still one.
_TAIL = re.compile(
    r"(?:培育|示范|种子|入库|标杆|领军|提名)*(?:企业|产品|品牌|单位|项目|工厂|车间|奖|中心|称号)?(?:\(.*\))?"
)
#: What the last title may say of all before it: 专精特新、瞪羚培育企业. Those that end in a noun stand by themselves.
_OF_ALL = re.compile(r"培育|示范|种子|入库|产品|品牌")
_NOUN = re.compile(r"(?:企业|冠军|工厂|车间|中心|产品|品牌|单位|奖|平台|实验室|工作站|项目)$")

#: The words in a text in half-width signs by which it is known for a title.
Words = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Title:
    """One title of a cell; `awarded`, `batch` and `level` are empty where they do not stand beside it."""

    title: str
    awarded: str = ""
    batch: str = ""
    level: str = ""


def titles_of(text: str, words: Words) -> tuple[Title, ...] | None:
    """The titles of one cell; None when it looks like several and not all of them are known."""
    plain = _NUMBERED.sub(";", text.translate(_ALIKE))
    pieces = [piece for part in _split(plain, _SURE) if (piece := part.strip(f" \u3000。{_WEAK}"))]
    apart: list[str] = []
    for piece in pieces:
        parts = _parts(piece, words)
        if parts is None and len(pieces) == 1:
            return None
        apart += parts or [piece]
    titles = tuple(dict.fromkeys(_read(part, words) for part in apart))
    if len(titles) > 1:
        return tuple(replace(one, level=level_in(one.title)) for one in titles)
    # A single title is kept as it is written, but for the year or batch beside it.
    return titles if titles and (titles[0].awarded or titles[0].batch) else (Title(text),)


def _parts(piece: str, words: Words) -> list[str] | None:
    """The titles between the weaker signs; None when there may be several and that is not sure."""
    parts = [part.strip() for part in _split(_masked(piece, words), _WEAK) if part.strip()]
    parts = [part.replace("\0", "、") for part in parts]
    if len(parts) < 2:
        return [piece]
    if not all(is_title(part, words) for part in parts):
        broken = not any(sign in piece for sign in _WEAK.strip())
        return [piece] if broken or not any(words(half_width(part)) for part in parts) else None
    bare = any(not _NOUN.search(_alone(part)) for part in parts[:-1])
    return None if bare and _OF_ALL.search(parts[-1]) else parts


def _masked(piece: str, words: Words) -> str:
    """Without the signs that belong to the name of one title, such as 智能工厂、数字化车间."""
    plain = half_width(piece)
    for word in words(plain) if len(plain) == len(piece) else ():
        if "、" in word:
            at = plain.find(word)
            own = piece[at : at + len(word)]
            piece = piece.replace(own, own.replace("、", "\0"))
    return piece


def _split(text: str, signs: str) -> list[str]:
    """Apart at the signs, those within brackets and quotation marks left alone."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in _OPEN) - (sign in _CLOSE)
        if sign in signs and depth <= 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def half_width(text: str) -> str:
    """The text in the signs in which words for titles are sought."""
    return unicodedata.normalize("NFKC", text)


def _alone(part: str) -> str:
    return _BATCH.sub("", _YEAR.sub("", part)).strip()


def is_title(part: str, words: Words) -> bool:
    """Whether the text is one that names a title, whatever stands before its words."""
    plain = half_width(_alone(part))
    end = max((plain.rfind(word) + len(word) for word in words(plain)), default=0)
    return bool(end) and bool(_TAIL.fullmatch(plain[end:]))


def _read(part: str, words: Words) -> Title:
    """A title and what stands beside it; of an unknown one nothing is taken away."""
    if not is_title(part, words):
        return Title(part)
    year, batch = _YEAR.search(part), _BATCH.search(part)
    awarded = (year[1] or year[2]) if year else ""
    return Title(_alone(part), awarded, batch[1] if batch else "")


def level_in(title: str) -> str:
    """The level that a title names; empty where it names none."""
    return next((level for level in LEVELS if level in title), "")
