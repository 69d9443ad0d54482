"""States and tones: each has a colour, an icon and a word, never one of them alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Mark:
    """What a chip shows."""

    tone: str
    icon: str
    word: str


_TONES = {
    "sure": ("sure", "check"),
    "unsure": ("unsure", "question"),
    "damaged": ("damaged", "damaged"),
    "planned": ("planned", "planned"),
    "accepted": ("sure", "check"),
    "edited": ("sure", "edit"),
    "dropped": ("", "cross"),
    "proposed": ("info", "info"),
    "conflict": ("danger", "warning"),
    "failed": ("danger", "warning"),
    "done": ("sure", "check"),
    "good": ("sure", "check"),
    "warning": ("unsure", "warning"),
    "danger": ("danger", "warning"),
    "info": ("info", "info"),
    "waiting": ("unsure", "info"),
    "received": ("", "upload"),
    "reading": ("info", "info"),
    "review": ("unsure", "question"),
}

_BANNER_ICONS = {"good": "check", "warning": "warning", "danger": "warning", "damaged": "damaged"}


def mark_of(state: str, *, word: str = "", icon: str = "") -> Mark:
    """Colour, icon and word for a state of the product; `word` and `icon` override."""
    words = {
        "sure": gettext("有把握"),
        "unsure": gettext("待核对"),
        "damaged": gettext("原文损坏"),
        "planned": gettext("计划"),
        "accepted": gettext("已接受"),
        "edited": gettext("已改后接受"),
        "dropped": gettext("已弃"),
        "proposed": gettext("待审核"),
        "conflict": gettext("有冲突"),
        "failed": gettext("未能读取"),
        "done": gettext("已办结"),
        "received": gettext("已收到"),
        "reading": gettext("识读中"),
        "review": gettext("审核中"),
    }
    tone, default_icon = _TONES.get(state, ("", ""))
    return Mark(tone, icon or default_icon, word or words.get(state, state))


def banner_icon(tone: str) -> str:
    """The icon of a banner."""
    return _BANNER_ICONS.get(tone, "info")
