"""The day of which a page is asked for, or the reason why it cannot be shown."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext

from lianzhang.kernel import clock
from lianzhang.tables.values.dates import parse_day


class DayForm(forms.Form):
    """The day `on` that an address asks for; `day` is None for today, and where it cannot be shown."""

    use_required_attribute = False

    on = forms.CharField(required=False, max_length=20, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, asked: Any, *, label: str, ahead: bool = False) -> None:
        """`asked` is what the address says, such as `request.GET`; `ahead` allows days that are to come."""
        super().__init__(asked if asked.get("on") else None)
        self._ahead = ahead
        self.fields["on"].label = label

    def clean_on(self) -> date | None:
        """A day, and one that has come where only those can be shown."""
        text = unicodedata.normalize("NFKC", self.cleaned_data["on"])
        day = parse_day(text) if text else None
        if text and day is None:
            raise forms.ValidationError(
                gettext("“%(text)s”不是一天；请写成 2025-06-30 这样。") % {"text": text}
            )
        if day is not None and day > clock.today() and not self._ahead:
            raise forms.ValidationError(gettext("这一天还没有到，看不到以后的数据。"))
        return day

    @property
    def day(self) -> date | None:
        """The day asked for."""
        return self.cleaned_data.get("on") if self.is_bound and self.is_valid() else None
