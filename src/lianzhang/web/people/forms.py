"""Forms of people and sign-in."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lianzhang.casework import Actor, Role
from lianzhang.web.people.models import POST_ROLES, Organisation, Person
from lianzhang.web.people.queries import possible_delegates


class SignInForm(forms.Form):
    """Account name and password."""

    username = forms.CharField(
        label=_("账号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("口令"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """The six digits from the telephone."""

    code = forms.CharField(
        label=_("六位验证码"),
        max_length=10,
        help_text=_("打开手机上的验证器应用，输入“链长”一栏显示的六位数字。"),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )


class DelegateForm(forms.Form):
    """Who acts in one's post, and on which days."""

    use_required_attribute = False

    to = forms.ModelChoiceField(label=_("委托给"), queryset=None)
    starts = forms.DateField(label=_("自"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends = forms.DateField(
        label=_("至（当天仍有效，过后自动结束）"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("委托事由"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *arguments: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["to"].queryset = possible_delegates(actor)


class NewPasswordForm(forms.Form):
    """A password twice, checked by the rules of the profile."""

    password = forms.CharField(
        label=_("新口令"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输一次新口令"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *arguments: Any, person: Person, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.person = person

    @property
    def rules(self) -> list[str]:
        """The rules in words, shown before somebody types."""
        return [str(text) for text in password_validators_help_texts()]

    def clean_password(self) -> str:
        """The rules of the profile."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        values = super().clean() or self.cleaned_data
        if values.get("password") and values.get("again") and values["password"] != values["again"]:
            self.add_error("again", _("两次输入的口令不一样。"))
        return values


class ChangePasswordForm(NewPasswordForm):
    """The present password, then the new one twice."""

    present = forms.CharField(
        label=_("现在的口令"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    field_order = ("present", "password", "again")

    def clean_present(self) -> str:
        """The person behind the keyboard is the one who signed in."""
        present = str(self.cleaned_data["present"])
        if not self.person.check_password(present):
            raise ValidationError(_("现在的口令不对。"), code="wrong")
        return present


def role_choices() -> list[tuple[str, str]]:
    """Roles in the reader's language."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return [(str(role), role.label.say(language)) for role in POST_ROLES]


class PersonForm(forms.Form):
    """A new account with its first post."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    username = forms.CharField(
        label=_("账号"), max_length=40, help_text=_("登录时使用，如姓名拼音；不区分大小写。")
    )
    organisation = forms.ModelChoiceField(label=_("单位"), queryset=Organisation.objects.none())
    role = forms.ChoiceField(label=_("角色"), choices=role_choices)
    title = forms.CharField(label=_("职务"), max_length=40, required=False, help_text=_("如“科长”；可不填。"))

    def __init__(self, *arguments: Any, organisations: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        """As the core knows it."""
        return Role(self.cleaned_data["role"])


class HoldingForm(forms.Form):
    """A further post for somebody who has an account."""

    organisation = forms.ModelChoiceField(label=_("单位"), queryset=Organisation.objects.none())
    role = forms.ChoiceField(label=_("角色"), choices=role_choices)
    title = forms.CharField(label=_("职务"), max_length=40, required=False)
    starts = forms.DateField(label=_("自"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    ends = forms.DateField(label=_("至"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *arguments: Any, organisations: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        """As the core knows it."""
        return Role(self.cleaned_data["role"])


class OrganisationForm(forms.ModelForm):
    """A new organisation."""

    chains = forms.CharField(
        label=_("负责的产业链"),
        required=False,
        help_text=_("产业链代号，用逗号隔开，如 equipment；全部产业链写 *。"),
    )

    class Meta:
        model = Organisation
        fields = ("name", "short_name", "kind", "region_code", "chains")

    def clean_chains(self) -> list[str]:
        """The ids as a list."""
        text = str(self.cleaned_data["chains"]).replace("，", ",").replace("、", ",")
        try:
            listed = json.loads(text) if text.startswith("[") else text.split(",")
        except ValueError:
            listed = text.split(",")
        return [str(part).strip() for part in listed if str(part).strip()]
