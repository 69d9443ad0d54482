"""Words of the import centre in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, gettext, npgettext

from lianzhang.kernel import Qualifier, Text
from lianzhang.tables import Field, FieldType
from lianzhang.web.registry.words import region


def language() -> str:
    """`zh` or `en`."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def say(stored: dict[str, Any] | Text | None) -> str:
    """A sentence kept in both languages, in the reader's."""
    if stored is None:
        return ""
    if isinstance(stored, Text):
        return stored.say(language())
    return str(stored.get(language()) or stored.get("zh", ""))


def outcomes() -> list[tuple[str, str]]:
    """The five counts of a preview, in their order."""
    return [
        ("new", gettext("新增")),
        ("changed", gettext("更新")),
        ("unchanged", gettext("不变")),
        ("duplicate", gettext("重复待确认")),
        ("errors", gettext("错误")),
    ]


#: Kinds of tables of which a row may state several things.
BY_STATEMENT = frozenset({"titles", "exports", "links"})


def counted(outcome: str, kind: str, count: int) -> str:
    """What a count of a preview counts: rows of the sheet, or things that its rows state."""
    if kind in BY_STATEMENT and outcome != "errors":
        return npgettext("counted", "条", "条", count)
    return npgettext("counted", "行", "行", count)


def none_of_them(kind: str) -> str:
    """The answer that a name is none of the enterprises offered, and what follows from it for this kind of table."""
    return {
        "enterprises": gettext("是另一家新企业"),
        "links": gettext("都不是，只按名称登记"),
    }.get(kind, gettext("都不是，企业库里没有这家"))


def rule(name: str) -> str:
    """What a rule of the checks finds, in a few words."""
    known = {
        "code_as_number": gettext("信用代码被Excel转成科学计数"),
        "code_check": gettext("信用代码校验码不符"),
        "code_form": gettext("信用代码写法有误"),
        "missing": gettext("缺必填项"),
        "duplicate": gettext("表内重复"),
        "county": gettext("县（市、区）认不出"),
        "other_county": gettext("不是本县企业"),
        "industry": gettext("行业代码认不出"),
        "date_form": gettext("日期写法有误"),
        "date_future": gettext("日期晚于今天"),
        "date_range": gettext("日期过早"),
        "amount_form": gettext("金额不是数字"),
        "amount_negative": gettext("金额为负"),
        "amount_fraction": gettext("应为整数"),
        "amount_size": gettext("数大得不合理"),
        "unit": gettext("单位不合"),
        "choice": gettext("不在选项内"),
        "tick": gettext("不是勾选"),
        "period": gettext("时期认不出"),
        "phone_form": gettext("电话写法有误"),
        "text_length": gettext("字数过多"),
        "formula": gettext("公式没有结果"),
        "formula_error": gettext("公式出错"),
        "extra_cells": gettext("多出列"),
        "no_name": gettext("不是企业名称"),
        "two_names": gettext("一格两家企业"),
        "nothing": gettext("没有数据"),
        "unknown_enterprise": gettext("企业库里没有"),
        "own_supplier": gettext("供需是同一家"),
        "unknown_chain": gettext("产业链认不出"),
        "no_reporter": gettext("不知道由谁报进展"),
    }
    return known.get(name, name)


def phase(name: str) -> str:
    """What is being done at the moment."""
    return {
        "opening": gettext("正在打开表格"),
        "checking": gettext("正在逐格检查"),
        "comparing": gettext("正在与企业库比对"),
        "compared": gettext("正在与企业库比对"),
        "waiting": gettext("前面还有导入正在入库，排队等候"),
        "writing": gettext("正在入库"),
    }.get(name, gettext("正在排队"))


def cell(field: Field | None, text: str | None) -> str | None:
    """A value as the comparison has it, as people write it: 超5000, 高唐县."""
    if text is None or field is None:
        return text
    if field.type is FieldType.COUNTY:
        return region(text)
    if field.type in (FieldType.AMOUNT, FieldType.COUNT) and " " in text:
        qualifier, _, number = text.rpartition(" ")
        return f"{Qualifier(qualifier).word.say(language())}{number}"
    return text


def how(column: dict[str, Any]) -> str:
    """How a column was recognised, or why it is left out."""
    if column["why"]:
        return {
            "double": gettext("与另一列重复，不导入"),
            "joined": gettext("并入前面的称号列"),
            "part": gettext("不是全年数，不导入"),
            "not yours": gettext("称号由链长办或主管部门登记，不导入"),
            "plan": gettext("是计划或目标，不导入"),
            "no year": gettext("没有年份，不导入"),
            "chosen": gettext("已设为不导入"),
        }.get(column["why"], gettext("不导入"))
    if not column["field"]:
        return gettext("认不出，不导入")
    return {
        "name": gettext("按列名"),
        "memory": gettext("按上次的选择"),
        "likeness": gettext("猜的，请核对"),
        "content": gettext("按内容猜的，请核对"),
        "chosen": gettext("您选的"),
    }.get(column["how"], "")
