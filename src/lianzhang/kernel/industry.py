"""The national classification of industries (GB/T 4754-2017): which codes and names there are.

A code is stored as text: a section letter, or two to four digits for division, group and class.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

_FORM = re.compile(r"(?P<section>[A-T])?(?P<digits>\d{2,4})?", re.ASCII)
_MARKS = re.compile(r"[\s、，,;；()（）]+")


@dataclass(frozen=True, slots=True)
class Industries:
    """The classification: `names` by code, `codes` by name without its punctuation, three-digit `groups`."""

    names: Mapping[str, str]
    codes: Mapping[str, str]
    groups: frozenset[str]

    def read(self, raw: str) -> str | None:
        """The code that `raw` names, or None when there is no such industry.

        Takes codes with or without the section letter (`C3571`), full-width digits, and exact names. A
        four-digit code that is no class of 2017 but whose group exists (`6510`, and classes of earlier
        editions) is kept as written: it still says the group.
        """
        text = unicodedata.normalize("NFKC", raw).strip().upper()
        match = _FORM.fullmatch(text)
        if not match or not text:
            return self.codes.get(_bare(raw))
        digits = match["digits"] or match["section"]
        if digits in self.names:
            return digits
        return digits if len(digits) >= 3 and digits[:3] in self.groups else None


@lru_cache(maxsize=1)
def industries() -> Industries:
    """The bundled classification, read once."""
    text = resources.files("lianzhang.kernel").joinpath("gbt4754_2017.txt").read_text(encoding="utf-8")
    rows = [line.split(" ", 1) for line in text.splitlines() if line and not line.startswith("#")]
    names: dict[str, str] = {code: name for code, name in rows}  # noqa: C416 - says what is what
    codes: dict[str, str] = {}
    # Of a name used at several levels the finest code says most.
    for code, name in rows:
        codes[_bare(name)] = code
    # Groups of a single class are listed by their class alone.
    groups = frozenset(code[:3] for code in names if len(code) >= 3)
    return Industries(MappingProxyType(names), MappingProxyType(codes), groups)


def _bare(name: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", name))
