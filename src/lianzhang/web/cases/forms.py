"""Forms of requests: the four pages a firm fills, the officer's one page, filters, the look-up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from lianzhang.casework import Actor, read_public_number
from lianzhang.casework.flow import SHOWN
from lianzhang.kernel import LianzhangError
from lianzhang.web.cases.contact import PHONE
from lianzhang.web.cases.firms import Firm, meant
from lianzhang.web.cases.models import Request
from lianzhang.web.flow import attachments, rules
from lianzhang.web.flow.acting import ManyFiles, say_error
from lianzhang.web.flow.words import say


def topics() -> list[tuple[str, str]]:
    """What a request can be about."""
    return [(key, say(text)) for key, text in rules.presets("request").words["topics"].items()]


class _Page(forms.Form):
    use_required_attribute = False


class TopicPage(_Page):
    """First page: what about."""

    topic = forms.ChoiceField(label=gettext_lazy("哪方面的事"), widget=forms.RadioSelect())
    title = forms.CharField(
        label=gettext_lazy("用一句话说"),
        max_length=60,
        help_text=gettext_lazy("例如：厂房扩建需要增加用电容量"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["topic"].choices = topics()


class FactsPage(_Page):
    """Second page: what happened and what is wished."""

    text = forms.CharField(
        label=gettext_lazy("具体情况"),
        max_length=5000,
        help_text=gettext_lazy("什么时间、在哪里、卡在哪一步、找过谁"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    wish = forms.CharField(
        label=gettext_lazy("希望怎样解决"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ContactPage(_Page):
    """Third page: whom to call, what to attach, who may see it."""

    contact_name = forms.CharField(label=gettext_lazy("联系人"), max_length=40)
    phone = forms.CharField(
        label=gettext_lazy("联系电话"),
        max_length=20,
        help_text=gettext_lazy("只给承办人看；查询进度时用后四位"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    files = forms.FileField(
        label=gettext_lazy("照片或文件"),
        required=False,
        help_text=gettext_lazy("照片、PDF、Word、Excel，最多5个，每个10 MiB以内；照片里的位置信息会去掉"),
        widget=ManyFiles(),
    )
    confidential = forms.BooleanField(
        label=gettext_lazy("内容保密：不作为已答复的例子给其他企业看"), required=False
    )

    def clean_phone(self) -> str:
        """Digits enough to call and to look up by."""
        phone = str(self.cleaned_data["phone"]).strip()
        if not PHONE.match(phone) or sum(sign.isdigit() for sign in phone) < 7:
            raise forms.ValidationError(gettext("请填能打通的电话。"))
        return phone

    def clean_files(self) -> list[attachments.Fit]:
        """The files as they are kept."""
        return fit_files(self)


def fit_files(form: forms.Form) -> list[attachments.Fit]:
    """The files of a form as they are kept; what is not taken is an error of the form."""
    try:
        return attachments.fit(form.files.getlist("files") if form.files else ())
    except LianzhangError as error:
        raise forms.ValidationError(say_error(error)) from error


class BehalfForm(_Page):
    """An officer's one page for a firm that called or was visited."""

    firm = forms.CharField(
        label=gettext_lazy("企业"),
        max_length=200,
        help_text=gettext_lazy("名称、简称、曾用名或统一社会信用代码；没有账号的企业也可以登记"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    pick = forms.ChoiceField(label=gettext_lazy("是哪一家"), required=False, widget=forms.RadioSelect())
    channel = forms.ChoiceField(label=gettext_lazy("来源"))
    topic = forms.ChoiceField(label=gettext_lazy("哪方面的事"))
    title = forms.CharField(
        label=gettext_lazy("用一句话说"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    text = forms.CharField(
        label=gettext_lazy("具体情况"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6})
    )
    wish = forms.CharField(
        label=gettext_lazy("希望怎样解决"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    contact_name = forms.CharField(label=gettext_lazy("联系人"), max_length=40, required=False)
    phone = forms.CharField(label=gettext_lazy("联系电话"), max_length=20, required=False)
    files = forms.FileField(label=gettext_lazy("照片或文件"), required=False, widget=ManyFiles())
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.actor, self.found, self._may_be = actor, Firm(), list[Firm]()
        self.fields["pick"].choices = self._candidates()
        if not self.fields["pick"].choices:
            del self.fields["pick"]
        self.fields["topic"].choices = topics()
        self.fields["channel"].choices = [
            one for one in Request.Channel.choices if one[0] not in ("web", "excel")
        ]

    def _candidates(self) -> list[tuple[str, str]]:
        """The firms that the typed words may mean, to choose from when that is not sure."""
        words = str(self.data.get("firm") or "").replace("\x00", "")[:200].strip() if self.is_bound else ""
        if not words:
            return []
        sure, self._may_be = meant(self.actor, words)
        if sure is not None:
            self.found = sure
            return []
        return [(firm.enterprise.pk, firm.name) for firm in self._may_be]

    def clean(self) -> dict[str, Any]:
        """One firm must be meant."""
        given: dict[str, Any] = super().clean() or {}
        for firm in self._may_be:
            if firm.enterprise.pk == given.get("pick"):
                self.found = firm
        if given.get("firm") and self.found == Firm():
            unsure = "pick" in self.fields
            self.add_error(
                "pick" if unsure else "firm",
                gettext("有几家可能，请选一家。")
                if unsure
                else gettext("企业库里没有找到；请核对名称，或先在企业库登记。"),
            )
        return given

    def clean_files(self) -> list[attachments.Fit]:
        """The files as they are kept."""
        return fit_files(self)


class TableForm(_Page):
    """A table of requests."""

    file = forms.FileField(
        label=gettext_lazy("表格文件"), help_text=gettext_lazy("Excel 或 CSV，第一张表，一次最多500行")
    )


class FilterForm(_Page):
    """What the list is narrowed by; anything else in the address is left aside."""

    words = forms.CharField(label=gettext_lazy("找"), required=False, max_length=60)
    shown = forms.ChoiceField(label=gettext_lazy("状态"), required=False)
    topic = forms.ChoiceField(label=gettext_lazy("事项"), required=False)
    late = forms.BooleanField(label=gettext_lazy("只看逾期"), required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        everything = [("", gettext("全部"))]
        self.fields["shown"].choices = everything + [(key, say(text)) for key, text in SHOWN.items()]
        self.fields["topic"].choices = everything + topics()

    @property
    def wanted(self) -> dict[str, Any]:
        """The filters that are set and make sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class LookUpForm(_Page):
    """A number and the last four digits of the contact's phone."""

    number = forms.CharField(
        label=gettext_lazy("查询码"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    last_four = forms.CharField(
        label=gettext_lazy("联系电话后四位"),
        max_length=4,
        min_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    @property
    def public_number(self) -> str | None:
        """The number in its printed form; None when it cannot be one."""
        return read_public_number(self.cleaned_data["number"])
