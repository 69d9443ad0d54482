"""Errors of this noun, in words for the person who decided."""

from __future__ import annotations

from lianzhang.kernel import Conflict, LianzhangError, Text


class ListChanged(Conflict):
    """Somebody else changed the list since the page was opened."""


class FaultyMeasure(LianzhangError):
    """A measure whose text or conditions cannot stand."""


class NoDraft(LianzhangError):
    """There is no draft to change, or there is one already."""


def changed_meanwhile() -> ListChanged:
    """The answer to a form filled in on an older state of the list."""
    return ListChanged(
        Text("您打开页面之后，这份清单已被改动。", "This list has changed since you opened the page."),
        Text("您的改动没有生效；请看现在的内容再办。", "Your change was not made; look at it as it is now."),
    )
