"""Errors are part of the interface: what is wrong, where, and what to do next."""

from __future__ import annotations

from lianzhang.kernel.text import Text


class LianzhangError(Exception):
    """An error that a reader can act on, in the reader's language."""

    def __init__(self, what: Text, remedy: Text | None = None) -> None:
        super().__init__(what.zh)
        self.what = what
        self.remedy = remedy

    def say(self, language: str = "zh") -> str:
        """What is wrong, then what to do next."""
        if self.remedy is None:
            return self.what.say(language)
        joint = " " if language.lower().startswith("en") else ""
        return f"{self.what.say(language)}{joint}{self.remedy.say(language)}"

    def __str__(self) -> str:
        return self.say("zh")


class UnreadableDocument(LianzhangError):
    """A document that cannot be turned into text."""


class PackError(LianzhangError):
    """A pack file that is missing, malformed or contradicts itself."""


class Conflict(LianzhangError):
    """Somebody else changed the same thing first."""


class NotAllowed(LianzhangError):
    """The actor may not do this to this subject."""


class SettingsError(LianzhangError):
    """The installation is configured in a way that cannot work."""


class PeriodError(LianzhangError):
    """A text that names no period the program knows."""


class QuantityError(LianzhangError):
    """A value, unit or qualifier that do not belong together."""


class CreditCodeError(LianzhangError):
    """A unified social credit code that breaks GB 32100-2015."""
