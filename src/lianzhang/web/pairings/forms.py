"""Forms of needs."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from lianzhang.web.flow.words import say
from lianzhang.web.pairings.models import Need
from lianzhang.web.pairings.queries import FIELDS


class NeedForm(forms.Form):
    """What a firm looks for."""

    use_required_attribute = False

    sort = forms.ChoiceField(label=gettext_lazy("哪一类"), choices=Need.Sort.choices)
    title = forms.CharField(label=gettext_lazy("用一句话说"), max_length=60)
    text = forms.CharField(
        label=gettext_lazy("需求内容"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )
    amount = forms.CharField(label=gettext_lazy("金额或数量（带单位）"), max_length=60, required=False)
    revenue_band = forms.ChoiceField(label=gettext_lazy("营业收入区间"), required=False)
    revenue = forms.CharField(
        label=gettext_lazy("准确营业收入（年份和单位）"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("可不填；加密保存，您另行单独同意之前只有您自己看得到"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    contact_name = forms.CharField(label=gettext_lazy("联系人"), max_length=40)
    phone = forms.CharField(label=gettext_lazy("联系电话"), max_length=20)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    #: Bands, never figures: a figure takes a second consent of its own.
    BANDS = ("2000万元以下", "2000万元—5000万元", "5000万元—1亿元", "1亿元—4亿元", "4亿元以上")

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self.fields["revenue_band"].choices = [("", "—"), *((band, band) for band in self.BANDS)]


def consent_fields(need: Need) -> dict[str, forms.Field]:
    """The further fields of the form by which a firm shares a need."""
    exact = {
        "exact_revenue": forms.BooleanField(
            label=say_of(
                "另行同意：把准确营业收入也给这家银行看",
                "A consent of its own: this bank may see the exact revenue",
            ),
            required=False,
        )
    }
    return {
        **(exact if need.revenue else {}),
        "fields": forms.MultipleChoiceField(
            label=say_of("提供哪些内容", "what is shared"),
            choices=[(name, say(label)) for name, label in FIELDS.items()],
            initial=["title", "text", "amount"],
            widget=forms.CheckboxSelectMultiple(),
        ),
        "purpose": forms.CharField(
            label=say_of("用途", "purpose"),
            max_length=200,
            initial=say_of("仅用于本次对接", "for this pairing only"),
        ),
    }


def say_of(zh: str, en: str) -> str:
    """Two words in the reader's language."""
    return say({"zh": zh, "en": en})
