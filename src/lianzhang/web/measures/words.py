"""Conditions and columns of measures in words."""

from __future__ import annotations

from django.utils.translation import get_language, gettext

from lianzhang.kernel import LianzhangError, Text
from lianzhang.policy.sentence import rule_lines
from lianzhang.web.measures.conditions import rule_of_text

COLUMNS = {
    "code": Text("编号", "code"),
    "title": Text("名称", "title"),
    "title_en": Text("英文名称", "English title"),
    "summary": Text("一句话说明", "in one sentence"),
    "gives": Text("给什么", "what it gives"),
    "how": Text("怎么办", "how to apply"),
    "papers": Text("材料", "papers"),
    "time_limit": Text("时限", "time limit"),
    "phone": Text("咨询电话", "telephone"),
    "basis": Text("依据", "basis"),
    "requires": Text("谁可以享受", "who may have it"),
    "stated": Text("由人判断的条件", "judged by people"),
    "is_support": Text("属于支持措施", "support measure"),
    "status": Text("文本可靠程度", "how well founded"),
    "particulars": Text("其他栏目", "further columns"),
}


def sentence_of(text: str) -> str:
    """The conditions as one line of words; what is wrong with them when they cannot be read."""
    language = get_language() or "zh-hans"
    if not text.strip():
        return gettext("所有企业")
    try:
        lines = list(rule_lines(rule_of_text(text).requires))
    except LianzhangError as error:
        return error.say(language)
    return " ".join(line.text.say(language) for line in lines)
