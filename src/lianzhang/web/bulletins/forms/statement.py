"""The form in which a person says what a place in a bulletin states."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from lianzhang.kernel import ClaimKind, LianzhangError, Qualifier
from lianzhang.web.bulletins import words
from lianzhang.web.bulletins.forms.typed import number_text, numbers_from, period_from
from lianzhang.web.facts import words as fact_words
from lianzhang.web.facts.statement import Statement

#: Kinds that may state something without any number.
_WITHOUT_NUMBER = {ClaimKind.TITLE, ClaimKind.PROJECT, ClaimKind.ASSIGNMENT}


class StatementForm(forms.Form):
    """Who, what, when, how much. `statement` holds the result once the form is valid."""

    use_required_attribute = False

    subject = forms.CharField(label=gettext_lazy("主体"), max_length=200)
    indicator = forms.CharField(label=gettext_lazy("指标"), max_length=200)
    value = forms.CharField(
        label=gettext_lazy("数值"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("只填数字；区间写成 7300至8300"),
    )
    unit = forms.CharField(label=gettext_lazy("单位"), required=False, max_length=40)
    qualifier = forms.ChoiceField(label=gettext_lazy("程度"), required=False)
    period = forms.CharField(
        label=gettext_lazy("时期"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("2025H1、2025年上半年、2025-08 都可以"),
    )
    change = forms.CharField(
        label=gettext_lazy("变化（%）"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("下降填负数；增长1.5倍填150"),
    )
    change_qualifier = forms.ChoiceField(label=gettext_lazy("变化的程度"), required=False)
    change_base = forms.CharField(
        label=gettext_lazy("与谁比"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("同比、环比、较2021年"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("类别"))
    title = forms.CharField(label=gettext_lazy("称号"), required=False, max_length=200)
    level = forms.CharField(label=gettext_lazy("级别"), required=False, max_length=40)
    sub_field = forms.CharField(label=gettext_lazy("细分领域"), required=False, max_length=100)
    project = forms.CharField(label=gettext_lazy("项目名称"), required=False, max_length=200)
    scope = forms.CharField(label=gettext_lazy("范围"), required=False, max_length=200)
    batch = forms.CharField(label=gettext_lazy("批次"), required=False, max_length=40)
    planned = forms.BooleanField(label=gettext_lazy("这是计划或目标，不是已有的结果"), required=False)

    #: What is shown at once; the rest lies under “further fields” unless it is filled or wrong.
    FIRST = ("subject", "indicator", "value", "unit", "qualifier", "period", "change", "change_base")
    FURTHER = (
        "kind",
        "title",
        "level",
        "sub_field",
        "project",
        "scope",
        "batch",
        "change_qualifier",
        "planned",
    )

    def __init__(self, *arguments: Any, must_type: bool = False, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.must_type = must_type
        self.statement: Statement | None = None
        self.fields["kind"].choices = list(fact_words.kinds().items())
        self.fields["qualifier"].choices = words.qualifiers()
        self.fields["change_qualifier"].choices = words.qualifiers()
        for name in ("value", "change"):
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
        for name in (
            "subject",
            "indicator",
            "unit",
            "period",
            "change_base",
            "title",
            "sub_field",
            "project",
        ):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        if must_type:
            self.fields["value"].help_text = gettext("原文此处损坏：请对照原件录入，不要照抄读出的数")

    @property
    def first(self) -> list[Any]:
        """The fields shown at once."""
        return [self[name] for name in self.FIRST]

    @property
    def further(self) -> list[Any]:
        """The other fields."""
        return [self[name] for name in self.FURTHER]

    @property
    def further_open(self) -> bool:
        """Whether one of the other fields needs attention."""
        wanted = {"title", "level", "sub_field", "project", "planned", "scope"}
        filled = any(self[name].value() for name in wanted)
        return filled or any(name in self.errors for name in self.FURTHER)

    def clean(self) -> dict[str, Any]:
        """Let the kernel judge numbers and period, each beside its own field."""
        cleaned: dict[str, Any] = super().clean() or {}
        numbers = self._asked("value", lambda: numbers_from(cleaned.get("value", "")))
        change = self._asked("change", lambda: numbers_from(cleaned.get("change", "")))
        period = self._asked("period", lambda: period_from(cleaned.get("period", "")))
        if self.errors:
            return cleaned
        value, low, high = numbers
        pct, change_low, change_high = change
        self._require_something(
            cleaned,
            has_number=value is not None or low is not None,
            has_change=pct is not None or change_low is not None,
        )
        if self.errors:
            return cleaned
        self.statement = Statement(
            subject=cleaned["subject"],
            indicator=cleaned["indicator"],
            kind=cleaned["kind"],
            period=str(period) if period else "",
            value=value,
            low=low,
            high=high,
            unit=cleaned["unit"],
            qualifier=_qualifier(cleaned["qualifier"], value, low),
            change_pct=pct,
            change_low=change_low,
            change_high=change_high,
            change_qualifier=_qualifier(cleaned["change_qualifier"], pct, change_low),
            change_base=cleaned["change_base"],
            title=cleaned["title"],
            level=cleaned["level"],
            batch=cleaned["batch"],
            sub_field=cleaned["sub_field"],
            project=cleaned["project"],
            planned=cleaned["planned"],
            scope=cleaned["scope"],
        )
        return cleaned

    def _asked(self, name: str, read: Any) -> Any:
        try:
            return read()
        except LianzhangError as error:
            self.add_error(name, error.say(words.language()))
            return None

    def _require_something(self, cleaned: dict[str, Any], *, has_number: bool, has_change: bool) -> None:
        """A statement says something; on damaged text it says what a person typed."""
        if has_number or has_change:
            if has_number and not cleaned["unit"] and cleaned["kind"] == ClaimKind.METRIC:
                self.add_error("unit", gettext("请填单位，例如 亿元、家、台。"))
            return
        if self.must_type and cleaned["kind"] not in _WITHOUT_NUMBER:
            self.add_error("value", gettext("请对照原件录入数值；看不清时请选“弃”。"))
        elif cleaned["kind"] not in _WITHOUT_NUMBER:
            self.add_error("value", gettext("请填数值，或填变化的百分比。"))


def _qualifier(chosen: str, value: Any, low: Any) -> str:
    if low is not None:
        return Qualifier.RANGE.value
    return (chosen or Qualifier.EXACT.value) if value is not None else ""


def initial_of(claim: Any) -> dict[str, Any]:
    """A claim as the form shows it. On damaged text numbers are left out: they must be typed."""
    names = ("subject", "indicator", "kind", "unit", "change_base", "title", "level", "sub_field", "project")
    initial: dict[str, Any] = {name: getattr(claim, name) for name in (*names, "scope", "batch", "planned")}
    initial["subject"] = claim.subject or claim.subject_hint
    initial["period"] = claim.period
    for name, columns in (("qualifier", claim.qualifier), ("change_qualifier", claim.change_qualifier)):
        initial[name] = columns if columns not in ("", "range") else Qualifier.EXACT.value
    if not claim.damaged:
        initial["value"] = number_text(claim.value, claim.low, claim.high)
        initial["change"] = number_text(claim.change_pct, claim.change_low, claim.change_high)
    return initial
