"""A sentence in both languages of the product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One message, Chinese first, English beside.

    The core speaks through `Text` so that it needs no translation machinery and no reader
    ever meets a message in the wrong language.
    """

    zh: str
    en: str

    def say(self, language: str = "zh") -> str:
        """The sentence in `language`; anything but English is answered in Chinese."""
        return self.en if language.lower().startswith("en") else self.zh

    def __str__(self) -> str:
        return self.zh
