"""The `'` before a text of a CSV that a spreadsheet would run as a formula: put on, and taken off again."""

from __future__ import annotations

#: Text that begins like this is a formula to a spreadsheet that opens a CSV.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_GUARD = "'"


def guarded(text: str) -> str:
    """The text with a `'` before it when a spreadsheet would take it for a formula."""
    head = text.lstrip(" \u3000")
    return f"{_GUARD}{text}" if head.startswith(_RUNS) or text.startswith(_RUNS) else text


def unguarded(text: str) -> str:
    """The text without the `'` that an export put there."""
    rest = text.removeprefix(_GUARD)
    return rest if rest != text and guarded(rest) == text else text
