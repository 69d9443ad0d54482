"""How long and how much."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class StopForm(forms.Form):
    """The stop: days and the share of output lost."""

    days = forms.TypedChoiceField(
        label=_("断供多久"),
        coerce=int,
        choices=[(7, _("7天")), (30, _("30天")), (90, _("90天"))],
        initial=30,
        widget=forms.RadioSelect,
    )
    share = forms.IntegerField(label=_("损失产出的百分比"), min_value=1, max_value=100, initial=100)
