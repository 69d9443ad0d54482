"""Words of the pages about bulletins in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, gettext

from lianzhang.kernel import Qualifier, Text


def language() -> str:
    """`zh` or `en`."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def say(stored: dict[str, str] | Text | None) -> str:
    """A sentence kept in both languages, in the reader's."""
    if stored is None:
        return ""
    if isinstance(stored, Text):
        return stored.say(language())
    return stored.get(language()) or stored.get("zh", "")


def qualifiers() -> list[tuple[str, str]]:
    """How exact a number is said to be, for choosing."""
    return [
        (Qualifier.EXACT, gettext("正好")),
        (Qualifier.OVER, gettext("超、多、余")),
        (Qualifier.NEAR, gettext("近")),
        (Qualifier.ABOUT, gettext("约")),
        (Qualifier.AT_LEAST, gettext("不低于、以上")),
        (Qualifier.AT_MOST, gettext("不超过、以内")),
    ]


def themes() -> dict[str, str]:
    """The groups of the review desk in the order of a bulletin."""
    return {
        "scale": gettext("规模"),
        "tiers": gettext("梯度"),
        "trade": gettext("外贸"),
        "projects": gettext("项目"),
        "mechanism": gettext("机制"),
        "other": gettext("其他"),
    }


def formats() -> dict[str, str]:
    """What sort of file a bulletin came as."""
    return {
        "txt": gettext("文本"),
        "html": gettext("网页"),
        "docx": gettext("Word 文档"),
        "pdf": "PDF",
        "pasted": gettext("粘贴的正文"),
    }


def scripts() -> dict[str, str]:
    """Which characters a bulletin is written in."""
    return {
        "simplified": gettext("简体"),
        "traditional": gettext("繁体"),
        "mixed": gettext("繁简混排"),
    }


def about(document: Any) -> list[dict[str, str]]:
    """What is known of a bulletin, as pairs of term and value."""
    from lianzhang.web.ui.figures import period_label

    published = period_label(document.published)
    if published and not document.published_given:
        published = gettext("%(date)s（文中找到）") % {"date": published}
    pairs = [
        (gettext("产业链"), document.chain.name_en if language() == "en" else document.chain.name),
        (gettext("发布日期"), published or gettext("未找到")),
        (gettext("格式"), formats().get(document.format, document.format)),
        (gettext("编码"), document.encoding if document.format in ("txt", "html") else ""),
        (gettext("文字"), scripts().get(document.script, document.script)),
        (gettext("字数"), f"{len(document.text):,}"),
    ]
    return [{"label": label, "value": value} for label, value in pairs if value]
