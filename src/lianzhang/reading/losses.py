"""Characters that a decoder gave up on: replacement signs, and question marks that are none.

A question mark is a loss only where no question can end: doubled without a question before it,
right behind an opening bracket, right ahead of a comma, or against the digits of a figure.
Everything else is punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lianzhang.kernel.text import Text
from lianzhang.reading.script import simplify

LOST = Text("这里有字丢失，只剩替代符", "A character is lost here; only a replacement sign is left")
DIGIT_LOST = Text("这里可能丢了一位数字", "A digit may be lost here")
_HAN = "\u3400-\u9fff"
_CANDIDATE = re.compile(
    rf"\ufffd[\ufffd?]*|(?<=\d)\?+(?=[\d.．万亿萬億千百元吨噸倍%])|(?<=[{_HAN}])\?+(?=[.．]?\d)"
    rf"|(?<=[“《（(、‘「『])\?+(?=[{_HAN}])|(?<=[{_HAN}])\?\?+(?=[{_HAN}])|(?<=[{_HAN}\d])\?+(?=[,，、;；。])"
)
_INSIDE = re.compile(r"(?<!\?)\?++(?=[^\x00-\x7f\ufffd\d])")
_SENTENCE_END = re.compile(r"[。！!;；\n?？\ufffd]")
_QUESTION = re.compile(
    r"[吗呢么嘛吧何谁哪几啥怎]|多[少快大长高远久]|是否|能否|可否|有无|有没有|没有|难道|岂|究竟|请问|咋|(.)不\1|可不可以"
)
#: What may open a sentence after a question: a year, a date, an ordinal, a number of ways.
_OPENS_SENTENCE = re.compile(r"(?:19|20)\d\d(?:年|[-—~至/]|\D)|1?\d月|[1-3]?\d日|\d+[.、．)）]\D")


@dataclass(frozen=True, slots=True)
class Loss:
    """A place where at least one character is gone."""

    start: int
    end: int
    reason: Text


def find_losses(text: str) -> Iterator[Loss]:
    """Lost characters, in order."""
    if "?" not in text and "\ufffd" not in text:
        return
    for found in _CANDIDATE.finditer(text):
        start, end = found.span()
        if "\ufffd" in found[0]:
            yield Loss(start, end, LOST)
        elif text[start - 1].isdigit():
            yield Loss(start, end, DIGIT_LOST)
        elif not _is_question(text, start, end):
            yield Loss(start, end, DIGIT_LOST if text[end] in ".．" or text[end].isdigit() else LOST)


def with_losses_marked(text: str) -> str:
    """The text with U+FFFD for each question mark that no question ends in; length and places stay."""
    if "?" not in text:
        return text
    signs = list(text)
    for found in _INSIDE.finditer(text):
        if not _is_question(text, found.start(), found.end()):
            signs[found.start() : found.end()] = "\ufffd" * len(found[0])
    return "".join(signs)


def _is_question(text: str, start: int, end: int) -> bool:
    """Whether a question may end at `start`, or a new sentence with a date begin at `end`."""
    if _OPENS_SENTENCE.match(text, end):
        return True
    ahead = text[max(0, start - 80) : start]
    ends = [found.end() for found in _SENTENCE_END.finditer(ahead)]
    return bool(_QUESTION.search(simplify(ahead[ends[-1] if ends else 0 :])))
