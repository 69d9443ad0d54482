"""Errors about maps, in words for the person who decided."""

from __future__ import annotations

from lianzhang.chain import Finding
from lianzhang.kernel import Conflict, LianzhangError, Text


class MapChanged(Conflict):
    """Somebody else changed the draft since the page was opened."""


class MapFault(LianzhangError):
    """What was written cannot be part of a map."""


def changed_meanwhile() -> MapChanged:
    """The answer to a form filled in on an older state of the draft."""
    return MapChanged(
        Text("您打开页面之后，这份图谱草稿已被改动。", "This draft has changed since you opened the page."),
        Text("您的改动没有生效；请看现在的内容再办。", "Your change was not made; look at it as it is now."),
    )


def no_draft() -> MapFault:
    """There is no draft to change."""
    return MapFault(
        Text("这条链没有图谱草稿。", "There is no draft of this chain's map."),
        Text("请先开始新版本。", "Begin a new version first."),
    )


def not_sound(faults: list[Finding]) -> MapFault:
    """A draft with grave faults cannot be published."""
    first = faults[0].what
    return MapFault(
        Text(
            f"图谱还有{len(faults)}处问题，不能发布：{first.zh}",
            f"{len(faults)} faults keep the map from being published: {first.en}",
        ),
        Text("请改正后再发布。", "Put them right first."),
    )
