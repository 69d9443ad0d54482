"""Forms of visits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from lianzhang.casework import Actor
from lianzhang.web.cases.firms import Firm, meant
from lianzhang.web.flow import rules
from lianzhang.web.flow.words import say
from lianzhang.web.visits.models import Visit

#: Lines for findings on the form; more are filed as requests directly.
MOST_FINDINGS = 4


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class PlanForm(forms.Form):
    """A visit to be made."""

    use_required_attribute = False

    firm = forms.CharField(
        label=gettext_lazy("企业"),
        max_length=200,
        help_text=gettext_lazy("名称、简称、曾用名或统一社会信用代码"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    sort = forms.ChoiceField(label=gettext_lazy("类别"), choices=Visit.Sort.choices)
    day = _day(gettext_lazy("走访日期（新落地企业填落地日期）"))
    purpose = forms.CharField(label=gettext_lazy("目的"), max_length=200)
    visitors = forms.CharField(label=gettext_lazy("走访人"), max_length=200, required=False)
    despite = forms.BooleanField(label=gettext_lazy("30天内已有走访，仍要安排"), required=False)

    def __init__(self, *arguments: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.actor = actor

    def clean_firm(self) -> Firm:
        """The one firm that the words mean."""
        sure, may_be = meant(self.actor, str(self.cleaned_data["firm"]))
        if sure is not None:
            return sure
        names = "、".join(firm.name for firm in may_be[:4])
        raise forms.ValidationError(
            gettext("有几家可能：%(names)s。请写全称。") % {"names": names}
            if names
            else gettext("企业库里没有这家企业。")
        )


class RecordForm(forms.Form):
    """What was seen, and what was found."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=gettext_lazy("走访情况"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *arguments: Any, visit: Visit, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.initial.setdefault("version", visit.version)
        if visit.month is not None:
            checks = rules.presets("project").words["arrival_checks"]
            self.fields["checked"] = forms.MultipleChoiceField(
                label=gettext_lazy("已办妥"), required=False, widget=forms.CheckboxSelectMultiple(),
                choices=[(name, say(text)) for name, text in checks.items()],
            )  # fmt: skip
        topics = [(name, say(text)) for name, text in rules.presets("request").words["topics"].items()]
        for number in range(1, MOST_FINDINGS + 1):
            self.fields[f"title_{number}"] = forms.CharField(
                label=gettext_lazy("发现的问题"), max_length=60, required=False
            )
            self.fields[f"topic_{number}"] = forms.ChoiceField(
                label=gettext_lazy("哪方面的事"), choices=topics, required=False, initial="other"
            )

    @property
    def findings(self) -> list[dict[str, str]]:
        """The lines that were filled in."""
        lines = [
            {
                "title": self.cleaned_data[f"title_{n}"].strip(),
                "topic": self.cleaned_data[f"topic_{n}"] or "other",
            }
            for n in range(1, MOST_FINDINGS + 1)
        ]
        return [line for line in lines if line["title"]]
