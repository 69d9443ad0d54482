"""分别: names and numbers told in two lists, paired in order when the counts agree."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lianzhang.kernel.gazetteer import gazetteer
from lianzhang.reading.amounts import Amount
from lianzhang.reading.lexicon import Lexicon
from lianzhang.reading.phrases import strip_verbs
from lianzhang.reading.tokens import Rank, Token

_BETWEEN = re.compile(
    r"(?:[、,] ?|和|及|与|以及)(?:同比)?(?:增长|增加|上升|提高|提升|下降|减少|降低|下滑|回落|下跌)?(?:约|近|超|达)*"
    r"|(?:约|近|超|达)"
)
_SPLIT = re.compile(r"、|和|及|与|以及")
_STRICTER = (re.compile("、|以及|和|与"), re.compile("、|以及|及|与"), re.compile("、"))
_RESPECTIVELY = re.compile(r"分别|各自")
#: 三家企业 behind a list of three, with the blanks a period left.
_TALLY = re.compile(
    r"(?:等?[\d二两三四五六七八九十]+(?:(?:家|个|户)(?:企业|公司|单位|县市区?|县区|区县|园区)?|县市区?|县|市|区|地)"
    r"|等(?:企业|公司|县市区?|地))?[ ]*(?=[^、]*$)"
)
_SUMMED_UP = re.compile(
    r"(?P<names>[\u3400-\u9fff、()]{5,90}?)等?(?:[二两三四五六七八九十]|\d{1,2})(?:大|家|个)[\u3400-\u9fff]{0,4}?(?:企业|公司|集团|区|县|园区)"
)
_TAIL = re.compile(r"(?:同比|环比|实现|完成|达到?|为|均|较上年|较去年|比上年|比去年|,)+$")


#: 分别向甲机床、乙机械授信3000万元和1500万元: whom the two lists pair is told behind 分别.
_GIVEN_TO = re.compile(
    "[向给为对](?P<names>[^,;。]{3,60}?)(?P<thing>授信|放款|发放(?:[\u3400-\u9fff]{0,4}贷款)?|投放|投资|拨付|奖励|补助|补贴|捐赠)了?"
)
_GROWTH = frozenset(("percent", "multiple", "tenth"))
#: Between a list of values and the list of their changes: ，同比增长.
_AND_GREW = re.compile(
    r",(?:同比|比上年|较上年|比去年|较去年|环比)?(?:分别)?(?:增长|增加|上升|提高|下降|减少|回落)(?:了|约)?"
)


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that stand in one list behind 分别."""

    tokens: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """One paired name: the phrase that names the thing, and the subject where the list is of subjects."""

    phrase: str
    subject: str


def value_groups(text: str, tokens: Sequence[Token]) -> dict[int, Group]:
    """The groups of a sentence by the identity of each member.

    A number without a unit takes the unit of the last of its list (`6.6和4.6个百分点`).
    """
    found: dict[int, Group] = {}
    run: list[Amount] = []
    # Numbers without a unit take theirs from the end of the list before its sorts are compared.
    for first, second in zip(reversed(tokens[:-1]), reversed(tokens[1:]), strict=True):
        if isinstance(first, Rank) or isinstance(second, Rank) or first.kind and not _is_point(first, second):
            continue
        if _BETWEEN.fullmatch(text[first.end : second.start]):
            first.unit, first.kind = second.unit, second.kind
    for token in tokens:
        if isinstance(token, Rank):
            run = _close(run, text, found)
            continue
        alike = bool(run) and (run[-1].kind in _GROWTH) == (token.kind in _GROWTH)
        if alike and _BETWEEN.fullmatch(text[run[-1].end : token.start]):
            run.append(token)
        else:
            run = _close(run, text, found)
            run = [token]
    _close(run, text, found)
    return found


def _close(run: list[Amount], text: str, found: dict[int, Group]) -> list[Amount]:
    if len(run) < 2:
        return []
    for index in range(len(run) - 2, -1, -1):
        if not run[index].kind:
            run[index].unit, run[index].kind = run[index + 1].unit, run[index + 1].kind
    head = text[max(0, run[0].hedge_start - 40) : run[0].hedge_start]
    sentence = re.split(r"[。;!\n]", head)[-1]
    kinds = {token.kind for token in run}
    alike = len(kinds) == 1 or kinds <= _GROWTH or not kinds & ({""} | _GROWTH)
    if alike and (_RESPECTIVELY.search(sentence) or _follows_a_list(run, text, found)):
        group = Group(tuple(run))
        found.update({id(token): group for token in run})
    return []


def _is_point(first: Amount, second: Amount) -> bool:
    """1.1个、0.8个百分点: the first number counts what the second names."""
    return first.unit == "个" and second.unit == "个百分点"


def _follows_a_list(run: Sequence[Amount], text: str, found: Mapping[int, Group]) -> bool:
    """Whether a list of changes stands right behind a list of as many values told with 分别."""
    last = next(reversed(list(found.values())), None)
    if last is None or len(last.tokens) != len(run) or run[0].kind not in _GROWTH:
        return False
    return _AND_GREW.fullmatch(text, last.tokens[-1].end, run[0].hedge_start) is not None


def listed_bodies(phrase: str, lexicon: Lexicon, count: int) -> list[str]:
    """The `count` firms or places that a phrase lists before it sums them up: 甲公司、乙公司等两家企业; else none."""
    match = _SUMMED_UP.search(phrase)
    names = [name for name in _SPLIT.split(match["names"]) if name] if match else []
    return names if len(names) == count and _are_bodies(names, lexicon) else []


def pair_names(head: str, lexicon: Lexicon, count: int) -> list[Name] | None:
    """The names before 分别, one per number; None when their count differs from `count`."""
    match = None
    for match in _RESPECTIVELY.finditer(head):  # noqa: B007 - the last match is wanted
        pass
    before = head[: match.start()] if match else head
    before = re.split(r"[,;:。]", _TAIL.sub("", before))[-1]
    before = _TAIL.sub("", before)
    after = strip_verbs(head[match.end() :]) if match else ""
    given = _GIVEN_TO.fullmatch(head[match.end() :].strip()) if match else None
    if given is not None and len(taking := _parts(given["names"], count)) == count:
        return [Name(given["thing"], part) for part in taking]
    before = _TALLY.sub("", before)
    parts = _parts(before, count)
    if len(parts) != count:
        return None
    last = lexicon.indicator_pattern.search(parts[-1])
    shared = parts[-1][last.start() :] if last else ""
    own = [lexicon.indicator_pattern.search(part) is not None for part in parts]
    if after and lexicon.indicator_pattern.search(after):
        parts = [part.removesuffix("等").removeprefix("对") for part in parts]
        bodies = _are_bodies(parts, lexicon)
        return [Name(after if bodies else f"{part}{after}", part if bodies else "") for part in parts]
    if all(own):
        return [Name(part, "") for part in parts]
    if shared and not any(own[:-1]):
        names = [*parts[:-1], parts[-1][: last.start()] if last else parts[-1]]
        bodies = _are_bodies(names, lexicon)
        return [Name(shared if bodies else f"{name}{shared}", name if bodies else "") for name in names]
    places = _are_places(parts, lexicon)
    first, final = parts[0], parts[-1]
    alike = all(len(part) == len(first) and part[0] == first[0] for part in parts[:-1])
    if not places and alike and final[0] == first[0] and len(final) > len(first) + 1:
        # 新开工、新竣工亿元以上项目分别为217个、148个
        return [*(Name(f"{part}{final[len(first) :]}", "") for part in parts[:-1]), Name(final, "")]
    return [Name(after if places else part, part if places else "") for part in parts]


def _parts(before: str, count: int) -> list[str]:
    """The `count` names of a list; 和 and 及 may stand inside a name (水生产和供应业), 、 divides always."""
    parts: list[str] = []
    for signs in (_SPLIT, *_STRICTER):
        parts = [part.strip() for part in signs.split(before) if part.strip()]
        if len(parts) <= count:
            break
    return parts


def _are_places(names: Sequence[str], lexicon: Lexicon) -> bool:
    known = gazetteer()
    return all(name in lexicon.places or name in known.short or name in known.full for name in names)


def _are_bodies(names: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a list is of places and firms; 铲运机械、压实机械、路面机械 are sorts of one product."""
    if _are_places(names, lexicon):
        return True
    endings = [lexicon.ending_pattern.search(name) for name in names]
    if not all(ending or name in lexicon.places for ending, name in zip(endings, names, strict=True)):
        return False
    words = {ending[0] for ending in endings if ending}
    trade = all(lexicon.ending_kinds[word] == "trade" for word in words)
    return not (trade and len(words) == 1 and all(len(name) == 4 for name in names))
