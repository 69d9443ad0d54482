"""What an analyst asks for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DistanceForm(forms.Form):
    """Points of one field, how far to look, and places of all plants to compare with."""

    use_required_attribute = False

    points = forms.FileField(
        label=_("点表（CSV）"), help_text=_("列 x、y，或 longitude、latitude；至多5000个点")
    )
    sites = forms.FileField(
        label=_("全部企业的地点（CSV）"), required=False, help_text=_("给出才能排除各行业本来就集中的影响")
    )
    farthest = forms.FloatField(label=_("最远距离"), min_value=0.000001, help_text=_("经纬度时单位为公里"))
    steps = forms.IntegerField(label=_("步数"), min_value=1, max_value=200, initial=20)
    draws = forms.IntegerField(label=_("随机抽样次数"), min_value=0, max_value=1000, initial=200)


class ScenarioForm(forms.Form):
    """The name under which an answer is kept."""

    name = forms.CharField(label=_("情景名称"), max_length=80)
