"""What stands around a name in lists and sentences: numbers, titles, posts, 等3家, several names side by side.

What is taken away might belong to a name after all, so the whole is looked up as well.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from lianzhang.naming import beside
from lianzhang.naming.clean import BEYOND
from lianzhang.naming.lexicon import lexicon

_NUMERALS = "一二三四五六七八九十"
_LEADING = re.compile(
    rf"\s*(?:[（(]\s*(?:\d{{1,3}}|[{_NUMERALS}]{{1,3}})\s*[)）]|\d{{1,3}}\s*[)）.．、，,:：](?!\d)|\d{{1,3}}\s+(?!\d)"
    rf"|[①-⑳]|[{_NUMERALS}]{{1,3}}[、.．])\s*"
)
_POST = (
    r"(?:(?:党委|支部)书记|(?:副)?董事长|董事局主席|董事会秘书|(?:常务)?(?:副)?总(?:经理|裁|工程师)"
    r"|负责人|法定代表人|法人代表|法人)"
)
#: The firm itself, where its name is complete before it.
_ITSELF = re.compile(r"(?<=公司|集团|集團)(?:总部|總部|本部)$")
#: Firms that belong to another, which is named before.
_OWNED = re.compile(
    r"^(?P<owner>.{2,}?)的?(?:旗下|下属|下屬|所属|所屬|(?<=公司|集团|股份)(?:控股|全资)?子公司)(?P<owned>.*)$"
)
_BEHIND = re.compile(rf"的?[兼、]?{_POST}(?:[兼、]?{_POST})*[\u4e00-\u9fff]{{0,4}}$")
#: 等3家企业, 等; 高等 and 优等 are words.
_AND_OTHERS = (
    re.compile(rf"等\s*(?:[\d{_NUMERALS}两百余多]+\s*[家个户].{{0,8}}|[多各]家.{{0,8}})$"),
    re.compile(r"(?<![平优高中初上下同一二三特头])等(?:企业|公司|单位)?$"),
)
#: 和 joins two names only behind the end of one: 三和轴承 is one name.
_BETWEEN = re.compile(r"[、；;/|]|(?<=公司|集团|股份)(?:和|与|及|以及|與)")
#: A group, and behind it the whole name of a firm that belongs to it.
_MEMBER = re.compile(r".{2,8}集[团團](?P<member>[\u3400-\u9fff].{3,}(?:公司|厂|廠|中心|院))$")
#: A branch, and the name before it.
_BRANCH = re.compile(r"(?P<name>[\u3400-\u9fff]{4,20})(?P<kind>分公司|分厂)")
#: What ends the name of a parent.
_ENDED = re.compile(r"公司|集[团團]|厂|社|院|中心")
_SHORTEST = 2
_FIRST_CHINESE = 0x3400
#: Characters without which none of this is there, few of which stand in plain names.
_SIGNS = "原身曾旧舊现現更改等董总總本负負法书書旗属屬、；;/|与與及"
_FIRST = "0123456789（(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳" + _NUMERALS
_PAIRS = (*beside.PAIRS, "分公", "分厂")
_FIRST_SIGNS, _ANY_SIGN = frozenset(_FIRST), frozenset(_SIGNS + "集和子")
#: What stands behind 集团 in the name of the group itself.
_OWN_END = "()（）有股公企 \n"


def without_surroundings(text: str) -> str:
    """The text without a number before it, a post behind it, and what else stands beside a name.

    >>> without_surroundings("1、时风集团董事长刘某"), without_surroundings("链主企业信发集团")
    ('时风集团', '信发集团')
    """
    found = _LEADING.sub("", text, count=1) if _LEADING.match(text) else text
    found = _without(_BEHIND, _without(_ITSELF, found))
    if beside.MARKED.search(found):
        found = beside.without_what_stands_beside(found)
    return found if len(found.strip()) >= _SHORTEST else text


def _without(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text.rstrip())
    return text[: found.start()] if found is not None and found.start() >= _SHORTEST else text


def named_together(text: str) -> list[str]:
    """The names that stand side by side or before 等3家, or the firm named behind its group.

    Empty where there is but one name.

    >>> named_together("时风集团、鑫亚股份等3家企业"), named_together("时风集团农业装备公司")
    (['时风集团', '鑫亚股份'], ['农业装备公司', '时风农业装备公司'])
    """
    alone = text
    for pattern in _AND_OTHERS:
        alone = _without(pattern, alone)
    if (owned := _OWNED.match(alone)) is not None:
        return [name for name in owned.groups() if len(name) > _SHORTEST or name == owned["owner"]]
    names = [name.strip() for name in _BETWEEN.split(alone)]
    if len(names) > 1 or alone != text:
        return [name for name in names if len(name) >= _SHORTEST]
    member = _MEMBER.search(text)
    if member is not None and member["member"][0] not in _OWN_END:
        without_group = text[: member.start("member") - 2] + member["member"]
        return [member["member"], without_group]
    if branch := _with_its_parent(text):
        return [branch]
    latin, name = beside.latin_beside(text) if beside.MARKED.search(text) else ("", "")
    return [name, latin] if latin else []


def _with_its_parent(text: str) -> str:
    """A branch named without the end of its parent's name, written with one: the last word of the trade is its own.

    鲁西化工动力分公司 belongs to 鲁西化工…公司, and is its 动力分公司. Empty where it is no such.
    """
    branch = _BRANCH.fullmatch(text)
    if branch is None or _ENDED.search(branch["name"]):
        return ""
    name, words = branch["name"], lexicon()
    for size in words.trade_endings.get(name[-1], ()):
        if name[-size:] in words.trades and len(name) - size >= _SHORTEST:
            return f"{name[:-size]}公司{name[-size:]}{branch['kind']}"
    return ""


def may_have_surroundings(text: str) -> bool:
    """Whether a text may hold more than a plain name; what it denies is one."""
    return (
        text.lstrip()[:1] in _FIRST_SIGNS
        or not _ANY_SIGN.isdisjoint(text)
        or beside.MARKED.search(text) is not None
        or "分公司" in text
        or "分厂" in text
    )


def with_surroundings(texts: list[str]) -> list[int]:
    """Which of many texts may hold more than a plain name: only those are worth reading one by one."""
    if not any(texts):
        return []
    codes = np.frombuffer("\n".join(texts).encode("utf-32-le", "replace"), np.uint32)
    kinds = _kinds().take(codes, mode="clip")
    breaks = np.flatnonzero(kinds == _BREAK)
    if len(breaks) != len(texts) - 1:
        return list(range(len(texts)))
    at = np.flatnonzero(kinds)
    kind, before = kinds[at], codes[np.maximum(at - 1, 0)]
    after, second = (codes.take(at + step, mode="clip") for step in (1, 2))
    marked = kind == _SIGN
    marked |= (kind == _GROUP) & _ends()[0].take(after, mode="clip") & ~_ends()[1].take(second, mode="clip")
    marked |= (kind == _SON) & (after == ord("公"))
    marked |= (kind == _AND) & _ends()[2].take(before, mode="clip")
    marked |= (kind == _FIRST_OF_ALL) & ((at == 0) | _ends()[3].take(before, mode="clip"))
    marked |= (kind == _FIRST_OF_ALL) & (kinds.take(at + 1, mode="clip") == _FIRST_OF_ALL)
    for pair in _PAIRS:
        marked |= (codes[at] == ord(pair[0])) & (after == ord(pair[1]))
    letter = np.flatnonzero(kind == _LETTER)
    near = codes.take(at[letter] + np.array([[-3], [-2], [-1], [1], [2], [3]]), mode="clip")
    marked[letter] |= (near >= _FIRST_CHINESE).any(0)
    last = np.append(breaks, len(codes)) - 1
    last = last[np.isin(codes.take(last, mode="clip"), [ord(sign) for sign in beside.DIVISION_SIGNS])]
    found = np.concatenate([at[marked], beside.said_twice(codes), last])
    return [int(line) for line in np.unique(np.searchsorted(breaks, found))]


_SIGN, _GROUP, _AND, _FIRST_OF_ALL, _BREAK, _SON, _FIRST_OF_TWO, _LETTER = range(1, 9)


@cache
def _kinds() -> NDArray[np.uint8]:
    table = np.zeros(BEYOND, np.uint8)
    table[[ord(sign) for sign in _FIRST]] = _FIRST_OF_ALL
    table[[ord(sign) for sign in _SIGNS]] = _SIGN
    table[[ord(pair[0]) for pair in _PAIRS]] = _FIRST_OF_TWO
    table[[ord(sign) for sign in beside.COLONS]] = _SIGN
    table[[*range(ord("A"), ord("Z") + 1), *range(ord("a"), ord("z") + 1)]] = _LETTER
    table[ord("集")], table[ord("和")], table[ord("子")], table[ord("\n")] = _GROUP, _AND, _SON, _BREAK
    return table


@cache
def _ends() -> tuple[NDArray[np.bool_], ...]:
    """What makes 集 a group, what stands behind 集团 of a group itself, what before 和 of two firms, and spaces."""
    spaces = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
    return tuple(map(_table, ("团團", _OWN_END, "司团團份", spaces)))


def _table(signs: str) -> NDArray[np.bool_]:
    table = np.zeros(BEYOND, np.bool_)
    table[[ord(sign) for sign in signs]] = True
    return table
