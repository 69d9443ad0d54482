"""Forms of a person's mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from lianzhang.web.mail.queries import KINDS


class AddressForm(forms.Form):
    """Where to."""

    use_required_attribute = False

    address = forms.EmailField(
        label=gettext_lazy("邮箱"),
        max_length=120,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


class MailCodeForm(forms.Form):
    """The six digits that were sent there."""

    use_required_attribute = False

    code = forms.CharField(
        label=gettext_lazy("邮件里的六位验证码"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class KindsForm(forms.Form):
    """What about."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("勾选的才发"), required=False, widget=forms.CheckboxSelectMultiple()
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        language = "en" if (get_language() or "").startswith("en") else "zh"
        self.fields["kinds"].choices = [(kind, label.say(language)) for kind, label in KINDS.items()]
