"""Forms of consultations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from lianzhang.casework import Actor
from lianzhang.web.chains import queries as chains
from lianzhang.web.flow.words import language
from lianzhang.web.people.queries import UNITS, directory


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class MeetingForm(forms.Form):
    """A new consultation."""

    use_required_attribute = False

    chain = forms.ChoiceField(label=gettext_lazy("产业链"))
    title = forms.CharField(label=gettext_lazy("主题"), max_length=100)
    day = _day(gettext_lazy("会议日期"))
    place = forms.CharField(label=gettext_lazy("地点"), max_length=80, required=False)
    chair = forms.CharField(label=gettext_lazy("主持人"), max_length=40, required=False)

    def __init__(self, *arguments: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.chains = {chain.pk: chain for chain in chains.visible_to(actor)}
        english = language() == "en"
        self.fields["chain"].choices = [
            (pk, chain.name_en if english and chain.name_en else chain.name)
            for pk, chain in self.chains.items()
        ]


class ItemForm(forms.Form):
    """An item added by hand."""

    use_required_attribute = False

    title = forms.CharField(label=gettext_lazy("议题"), max_length=160)
    brief = forms.CharField(
        label=gettext_lazy("情况"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    asked = forms.ModelChoiceField(label=gettext_lazy("请谁书面答复"), queryset=None, required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["asked"].queryset = directory(*UNITS)


class DecisionForm(forms.Form):
    """What was decided: text, owner and date; none of the three may be missing."""

    use_required_attribute = False

    text = forms.CharField(
        label=gettext_lazy("决定"), max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )
    lead = forms.ModelChoiceField(label=gettext_lazy("主办单位"), queryset=None)
    day = _day(gettext_lazy("时限"))
    measure_of_done = forms.CharField(label=gettext_lazy("完成标准"), max_length=200, required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["lead"].queryset = directory(*UNITS)
