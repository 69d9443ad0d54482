"""Numbers of cases: one that outsiders are given and cannot guess, one that offices file under.

The public number is 60 random bits and a check character, in the letters of Crockford's Base32, which leave out
I, L, O and U. The office's number follows the form of official papers: 诉求〔2026〕0042号.
"""

from __future__ import annotations

from lianzhang.kernel import Text

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LENGTH = 12
RANDOM_BYTES = 8

#: What the offices call each kind of case in its number.
TITLES = {
    "request": Text("诉求", "request"),
    "problem": Text("问题", "problem"),
    "meeting": Text("协商", "consultation"),
    "resolution": Text("决定", "resolution"),
    "project": Text("项目", "project"),
    "factor": Text("保障", "guarantee"),
    "need": Text("对接", "pairing"),
    "visit": Text("走访", "visit"),
}


def public_number(random: bytes) -> str:
    """The public number made of `random` (at least 8 bytes from a good source), in groups of four or five."""
    if len(random) < RANDOM_BYTES:
        raise ValueError("a public number needs 8 random bytes")
    value = int.from_bytes(random[:RANDOM_BYTES], "big") >> 4
    body = "".join(_LETTERS[value >> shift & 31] for shift in range(55, -1, -5))
    return grouped(body + _check(body))


def grouped(letters: str) -> str:
    """The thirteen letters as they are printed: 0000-0000-00000."""
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def read_public_number(text: str) -> str | None:
    """The number as typed by somebody, in its printed form; None when it cannot be one.

    Case, spaces and hyphens do not matter, O is read as 0, I and L as 1; one wrong character is noticed.
    """
    letters = "".join(sign for sign in text.upper() if sign.isalnum()).translate(_MISREAD)
    if len(letters) != _LENGTH + 1 or any(sign not in _LETTERS for sign in letters):
        return None
    return grouped(letters) if letters[-1] == _check(letters[:-1]) else None


def file_number(kind: str, year: int, ordinal: int) -> str:
    """The office's number: 诉求〔2026〕0042号."""
    return f"{TITLES[kind].zh}〔{year}〕{ordinal:04d}号"


def _check(body: str) -> str:
    """Weighted sum modulo 31, a prime: a wrong character or a swap of neighbours shows (all but 0 for Z)."""
    return _LETTERS[sum(weight * _LETTERS.index(sign) for weight, sign in enumerate(body, start=2)) % 31]
