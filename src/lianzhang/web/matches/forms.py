"""One question, and the self-test of a visitor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from lianzhang.kernel import Fact, FactPeriod, FactType, FactValue, LianzhangError, clock, fact_dictionary
from lianzhang.kernel.pack import open_pack


def field_for(fact: Fact, *, required: bool) -> forms.Field:
    """The control in which a fact is stated: yes or no, choices, a day, a number with its unit, a text."""
    language = get_language() or "zh-hans"
    label = fact.ask.say(language)
    unknown = [("", gettext("不清楚"))]
    if fact.type is FactType.BOOLEAN:
        answers = [*unknown, ("yes", gettext("是")), ("no", gettext("否"))]
        return forms.ChoiceField(label=label, choices=answers, required=required)
    if fact.type is FactType.CHOICE and len(fact.choices) < 60:
        answers = [*unknown, *((key, words.say(language)) for key, words in fact.choices.items())]
        return forms.ChoiceField(label=label, choices=answers, required=required)
    if fact.type is FactType.CHOICES:
        answers = [(key, words.say(language)) for key, words in fact.choices.items()]
        return forms.MultipleChoiceField(
            label=label, choices=answers, required=False, widget=forms.CheckboxSelectMultiple
        )
    help_text = fact.unit
    if fact.type is FactType.DATE:
        return forms.CharField(label=label, required=required, help_text=_("如2019-06-30"), max_length=10)
    return forms.CharField(label=label, required=required, help_text=help_text, max_length=200)


class AnswerForm(forms.Form):
    """The answer to one question; `value` and `period` once it is valid."""

    use_required_attribute = False

    fact = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, fact: Fact, **named: Any) -> None:
        super().__init__(*arguments, initial={"fact": fact.name}, **named)
        self._fact = fact
        self.value: FactValue = ""
        self.period = ""
        self.fields["value"] = field_for(fact, required=True)
        if fact.period is FactPeriod.YEAR:
            last = clock.today().year - 1
            self.fields["year"] = forms.TypedChoiceField(
                label=gettext("哪一年"),
                coerce=str,
                choices=[(str(y), str(y)) for y in range(last, last - 3, -1)],
            )

    def clean(self) -> dict[str, Any]:
        """The typed value, or the dictionary's own words on what is wrong with it."""
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            value = self._fact.read(cleaned.get("value"))
        except LianzhangError as error:
            self.add_error("value", error.say(get_language() or "zh"))
            return cleaned
        if value is None:
            if "value" not in self.errors:
                self.add_error("value", gettext("请填写，或选择跳过。"))
        else:
            self.value = value
        self.period = cleaned.get("year") or ""
        return cleaned


#: What a visitor is asked; the rest stays unknown and is said to be.
ASKED = (
    "county", "industry_code", "established_on", "employees", "revenue_ly", "total_assets", "rd_expense_ly",
    "rd_intensity_ly", "ip_class1", "main_revenue_share_ly", "niche_years", "on_serious_dishonesty_list", "holds",
)  # fmt: skip


class SelfTestForm(forms.Form):
    """A handful of facts about an enterprise; every field may stay empty."""

    use_required_attribute = False

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.facts: dict[str, FactValue | None] = {}
        dictionary = fact_dictionary(open_pack(settings.LIANZHANG_PACK))
        self._asked = [dictionary[name] for name in ASKED if name in dictionary]
        for fact in self._asked:
            self.fields[fact.name] = field_for(fact, required=False)

    def clean(self) -> dict[str, Any]:
        """Typed values of what was answered."""
        cleaned: dict[str, Any] = super().clean() or {}
        for fact in self._asked:
            given = cleaned.get(fact.name)
            if not given:
                continue
            try:
                self.facts[fact.name] = fact.read(given)
            except LianzhangError as error:
                self.add_error(fact.name, error.say(get_language() or "zh"))
        return cleaned
