"""Where a text is not what its author wrote, and what it may have said.

Four kinds: characters read one byte off, stretches in a wrong encoding, characters replaced by a
sign of loss, and readings in brackets that tore a character apart. A figure that touches damage
belongs to it, for the byte that was lost may have taken the first digit along; such a figure is
never to be accepted by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lianzhang.kernel.text import Text
from lianzhang.reading.byte_shift import LOSS, find_shifts
from lianzhang.reading.character_odds import suspicious
from lianzhang.reading.clean_text import CleanText, Damage
from lianzhang.reading.losses import find_losses, with_losses_marked
from lianzhang.reading.pinyin import TONED
from lianzhang.reading.repair import clean, without_readings
from lianzhang.reading.shift_reading import Vocabulary, likely_reading
from lianzhang.reading.signs import Signs
from lianzhang.reading.torn_readings import find_torn
from lianzhang.reading.wrong_codec import find_misread

SHIFTED = Text("这一段文字按字节错了一位，不是原字", "The characters here were read one byte off")
SWALLOWED = Text(
    "，紧接的数字可能缺了首位，须核对原文",
    "; the figure behind it may lack its first digit, check the source",
)
TOUCHED = Text("，相邻的数字须核对原文", "; check the figure beside it against the source")
_FIGURE_BEHIND = re.compile(
    r" ?[.．]?[\d０-９][\d０-９.．]*(?:[,，]\d{3})*(?:[.．]\d+)?(?:[%％‰]|[十百千万亿萬億]*"
    r"(?:多|余|餘)?(?:个百分点|個百分點|平方米|平方公里|美元|[元吨噸台臺套辆輛件家户戶人个個项項只隻亩畝米度倍成]))?"
)
_FIGURE_AHEAD = re.compile(r"[\d０-９][\d０-９,，.．]*[十百千万亿萬億]*$")
#: Signs of loss right ahead, with a punctuation mark between that was halves of other characters.
_LOSS_AHEAD = re.compile(r"[?\ufffd]+[,:;!()]?$")
#: Above this number of different signs one pass over the text is cheaper than one search each.
_MANY = 30
_SUSPICIOUS = Signs(suspicious)
_ALWAYS = frozenset("?\ufffd")


@dataclass(frozen=True, slots=True)
class _Finding:
    start: int
    end: int
    reason: Text
    suggestion: str = ""


def find_damage(text: str) -> tuple[Damage, ...]:
    """Every damaged stretch of `text`, in order, with places in `text` itself."""
    signs = set(text)
    odd = set(_SUSPICIOUS.among(signs))
    if not odd and signs.isdisjoint(TONED):
        return ()
    copy = without_readings(text)
    findings = list(_findings(copy, odd))
    if not findings:
        return ()
    return tuple(_damage(copy, finding) for finding in _merged(copy.text, findings))


def _findings(copy: CleanText, odd: set[str]) -> Iterator[_Finding]:
    text = copy.text
    places = _places(text, odd)
    vocabulary: Vocabulary | None = None
    for shift in find_shifts(with_losses_marked(text), places):
        vocabulary = vocabulary or _vocabulary(text)
        run = text[shift.start : shift.end]
        offered = likely_reading(run, text[shift.start - 1 : shift.start], vocabulary)
        yield _Finding(shift.start, shift.end, SHIFTED, offered)
    for misread in find_misread(text, places):
        yield _Finding(misread.start, misread.end, misread.reason, misread.reading)
    for torn in find_torn(text, copy.source):
        yield _Finding(torn.start, torn.end, torn.reason, torn.reading)
    for loss in find_losses(text):
        yield _Finding(loss.start, loss.end, loss.reason)


def _places(text: str, odd: set[str]) -> list[int]:
    """Where any of the `odd` signs stands, in order."""
    if len(odd) > _MANY:
        return [place for place, sign in enumerate(text) if sign in odd]
    places = []
    for sign in odd:
        place = text.find(sign)
        while place >= 0:
            places.append(place)
            place = text.find(sign, place + 1)
    places.sort()
    return places


def _vocabulary(text: str) -> Vocabulary:
    """The words of the document as printed and, for damage from before a conversion, simplified."""
    return Vocabulary(text + "\n" + clean(text).text)


def _merged(text: str, findings: list[_Finding]) -> list[_Finding]:
    """Findings in order, those that touch or overlap as one; the first reason found stands."""
    merged: list[_Finding] = []
    for finding in sorted(findings, key=lambda found: (found.start, -found.end)):
        if (
            merged
            and not text[merged[-1].end : finding.start].strip(LOSS)
            and (finding.start <= merged[-1].end or text[merged[-1].end] in LOSS)
        ):
            last = merged[-1]
            inside = finding.end <= last.end
            suggestion = last.suggestion or finding.suggestion
            if not inside and last.suggestion and finding.suggestion:
                suggestion = f"{last.suggestion}…{finding.suggestion}"
            reason = last.reason if last.suggestion or not finding.suggestion else finding.reason
            merged[-1] = _Finding(last.start, max(last.end, finding.end), reason, suggestion)
        else:
            merged.append(finding)
    return [_with_losses(text, finding) for finding in merged]


def _with_losses(text: str, finding: _Finding) -> _Finding:
    """The finding with the replacement signs right at its ends."""
    start, end = finding.start, finding.end
    ahead = _LOSS_AHEAD.search(text, max(0, start - 8), start)
    if ahead:
        start = ahead.start()
    while end < len(text) and text[end] in _ALWAYS:
        end += 1
    return replace(finding, start=start, end=end)


def _damage(copy: CleanText, finding: _Finding) -> Damage:
    start, end, reason = finding.start, finding.end, finding.reason
    behind = _FIGURE_BEHIND.match(copy.text, end)
    ahead = _FIGURE_AHEAD.search(copy.text, max(0, start - 24), start)
    if behind:
        end, reason = behind.end(), _joined(reason, SWALLOWED)
    elif ahead:
        reason = _joined(reason, TOUCHED)
    if ahead:
        start = ahead.start()
    first, last = copy.original(start, end)
    return Damage(first, last, copy.source[first:last], reason, finding.suggestion, behind is not None)


def _joined(first: Text, second: Text) -> Text:
    return Text(f"{first.zh}{second.zh}", f"{first.en}{second.en}")
