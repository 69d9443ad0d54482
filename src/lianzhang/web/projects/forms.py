"""Forms of projects: each short enough for a phone on a building site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from lianzhang.casework import Actor, Role
from lianzhang.web.chains import queries as chains
from lianzhang.web.flow import rules
from lianzhang.web.flow.words import language, say
from lianzhang.web.people.queries import directory
from lianzhang.web.projects.models import Promise


def day(label: Any, *, required: bool = True) -> forms.DateField:
    """A day in the browser's own control."""
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class _Short(forms.Form):
    use_required_attribute = False


class ProjectForm(_Short):
    """A new project at the stage where it stands."""

    chain = forms.ChoiceField(label=gettext_lazy("产业链"))
    title = forms.CharField(label=gettext_lazy("项目名称"), max_length=100)
    lead = forms.ModelChoiceField(label=gettext_lazy("由谁报进展"), queryset=None)
    stage = forms.ChoiceField(label=gettext_lazy("现在的阶段"))
    place = forms.CharField(label=gettext_lazy("地点"), max_length=80, required=False)
    summary = forms.CharField(
        label=gettext_lazy("建设内容"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source = forms.CharField(label=gettext_lazy("来源"), max_length=200, required=False)
    quality = forms.BooleanField(label=gettext_lazy("质量项目"), required=False)

    def __init__(self, *arguments: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*arguments, **named)
        english = language() == "en"
        self.fields["chain"].choices = [
            (one.pk, one.name_en if english and one.name_en else one.name) for one in chains.visible_to(actor)
        ]
        units = directory("county", "department")
        if actor.role is Role.county_officer:
            units = units.filter(pk=actor.organisation_id)
        self.fields["lead"].queryset = units
        stages = rules.presets("project").words["stages"]
        self.fields["stage"].choices = [(name, say(text)) for name, text in stages.items()]


class MilestoneForm(_Short):
    """A new milestone."""

    name = forms.CharField(label=gettext_lazy("节点"), max_length=80)
    due = day(gettext_lazy("计划日期"))


class PostponeForm(_Short):
    """Another day, with a reason."""

    due = day(gettext_lazy("新的日期"))
    reason = forms.CharField(
        label=gettext_lazy("改期理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class FinishForm(_Short):
    """Reached, with evidence."""

    done = day(gettext_lazy("完成日期"))
    evidence = forms.CharField(label=gettext_lazy("佐证"), max_length=300)


class PromiseForm(_Short):
    """A promise."""

    measure = forms.ChoiceField(label=gettext_lazy("承诺事项"), choices=Promise.Measure.choices)
    promised = forms.DecimalField(label=gettext_lazy("承诺数"), max_digits=20, decimal_places=4, min_value=0)
    unit = forms.CharField(label=gettext_lazy("单位"), max_length=20)
    by = day(gettext_lazy("到哪天"), required=False)


class ActualForm(_Short):
    """What a promise has come to."""

    value = forms.DecimalField(label=gettext_lazy("实际数"), max_digits=20, decimal_places=4, min_value=0)
    as_of = day(gettext_lazy("截至日"))
    evidence = forms.CharField(label=gettext_lazy("佐证"), max_length=300)


class FactorForm(_Short):
    """What the project lacks."""

    factor = forms.ChoiceField(label=gettext_lazy("要素"))
    needed = forms.CharField(label=gettext_lazy("需要多少（带单位）"), max_length=80)
    have = forms.CharField(label=gettext_lazy("已有多少（带单位）"), max_length=80, required=False)
    needed_by = day(gettext_lazy("最迟何时"), required=False)
    effect = forms.CharField(label=gettext_lazy("缺了会怎样"), max_length=300, required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        listed = rules.presets("project").words["factors"]
        self.fields["factor"].choices = [(name, say(text)) for name, text in listed.items()]
