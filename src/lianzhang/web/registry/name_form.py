"""The form for one name of an enterprise, with the days between which it is borne."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from lianzhang.kernel import clock
from lianzhang.web.registry.actions.name import registered_now
from lianzhang.web.registry.entries import NameEntry
from lianzhang.web.registry.models import EnterpriseName
from lianzhang.web.registry.queries import STANDING
from lianzhang.web.registry.record_forms import RecordForm

_Kind = EnterpriseName.Kind
_DAY = {"placeholder": "2025-06-30", "inputmode": "numeric", "autocomplete": "off"}


class NameForm(RecordForm):
    """A name, of which kind, and from when until when."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("哪种名称"),
        choices=[
            (_Kind.REGISTERED, gettext_lazy("登记名称（改名后的新名称）")),
            (_Kind.FORMER, gettext_lazy("曾用名")),
            (_Kind.SHORT, gettext_lazy("简称")),
            (_Kind.ENGLISH, gettext_lazy("英文名称")),
        ],
        help_text=gettext_lazy("登记新的登记名称以后，现在的登记名称自动转为曾用名"),
    )
    starts = forms.DateField(
        label=gettext_lazy("从哪天起用"), required=False, widget=forms.DateInput(attrs=_DAY)
    )
    ends = forms.DateField(
        label=gettext_lazy("用到哪天"),
        required=False,
        help_text=gettext_lazy("还在用的不填"),
        widget=forms.DateInput(attrs=_DAY),
    )

    def clean(self) -> dict[str, Any]:
        """Days that have come and follow one another, and a name that is not there already."""
        said = super().clean() or self.cleaned_data
        starts, ends = said.get("starts"), said.get("ends")
        for name, day in (("starts", starts), ("ends", ends)):
            if day is not None and day > clock.today():
                self.add_error(name, gettext("日期不能在今天之后。"))
        if starts and ends and ends < starts:
            self.add_error("ends", gettext("用到的那天不能早于起用的那天。"))
        if said.get("kind") == _Kind.REGISTERED:
            self._follows(starts, ends)
        same = EnterpriseName.objects.filter(
            enterprise=self.row, name=said.get("name", ""), kind=said.get("kind"), **STANDING
        )
        if same.exclude(pk=self.record.pk if self.record else None).exists():
            self.add_error("name", gettext("这个名称已经登记过。"))
        return said

    def _follows(self, starts: date | None, ends: date | None) -> None:
        """A registered name that takes the place of another says since when, and no end."""
        if ends is not None:
            self.add_error("ends", gettext("已经停用的，请选“曾用名”。"))
        before = registered_now(self.row.pk).exclude(pk=self.record.pk if self.record else None)
        for row in before:
            if starts is None:
                self.add_error("starts", gettext("改名请填从哪天起用新名称。"))
            elif row.starts and starts <= row.starts:
                self.add_error("starts", gettext("要晚于现在的名称起用的那天。"))

    @property
    def entry(self) -> NameEntry:
        """The name as it is stored."""
        said = {name: self.cleaned_data[name] for name in ("name", "kind", "starts", "ends")}
        return NameEntry(enterprise=self.record.enterprise_id if self.record else self.row.pk, **said)
