"""Forms of the pages about facts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from lianzhang.casework import Actor
from lianzhang.web.chains import queries as chains
from lianzhang.web.facts import words
from lianzhang.web.facts.queries import years


class FilterForm(forms.Form):
    """Which facts to list. It never sends itself: the reader presses the button."""

    use_required_attribute = False

    words = forms.CharField(label=gettext_lazy("主体或指标"), required=False, max_length=100)
    chain = forms.ChoiceField(label=gettext_lazy("产业链"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("类别"), required=False)
    year = forms.TypedChoiceField(label=gettext_lazy("年份"), required=False, coerce=int, empty_value=None)

    def __init__(self, *arguments: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*arguments, **named)
        english = words.is_english()
        every = [("", gettext("全部"))]
        self.fields["chain"].choices = every + [
            (chain.pk, chain.name_en if english and chain.name_en else chain.name)
            for chain in chains.visible_to(actor)
        ]
        self.fields["kind"].choices = every + list(words.kinds().items())
        self.fields["year"].choices = every + [(year, str(year)) for year in years(actor)]

    @property
    def wanted(self) -> dict[str, Any]:
        """The filters that are understood; a wrong one narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def in_words(self) -> str:
        """The filters as a line of text, for the head of an export."""
        parts = []
        for name, value in self.wanted.items():
            choices = dict(getattr(self.fields[name], "choices", ()))
            parts.append(f"{self.fields[name].label} {choices.get(value, value)}")
        return "; ".join(parts)
