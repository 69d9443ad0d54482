"""Where sentences and clauses begin and end in a reading copy."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Begins with one character class, so that the engine skips everything else quickly.
_SENTENCE_END = re.compile(
    r"[。!;\n…•●■◆?\s](?:(?<=[。!;\n])|(?<=…)…*|(?<=[•●■◆])\s?|(?<=\?)(?![\u4e00-\u9fff\d?.])|(?<=\s)(?:[-—–•·]\s|\s+))"
)
_CLAUSE_END = re.compile(r"[,:()]")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of sentences; a semicolon and a line end close one as well."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of clauses inside one sentence; a comma inside digits does not divide."""
    begin = start
    for match in _CLAUSE_END.finditer(text, start, end):
        here = match.start()
        if match[0] == "," and text[here - 1 : here].isdigit() and text[here + 1 : here + 4].isdigit():
            continue
        if here > begin:
            yield begin, here
        begin = here + 1
    if begin < end:
        yield begin, end
