"""The filter of the journal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianzhang.web.journal.labels import RESULTS, verb_label


class FilterForm(forms.Form):
    """All fields optional; several narrow the list together."""

    person = forms.CharField(label=_("人员"), required=False, max_length=60)
    verb = forms.ChoiceField(label=_("操作"), required=False)
    subject = forms.CharField(label=_("对象"), required=False, max_length=120)
    result = forms.ChoiceField(label=_("结果"), required=False)
    first = forms.DateField(label=_("自"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("至"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *arguments: Any, verbs: list[str], language: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        everything = ("", _("全部"))
        self.fields["verb"].choices = [everything, *((verb, verb_label(verb, language)) for verb in verbs)]  # type: ignore[attr-defined]
        self.fields["result"].choices = [  # type: ignore[attr-defined]
            everything,
            *((name, text.say(language)) for name, text in RESULTS.items()),
        ]

    def conditions(self) -> dict[str, Any]:
        """What was filled in, ready for the query; nothing when a field is wrong."""
        return dict(self.cleaned_data) if self.is_valid() else {}
