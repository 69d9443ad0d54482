"""The form of a year of the working calendar."""

from __future__ import annotations

import re
from datetime import date

from django import forms
from django.utils.translation import gettext, gettext_lazy

_DAY = re.compile(r"^(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?$")


class YearForm(forms.Form):
    """Free days and make-up days, typed as lists."""

    use_required_attribute = False

    year = forms.IntegerField(label=gettext_lazy("年份"), min_value=2020, max_value=2100)
    off = forms.CharField(
        label=gettext_lazy("放假的工作日"),
        help_text=gettext_lazy("只写周一至周五中放假的日子，空格或逗号隔开，例如 1-1 2-8 2-9"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    on = forms.CharField(
        label=gettext_lazy("补班的周末"),
        required=False,
        help_text=gettext_lazy("例如 2-6 10-9"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    source = forms.CharField(
        label=gettext_lazy("依据"), max_length=120, help_text=gettext_lazy("国务院办公厅通知的文号")
    )

    def clean(self) -> dict[str, object]:
        """The lists as days of the year."""
        cleaned = super().clean() or {}
        year = cleaned.get("year")
        for name in ("off", "on"):
            if year and name in cleaned:
                cleaned[name] = self._days(name, int(year), str(cleaned[name]))
        return cleaned

    def _days(self, name: str, year: int, text: str) -> list[date]:
        found = []
        for word in re.split(r"[\s,，、;；]+", text.strip()):
            if not word:
                continue
            match = _DAY.match(word)
            try:
                if match is None:
                    raise ValueError(word)
                found.append(date(int(match[1] or year), int(match[2]), int(match[3])))
            except ValueError:
                self.add_error(name, gettext("看不懂“%(word)s”。") % {"word": word[:20]})
        return found
