"""Forms of the registry. Each value form is made for one fact and shows what that fact may hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext, gettext_lazy

from lianzhang.casework import Actor
from lianzhang.kernel import CreditCodeError, LianzhangError, Period, clock
from lianzhang.kernel.credit_code import parse
from lianzhang.kernel.fact import Fact, FactPeriod, FactType, FactValue
from lianzhang.web.chains import queries as chains
from lianzhang.web.chains.words import name as chain_name
from lianzhang.web.registry import words
from lianzhang.web.registry.base_facts import dictionary
from lianzhang.web.registry.columns import MOST_COLUMNS, all_columns
from lianzhang.web.registry.entries import new_enterprise_id
from lianzhang.web.registry.listing import NO_COUNTY, title_names
from lianzhang.web.ui.days import DayForm

#: Facts whose text has one item a line.
_LINES = frozenset({"products", "further_industry_codes"})
#: Nobody has figures of years before; more signs and places than any business scope and any amount has.
_EARLIEST_YEAR, _LONGEST_TEXT, _DECIMALS = 1900, 5000, 6


class FilterForm(forms.Form):
    """Which enterprises to list. It never sends itself: the reader presses the button."""

    use_required_attribute = False

    words = forms.CharField(
        label=gettext_lazy("名称、拼音首字母、代码或产品"), required=False, max_length=100
    )
    county = forms.ChoiceField(label=gettext_lazy("县（市、区）"), required=False)
    industry = forms.RegexField(
        label=gettext_lazy("行业代码"),
        regex=r"^\d{2,4}$",
        required=False,
        max_length=4,
        error_messages={"invalid": gettext_lazy("行业代码是两至四位数字，例如 34。")},
    )
    title = forms.ChoiceField(label=gettext_lazy("称号（曾获）"), required=False)
    chain = forms.ChoiceField(label=gettext_lazy("所属产业链"), required=False)
    doubt = forms.ChoiceField(label=gettext_lazy("可靠程度"), required=False)
    samples = forms.ChoiceField(label=gettext_lazy("样例企业"), required=False)
    columns = forms.MultipleChoiceField(
        label=gettext_lazy("显示和导出的列"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *arguments: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*arguments, **named)
        every = [("", gettext("全部"))]
        self.fields["county"].choices = [*every, *words.regions(), (NO_COUNTY, gettext("未写明"))]
        self.fields["title"].choices = every + [(name, name) for name in title_names()]
        self.fields["chain"].choices = every + [
            (chain.pk, chain_name(chain)) for chain in chains.visible_to(actor)
        ]
        self.fields["doubt"].choices = every + [
            (mark, words.doubt(mark)) for mark in ("quoted", "draft", "unverified")
        ]
        self.fields["samples"].choices = [
            *every,
            ("only", gettext("只看样例")),
            ("none", gettext("不看样例")),
        ]
        self.fields["columns"].choices = [(column.id, column.label) for column in all_columns()]
        self.fields["words"].widget.attrs["autocomplete"] = "off"
        self.fields["industry"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    @property
    def further(self) -> list[Any]:
        """The filters that are folded away."""
        return [self[name] for name in self.fields if name not in ("words", "columns")]

    @property
    def narrowed_further(self) -> bool:
        """Whether one of them is set, or wrong."""
        return any(field.errors or field.value() for field in self.further)

    @property
    def wanted(self) -> dict[str, Any]:
        """The filters that are understood; a wrong one narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value and name != "columns"}

    @property
    def chosen(self) -> list[str]:
        """The columns asked for; those nobody knows are left out one by one."""
        known = {key for key, _ in self.fields["columns"].choices}
        said = self.data.getlist("columns") if hasattr(self.data, "getlist") else self.data.get("columns", ())
        return [one for one in dict.fromkeys(said) if one in known][:MOST_COLUMNS]

    @property
    def query(self) -> str:
        """The filters and columns as an address says them."""
        return urlencode([*self.wanted.items(), *(("columns", one) for one in self.chosen)])

    @property
    def in_words(self) -> str:
        """The filters as a line of text, for the head of an export."""
        parts = []
        for name, value in self.wanted.items():
            choices = dict(getattr(self.fields[name], "choices", ()))
            parts.append(f"{self.fields[name].label} {choices.get(value, value)}")
        return "; ".join(parts)


class RecordDayForm(DayForm):
    """The day of which to see a record."""

    def __init__(self, asked: Any) -> None:
        super().__init__(asked, label=gettext("看某一天时的数据"))

    def refuse_unknown(self, starts: Sequence[date]) -> None:
        """Say so where nothing was known yet on the day: `starts` are the days from which something is."""
        if self.day is not None and starts and self.day < min(starts):
            earliest = {"day": min(starts).isoformat()}
            self.add_error("on", gettext("这一天之前没有任何数据；最早的是 %(day)s 的。") % earliest)


class SourcedForm(forms.Form):
    """What every statement about an enterprise asks: its source, the day of it, and the version of the page."""

    use_required_attribute = False

    source = forms.CharField(
        label=gettext_lazy("来源"),
        max_length=200,
        help_text=gettext_lazy("哪份文件、哪次走访、谁提供的"),
    )
    as_of = forms.DateField(
        label=gettext_lazy("数据截至"), help_text=gettext_lazy("例如 2025-06-30；不知道就填今天")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ValueForm(SourcedForm):
    """One value of one fact. `value` and `period` hold what was understood once the form is valid."""

    field_order = ("period", "value", "source", "as_of", "version")

    period = forms.CharField(label=gettext_lazy("年度"), max_length=4)
    value = forms.CharField(label=gettext_lazy("数值或内容"))

    def __init__(self, *arguments: Any, fact: Fact, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fact = fact
        self.fields["value"] = _field_for(fact)
        if fact.period is FactPeriod.YEAR:
            self.fields["period"].widget.attrs |= {"inputmode": "numeric", "placeholder": "2024"}
        else:
            del self.fields["period"]
        if "as_of" in self.fields:
            self.initial.setdefault("as_of", clock.today().isoformat())

    def clean_period(self) -> str:
        """A year that has begun."""
        try:
            period = Period.parse(self.cleaned_data["period"].strip())
        except LianzhangError as error:
            raise forms.ValidationError(error.say(words.language())) from error
        if period.start > clock.today():
            raise forms.ValidationError(gettext("这一年还没有到。"))
        if period.start.year < _EARLIEST_YEAR:
            raise forms.ValidationError(gettext("年度过早，请核对。"))
        return str(period)

    def clean_as_of(self) -> Any:
        """No later than today."""
        day = self.cleaned_data["as_of"]
        if day > clock.today():
            raise forms.ValidationError(gettext("日期不能在今天之后。"))
        return day

    def clean_value(self) -> FactValue:
        """The value as the dictionary types it."""
        raw = self.cleaned_data["value"]
        if self.fact.name in _LINES and isinstance(raw, str):
            raw = "\n".join(line.strip() for line in raw.splitlines() if line.strip())
        try:
            if self.fact.name == "credit_code":
                raw = parse(raw).text
            value = self.fact.read(raw)
        except (LianzhangError, CreditCodeError) as error:
            raise forms.ValidationError(error.say(words.language())) from error
        if value is None:
            raise forms.ValidationError(gettext("请填写内容。"))
        if isinstance(value, date) and value > clock.today():
            raise forms.ValidationError(gettext("日期不能在今天之后。"))
        if isinstance(value, Decimal) and value != round(value, _DECIMALS):
            raise forms.ValidationError(gettext("小数最多%(n)s位。") % {"n": _DECIMALS})
        return value


class CorrectionForm(ValueForm):
    """What an enterprise says about itself; instead of a source it says what its word rests on."""

    source = None
    as_of = None
    version = None
    because = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=300,
        help_text=gettext_lazy("例如：2024年审计报告第3页"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _field_for(fact: Fact) -> forms.Field:
    """A field that shows what the fact may hold."""
    label = words.fact_label(fact)
    hint = fact.ask.say(words.language())
    if fact.type is FactType.BOOLEAN:
        choices = [("", "—"), ("yes", gettext("是")), ("no", gettext("否"))]
        return forms.ChoiceField(label=label, help_text=hint, choices=choices)
    options = [(key, fact.choice(key).say(words.language())) for key in fact.choices]
    if fact.type is FactType.CHOICE:
        return forms.ChoiceField(label=label, help_text=hint, choices=[("", "—"), *options])
    if fact.type is FactType.CHOICES:
        return forms.MultipleChoiceField(
            label=label, help_text=hint, choices=options, widget=forms.CheckboxSelectMultiple
        )
    unit = f"{label}（{fact.unit}）" if fact.unit and words.language() == "zh" else label
    if fact.type in (FactType.NUMBER, FactType.INTEGER):
        return forms.CharField(
            label=unit,
            help_text=hint,
            max_length=40,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        )
    if fact.name in _LINES or fact.name == "business_scope":
        area = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(label=label, help_text=hint, widget=area, max_length=_LONGEST_TEXT)
    return forms.CharField(label=label, help_text=hint, max_length=300)


class NewForm(forms.Form):
    """An enterprise that the registry does not have."""

    use_required_attribute = False

    name = forms.CharField(label=gettext_lazy("企业名称"), max_length=200)
    is_registered = forms.BooleanField(label=gettext_lazy("这是登记全称"), required=False, initial=True)
    credit_code = forms.CharField(
        label=gettext_lazy("统一社会信用代码"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    county = forms.ChoiceField(label=gettext_lazy("县（市、区）"), required=False)
    source = forms.CharField(
        label=gettext_lazy("来源"),
        max_length=200,
        help_text=gettext_lazy("哪份文件、哪次走访、谁提供的"),
    )
    anyway = forms.BooleanField(label=gettext_lazy("确认不是上面列出的企业，仍要新增"), required=False)
    #: The id it will have: the same form sent twice is one enterprise.
    id = forms.RegexField(regex=r"^E[0-9A-Z]{9}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.initial.setdefault("id", new_enterprise_id())
        own = actor.region_code if actor.role == "county_officer" else None
        counties = [row for row in words.regions() if own is None or row[0] == own]
        self.fields["county"].choices = counties if own else [("", gettext("未写明")), *counties]

    def clean_id(self) -> str:
        """A fresh one where the page sent none."""
        return self.cleaned_data["id"] or new_enterprise_id()

    def clean_credit_code(self) -> str:
        """A well-formed code; a wrong check character is allowed and stays marked as unverified."""
        raw = self.cleaned_data["credit_code"]
        if not raw.strip():
            return ""
        try:
            return parse(raw).text
        except CreditCodeError as error:
            raise forms.ValidationError(error.say(words.language())) from error


def facts_to_record() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every fact of the dictionary by topic, for the choice of what to record."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for fact in dictionary().values():
        grouped.setdefault(fact.topic, []).append((fact.name, words.fact_label(fact)))
    return list(grouped.items())
