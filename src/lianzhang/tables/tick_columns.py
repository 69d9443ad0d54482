"""Columns headed by a title and filled with ticks: 是否专精特新, 小巨人（是/否）, 瞪羚企业 with √ below it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lianzhang.tables.headings import Heading
from lianzhang.tables.title_text import Words, half_width, is_title, level_in, titles_of

_ASKED = re.compile(
    r"是否(?:已)?(?:被)?(?:认定为|认定|获评为|获评|获得|取得|列入|入选|属于|属|为|是|系)?"
    r"|[(（\[【]\s*(?:是\s*[/、或]?\s*否|有\s*[/、或]?\s*无|[请需]?打?[“\"]?[√✓][”\"]?|打勾|勾选|Y/N|1/0|填?是或否)\s*[)）\]】]"
    r"|[?？]$|(?:情况)?[(（]?(?:打√|打勾|勾选)[)）]?$",
    re.IGNORECASE,
)
#: What offices call titles between themselves.
_SHORT = {
    "高企": "高新技术企业", "高新": "高新技术企业", "高新企业": "高新技术企业", "国高": "高新技术企业",
    "国家高企": "高新技术企业", "国家级高企": "高新技术企业", "高新技术": "高新技术企业",
    "科小": "科技型中小企业", "科技型": "科技型中小企业", "创新型": "创新型中小企业",
    "链主": "链主企业",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ticked:
    """The title that a header asks about, its level where the header says it, and whether it is put as a question."""

    title: str
    level: str = ""
    asked: bool = False
    known: bool = False


def ticked(item: Heading, words: Words | None) -> Ticked:
    """What a header asks about; `known` where the pack knows the words for one title and no more."""
    lower = item.lower or item.text
    asked = bool(_ASKED.search(item.text))
    if item.lower and level_in(lower) and not lower.replace(level_in(lower), "").strip("()（） "):
        lower = item.text.removesuffix(lower)  # 专精特新 over 省级
    said = _ASKED.sub("", lower).strip(" \u3000:：*")
    plain = half_width(said)
    title = _SHORT.get(plain, said)
    known = words is not None and bool(title) and is_title(title, words) and _is_one(title, words)
    return Ticked(title.replace("@", "")[:100], level_in(plain) or level_in(item.text), asked, known)


def _is_one(title: str, words: Words) -> bool:
    found = titles_of(title, words)
    return found is not None and len(found) == 1
