"""Former names that a mention names as such: 原聊城油泵油嘴厂, 鑫亚工业（前身为…）, …（现更名为…）.

A name may itself begin with 原 (原野, 原创): what may be read either way is read both ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lianzhang.naming.clean import CLOSING, OPENING, clean
from lianzhang.naming.lexicon import lexicon
from lianzhang.naming.places import Places

#: One of these stands in every mention that names a former name, in traditional characters too.
_SIGNS = ("原", "前身", "曾", "更名", "改名", "改制", "旧", "舊", "现", "現")
_ONCE = (
    r"(?:原(?:企业|公司|单位)?(?:名称?|称|为|系)?|前身(?:为|是|系)?|曾(?:用名?(?:称)?|名|称|叫)(?:为|是)?|旧[名称]"
    r"|(?:更名|改名|改制)前(?:名称?)?(?:为|是)?)"
)
_NOW = (
    r"(?:现已?(?:更名为?|改名为?|改制为|名称?|为|称|系)|(?:已|后|现)?(?:更名|改名|改制)[为成]"
    r"|现(?![代货场金浇磨实制]))"
)
#: Marks that cannot be the beginning of a trade name.
_SURE_ONCE = r"(?:前身(?:为|是|系)?|曾用名(?:称)?(?:为|是)?|原名(?:称)?(?:为|是)?)"
_IN_BRACKETS_ONCE = re.compile(rf"{_ONCE}(?P<name>.{{2,}})")
_IN_BRACKETS_NOW = re.compile(rf"{_NOW}(?P<name>.{{2,}})")
_ONLY_MARKED = re.compile(r"(?:原|原名称?|曾用名|旧称|已?更名|已?改名)")
_BOTH = (
    re.compile(rf"(?P<now>.{{2,}}){_SURE_ONCE}(?P<once>.{{2,}})"),
    re.compile(rf"{_SURE_ONCE}(?P<once>.{{2,}}?)的(?P<now>.{{2,}})"),
    re.compile(r"[由原]?(?P<once>.{2,}?)(?:更名|改名|改制)而[来成]的?(?P<now>.{2,})"),
    re.compile(r"原?(?P<once>.{2,}?)(?:现已|已|后|现)?(?:更名|改名|改制)[为成](?P<now>.{2,})"),
    re.compile(r"原(?P<once>.{2,}?)现(?:已|名称?|为|称)(?P<now>.{2,})"),
)
_ONLY_ONCE = re.compile(rf"{_SURE_ONCE}(?P<once>.{{2,}})")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class FormerSaid:
    """A former name and the name beside it, both cleaned; `current` is empty where only the former one is said.

    `doubtful` where the whole may as well be one name that begins with 原.
    """

    former: str
    current: str = ""
    doubtful: bool = False


def former_said(mention: str, places: Places) -> FormerSaid | None:
    """The former name a mention names as such; None where it names none.

    >>> from lianzhang.naming.places import places_of_pack
    >>> former_said("聊城信发（原信发铝电）", places_of_pack())
    FormerSaid(former='信发铝电', current='聊城信发', doubtful=False)
    >>> former_said("聊城原东昌轴承厂", places_of_pack()).former, former_said("原野轴承", places_of_pack())
    ('聊城东昌轴承厂', None)
    """
    if not any(sign in mention for sign in _SIGNS):
        return None
    text = clean(mention)
    if text[:1] == OPENING and text[-1:] == CLOSING and text.count(OPENING) == 1:
        text = text[1:-1]
    return _in_brackets(text) or _in_words(text) or _leading(text, places)


def _in_brackets(text: str) -> FormerSaid | None:
    for start, end in _bracketed(text):
        inner, rest = text[start + 1 : end], text[:start] + text[end + 1 :]
        if len(rest) < _SHORTEST:
            continue
        if _ONLY_MARKED.fullmatch(inner):
            return FormerSaid(rest)
        if (found := _IN_BRACKETS_NOW.fullmatch(inner)) is not None:
            own = rest.startswith(lexicon().own_words)
            return FormerSaid(rest if own else rest.removeprefix("原"), found["name"])
        if (found := _IN_BRACKETS_ONCE.fullmatch(inner)) is not None and not _is_no_mark(inner):
            return FormerSaid(found["name"], rest)
    return None


def _bracketed(text: str) -> Iterator[tuple[int, int]]:
    """Where brackets open and close that stand in no others."""
    depth, start = 0, 0
    for at, sign in enumerate(text):
        if sign == OPENING:
            start = start if depth else at
            depth += 1
        elif sign == CLOSING and depth:
            depth -= 1
            if not depth:
                yield start, at


def _in_words(text: str) -> FormerSaid | None:
    for pattern in _BOTH:
        if (found := pattern.fullmatch(text)) is not None:
            return FormerSaid(found["once"], found["now"])
    found = _ONLY_ONCE.fullmatch(text)
    return FormerSaid(found["once"]) if found is not None else None


def _leading(text: str, places: Places) -> FormerSaid | None:
    """原 at the head, or behind the divisions at the head."""
    head, mark, name = text.partition("原")
    if not mark or len(name) < _SHORTEST or not _are_places(head, places):
        return None
    if (mark + name).startswith((*lexicon().own_words, *lexicon().no_names)):
        return None
    return FormerSaid(head + name, doubtful=True)


def _is_no_mark(text: str) -> bool:
    """Whether 原 at the head belongs to a word of its own, and so says nothing of a former name."""
    words = lexicon()
    return text.startswith(words.no_names) or text in words.own_words


def _are_places(text: str, places: Places) -> bool:
    """Whether nothing but divisions stands here, or nothing at all."""
    return not text or any(
        text[:length] in places.words and _are_places(text[length:], places)
        for length in range(min(places.longest, len(text)), 1, -1)
    )
