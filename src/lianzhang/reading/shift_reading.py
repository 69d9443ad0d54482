"""What a shifted run most likely said, told with the words of the rest of the document.

The bytes inside a run are known, so most of its characters follow. The halves lost at its ends, and
pairs that no decoder has a character for, are filled only with words that stand elsewhere in the
same document. The result is an offer to a person, never a value.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from lianzhang.reading.byte_shift import LOSS, halves, joined

UNKNOWN = "…"
#: The full-width question mark: a replacement sign may really be this one.
_WIDE_QUESTION = b"\xa3\xbf"
#: More of a long document is not looked through for its words.
_ENOUGH_TEXT = 200_000
#: Phrases that reports of this kind use, for documents too short to say them twice.
_PHRASES = (
    "今年以来。去年。全年。一季度。二季度。三季度。四季度。上半年。下半年。前三季度。前两个月。截至目前。累计完成。"
    "实现营业收入。主营业务收入。销售收入。工业总产值。工业增加值。固定资产投资。技改投资。利润总额。利税。税收。"
    "出口额。出口交货值。出口量。外贸出口。进出口总额。外销。内销。产量。销量。订单。研发投入。用电量。货运量。"
    "同比增长。环比增长。同比下降。增速。增幅。占比。位居。突破。达到。完成投资。总投资。新增。企业。集团。公司。"
)


class Vocabulary:
    """Neighbouring characters of a document, to be found by the bytes that damage may leave of them."""

    def __init__(self, text: str) -> None:
        text = f"{text[:_ENOUGH_TEXT]}\n{_PHRASES}"
        self._count = Counter(pairwise(text))
        self._by_first_half: dict[int, list[str]] = {}
        self._by_last_half: dict[int, list[str]] = {}
        for sign in sorted(set(text)):
            pair = halves(sign)
            if pair:
                self._by_first_half.setdefault(pair[0], []).append(sign)
                self._by_last_half.setdefault(pair[1], []).append(sign)

    def knows(self, first: str, second: str) -> bool:
        """Whether the two characters stand side by side in the document."""
        return (first, second) in self._count

    def before(self, last_half: int, character: str) -> str:
        """The most frequent character with that last half before `character`, or nothing."""
        found = [sign for sign in self._by_last_half.get(last_half, ()) if self.knows(sign, character)]
        return max(found, key=lambda sign: self._count[sign, character], default="")

    def behind(self, character: str, first_half: int) -> str:
        """The most frequent character with that first half behind `character`, or nothing."""
        found = [sign for sign in self._by_first_half.get(first_half, ()) if self.knows(character, sign)]
        return max(found, key=lambda sign: self._count[character, sign], default="")

    def across_gap(self, before: str, first_half: int, last_half: int, behind: str) -> str:
        """Two characters around a pair that no decoder shows, known with a neighbour."""
        for first in self._by_first_half.get(first_half, ()):
            for second in self._by_last_half.get(last_half, ()):
                if not self.knows(first, second):
                    continue
                left, right = halves(first), halves(second)
                hidden = left and right and joined(left[1], right[0]) is None
                if hidden and (self.knows(before, first) or self.knows(second, behind)):
                    return first + second
        return ""


def likely_reading(run: str, before: str, vocabulary: Vocabulary) -> str:
    """The likely reading of a shifted `run`; `before` is the character ahead of it."""
    if run[:1] and run[0] in LOSS:
        before = run[len(run) - len(run.lstrip(LOSS)) - 1]
    letter = run[-1] if run[-1] < "\x80" and run[-1] not in LOSS else ""
    pairs, lost = _pairs_and_losses(run)
    if not pairs:
        return UNKNOWN
    inner = [joined(left[1], right[0]) or "" for left, right in pairwise(pairs)]
    inner = [UNKNOWN if gap else character for gap, character in zip(lost, inner, strict=True)]
    parts = [_head(pairs[:2], before, inner[0] if inner else "", vocabulary)]
    for place, character in enumerate(inner):
        ahead, behind = parts[-1][-1:], inner[place + 1] if place + 1 < len(inner) else ""
        if character and (vocabulary.knows(ahead, character) or vocabulary.knows(character, behind)):
            parts.append(character)
            continue
        across = ""
        if lost[place] < 2:
            across = vocabulary.across_gap(ahead, pairs[place][1], pairs[place + 1][0], behind)
        parts.append(across or character or UNKNOWN)
    closing = joined(pairs[-1][1], ord(letter)) if letter else vocabulary.behind(parts[-1][-1:], pairs[-1][1])
    parts.append(closing or UNKNOWN)
    return re.sub(f"{UNKNOWN}+", UNKNOWN, "".join(parts))


def _pairs_and_losses(run: str) -> tuple[list[bytes], list[int]]:
    """The byte pairs of a run and, between each two, how many signs of loss stand."""
    pairs: list[bytes] = []
    lost: list[int] = []
    gap = 0
    for sign in run.strip(LOSS):
        pair = halves(sign)
        if sign in LOSS:
            gap += 1
        elif pair is not None:
            if pairs:
                lost.append(gap)
            pairs.append(pair)
            gap = 0
    return pairs, lost


def _head(pairs: list[bytes], before: str, behind: str, vocabulary: Vocabulary) -> str:
    """The character whose last half opens the run; its first half is lost or in a sign before it."""
    first = pairs[0]
    if before and before in LOSS:
        guess = joined(_WIDE_QUESTION[1], first[0]) or ""
        if guess and vocabulary.knows(guess, behind):
            return guess
        if guess and len(pairs) > 1 and vocabulary.across_gap(guess, first[1], pairs[1][0], ""):
            return guess
    return vocabulary.before(first[0], behind) or UNKNOWN
