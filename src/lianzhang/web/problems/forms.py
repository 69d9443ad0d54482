"""Forms of problems."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from lianzhang.casework import Actor
from lianzhang.web.chains import queries as chains
from lianzhang.web.flow import rules
from lianzhang.web.flow.words import say


class FoundForm(forms.Form):
    """What was found, where on the map, and how it came to be known."""

    use_required_attribute = False

    chain = forms.ChoiceField(label=gettext_lazy("产业链"))
    sort = forms.ChoiceField(label=gettext_lazy("问题类别"), widget=forms.RadioSelect())
    title = forms.CharField(
        label=gettext_lazy("用一句话说"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    node = forms.CharField(
        label=gettext_lazy("在图谱哪个环节"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = forms.CharField(
        label=gettext_lazy("具体情况"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )
    source = forms.CharField(
        label=gettext_lazy("怎么发现的"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("例如：巡链、通报、企业反映"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*arguments, **named)
        english = (get_language() or "").startswith("en")
        self.fields["chain"].choices = [
            (chain.pk, (english and chain.name_en) or chain.name) for chain in chains.visible_to(actor)
        ]
        self.fields["sort"].choices = sorts()


def sorts() -> list[tuple[str, str]]:
    """The types of problems of the pack."""
    return [(name, say(text)) for name, text in rules.presets("problem").words["types"].items()]
