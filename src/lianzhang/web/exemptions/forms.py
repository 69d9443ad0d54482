"""Forms of a study: the party and the act, then the facts that are established."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from lianzhang.kernel import CreditCodeError, Fact, FactType, LianzhangError, fact_dictionary
from lianzhang.kernel.credit_code import parse
from lianzhang.policy import exemption_list
from lianzhang.web.exemptions.queries import pack


class OpenForm(forms.Form):
    """Who did what."""

    use_required_attribute = False

    party = forms.CharField(label=_("当事人"), max_length=200)
    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=40, required=False, help_text=_("用来查两年内的记录")
    )
    item = forms.ChoiceField(label=_("违法行为"))
    about = forms.CharField(
        label=_("案情摘要"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        language = get_language() or "zh-hans"
        items = exemption_list(pack()).items
        self.fields["item"].choices = [("", "—")] + [  # type: ignore[attr-defined]
            (key, f"{key} {row.act.say(language)}") for key, row in items.items()
        ]

    def clean_credit_code(self) -> str:
        """The code in normal form; a wrong one is said to be wrong, for the history rests on it."""
        given = self.cleaned_data["credit_code"]
        try:
            return parse(given).text if given else ""
        except CreditCodeError as error:
            raise forms.ValidationError(error.say(get_language() or "zh")) from error


class FactsForm(forms.Form):
    """The facts an act asks for; each may stay open."""

    use_required_attribute = False

    def __init__(self, *arguments: Any, asked: list[str], known: dict[str, Any], **named: Any) -> None:
        super().__init__(*arguments, initial=known, **named)
        dictionary = fact_dictionary(pack())
        self._asked = [dictionary[name] for name in asked]
        for fact in self._asked:
            self.fields[fact.name] = _field(fact)

    def clean(self) -> dict[str, Any]:
        """Each answer as the dictionary types it."""
        cleaned: dict[str, Any] = super().clean() or {}
        for fact in self._asked:
            try:
                fact.read(cleaned.get(fact.name) or None)
            except LianzhangError as error:
                self.add_error(fact.name, error.say(get_language() or "zh"))
        return cleaned

    def facts(self) -> dict[str, str]:
        """What was answered, by name."""
        return {
            fact.name: self.cleaned_data[fact.name] for fact in self._asked if self.cleaned_data[fact.name]
        }


def _field(fact: Fact) -> forms.Field:
    label = fact.ask.say(get_language() or "zh-hans")
    if fact.type is FactType.BOOLEAN:
        answers = [("", gettext("未查明")), ("yes", gettext("是")), ("no", gettext("否"))]
        return forms.ChoiceField(label=label, choices=answers, required=False)
    widget = forms.DateInput(attrs={"type": "date"}) if fact.type is FactType.DATE else forms.TextInput()
    return forms.CharField(label=label, required=False, max_length=40, help_text=fact.unit, widget=widget)
