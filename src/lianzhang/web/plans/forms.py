"""What a county fills in, and what the chain office answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianzhang.web.chains import queries as chains
from lianzhang.web.chains import words


class ChoiceForm(forms.Form):
    """A county's sub-field with its evidence."""

    use_required_attribute = False

    field = forms.ChoiceField(label=_("选定的细分领域"))
    evidence = forms.CharField(label=_("佐证"), max_length=300, help_text=_("文件名和文号，或公开链接"))
    evidence_on = forms.DateField(label=_("佐证的日期"), help_text=_("如 2025-08-15"))
    reason = forms.CharField(
        label=_("理由"), max_length=500, required=False, help_text=_("与其他县区同一领域时必填"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *arguments: Any, fields: list[chains.Chain], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["field"].choices = [("", "—"), *((field.pk, words.name(field)) for field in fields)]


class DecisionForm(forms.Form):
    """Confirm or return."""

    use_required_attribute = False

    choice = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[("confirm", ""), ("return", "")], widget=forms.HiddenInput)
    note = forms.CharField(label=_("意见"), max_length=300, required=False, help_text=_("退回时写明缺什么"))
