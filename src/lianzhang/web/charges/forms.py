"""The form by which the office puts an enterprise in charge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy

from lianzhang.casework import Actor
from lianzhang.web.cases.firms import meant
from lianzhang.web.chains import queries as chains
from lianzhang.web.charges.queries import ROLES
from lianzhang.web.people.queries import addressed, names_of


class GiveForm(forms.Form):
    """Who, which enterprise, for which chain."""

    use_required_attribute = False

    person = forms.ChoiceField(label=gettext_lazy("谁包保"))
    firm = forms.CharField(
        label=gettext_lazy("企业"),
        max_length=200,
        help_text=gettext_lazy("企业库里的名称、简称或统一社会信用代码"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    chain = forms.ChoiceField(label=gettext_lazy("产业链"))

    def __init__(self, *arguments: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.actor, self.enterprise_id = actor, ""
        seen = chains.visible_to(actor)
        english = (get_language() or "").startswith("en")
        self.fields["chain"].choices = [(one.pk, (english and one.name_en) or one.name) for one in seen]
        ids = {
            str(one) for role in ROLES for one in addressed(role=role, chains=[chain.pk for chain in seen])
        }
        self.fields["person"].choices = sorted(names_of(ids).items(), key=lambda one: one[1])

    def clean_firm(self) -> str:
        """One enterprise of the registry must be meant."""
        words = str(self.cleaned_data["firm"])
        sure, may_be = meant(self.actor, words)
        if sure is not None and sure.enterprise is not None:
            self.enterprise_id = sure.enterprise.pk
            return words
        names = "、".join(firm.name for firm in may_be[:4])
        raise forms.ValidationError(
            gettext("有几家可能：%(names)s。请写全称。") % {"names": names}
            if names
            else gettext("企业库里没有这家企业。")
        )
