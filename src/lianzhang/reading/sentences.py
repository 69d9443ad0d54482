"""Where sentences and clauses begin and end in a reading copy."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Nobody writes a longer sentence, and what is asked of one may cost its square.
LONGEST_SENTENCE = 2000
# Begins with one character class, so that the engine skips everything else quickly.
_SENTENCE_END = re.compile(
    r"[。!;\n…•●■◆?\s](?:(?<=[。!;\n])|(?<=…)…*|(?<=[•●■◆])\s?|(?<=\?)(?![\u4e00-\u9fff\d?.])|(?<=\s)(?:[-—–•·]\s|\s+))"
)
_CLAUSE_END = re.compile(r"[,:()]")
#: 开(复)工, 县(区): a sign in brackets inside a word, which divides nothing.
_INSIDE_A_WORD = re.compile(r"(?<=[\u4e00-\u9fff])\([\u4e00-\u9fff]\)(?=[\u4e00-\u9fff])")
#: The level that something is compared with, in brackets: 高出全国(5.9%)、全省(6.4%)平均水平.
LEVEL_BESIDE = re.compile(r"(?:(?<=全[国省市县区])|(?<=[期平])|(?<=[较比]上[月年季]))\([-−]?\d+(?:\.\d+)?%\)")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of sentences; a semicolon and a line end close one as well."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.start() > start:
            yield from _bounded(text, start, match.start())
        start = match.end()
    if start < len(text):
        yield from _bounded(text, start, len(text))


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch in parts of bounded length: a copied page may hold no stop at all."""
    while end - start > LONGEST_SENTENCE:
        comma = text.find(",", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        cut = comma + 1 if comma >= 0 else start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of clauses inside one sentence; a comma inside digits does not divide."""
    begin = start
    aside = -1
    for match in _CLAUSE_END.finditer(text, start, end):
        here = match.start()
        word = _INSIDE_A_WORD.match(text, here) if match[0] == "(" else None
        if word is not None:
            aside = word.end()
            continue
        if here < aside or match[0] == "(" and (level := LEVEL_BESIDE.match(text, here)):
            aside = max(aside, level.end() if match[0] == "(" and level else aside)
            continue
        if match[0] == "," and text[here - 1 : here].isdigit() and text[here + 1 : here + 4].isdigit():
            continue
        if here > begin:
            yield begin, here
        begin = here + 1
    if begin < end:
        yield begin, end


def without_levels(words: str) -> str:
    """The words without the levels in brackets that something is compared with."""
    return LEVEL_BESIDE.sub("", words) if "%)" in words else words
