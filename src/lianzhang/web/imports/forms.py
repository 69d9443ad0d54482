"""The form with which a table comes in: a file, or a pasted block."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext, gettext_lazy

from lianzhang.casework import Actor, may_ever
from lianzhang.kernel import LianzhangError
from lianzhang.tables import kinds, need_kind
from lianzhang.tables.kinds.records import LEVELS
from lianzhang.tables.titled import STATABLE, stated_of
from lianzhang.tables.values.dates import parse_day
from lianzhang.web.imports import words
from lianzhang.web.imports.actions.receive import refuse_future, refuse_unfit
from lianzhang.web.imports.examining import WRITES


class StatedForm(forms.Form):
    """What counts for every row of a list of titles that does not say it itself."""

    use_required_attribute = False

    title = forms.CharField(
        label=gettext_lazy("称号"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("如“专精特新中小企业”"),
    )
    level = forms.ChoiceField(
        label=gettext_lazy("级别"), required=False, choices=[("", "—"), *((one, one) for one in LEVELS)]
    )
    batch = forms.CharField(label=gettext_lazy("批次"), required=False, max_length=40)
    awarded = forms.CharField(
        label=gettext_lazy("认定时间"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("可以只写年份"),
    )
    valid_until = forms.CharField(label=gettext_lazy("有效期至"), required=False, max_length=20)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """Everything in the text that cells have."""
        cleaned: dict[str, Any] = super().clean() or {}
        for field in STATABLE:
            try:
                cleaned.update(stated_of(need_kind("titles"), {field: cleaned.get(field) or ""}))
            except LianzhangError as error:
                self.add_error(field, error.say(words.language()))
        return cleaned

    @property
    def stated_errors(self) -> bool:
        """Whether what was said of the whole list, or any of it, has to be looked at."""
        return any(self[field].errors or self[field].data for field in STATABLE)

    @property
    def stated(self) -> dict[str, str]:
        """What was said, without what was left open."""
        return {field: self.cleaned_data[field] for field in STATABLE if self.cleaned_data.get(field)}


class TableForm(StatedForm):
    """A table, its kind, where it comes from, and what is said of the whole of it."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=gettext_lazy("这是什么表"))
    file = forms.FileField(
        label=gettext_lazy("表格文件"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("xlsx、xls 或 csv"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )
    text = forms.CharField(
        label=gettext_lazy("或从 Excel、WPS 复制后粘贴"),
        required=False,
        strip=False,
        help_text=gettext_lazy("500行以内，可以不带表头"),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
    )
    source = forms.CharField(
        label=gettext_lazy("来源"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("如“市工信局企业名录”；不填就用文件名"),
    )
    as_of = forms.CharField(label=gettext_lazy("数据截至"), required=False, max_length=20)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["kind"].choices = [
            (kind.id, kind.label.say(words.language()))
            for kind in kinds().values()
            if may_ever(actor, WRITES.get(kind.id, "enterprise.add")).allowed
        ]
        self.fields["as_of"].widget.attrs |= {"autocomplete": "off", "placeholder": "2025-08-15"}
        self.initial.setdefault("form_key", uuid4())

    def clean_as_of(self) -> Any:
        """The day, or None."""
        text = self.cleaned_data["as_of"].strip()
        day = parse_day(text) if text else None
        if text and day is None:
            raise forms.ValidationError(gettext("请写成 2025-08-15 这样的日期。"))
        try:
            refuse_future(day)
        except LianzhangError as error:
            raise forms.ValidationError(error.say(words.language())) from error
        return day

    def clean(self) -> dict[str, Any]:
        """Exactly one of file and block, and nothing that is refused at sight."""
        cleaned: dict[str, Any] = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text") or ""
        if self.stated and cleaned.get("kind") not in ("titles", None):
            self.add_error("title", gettext("只有称号名单用得上；请改选“称号名单”，或把这几栏清空。"))
        if "file" in self.errors:
            return cleaned
        if file is not None and text.strip():
            self.add_error("text", gettext("已选了文件，又粘贴了内容：请只留一样。"))
        elif file is None and not text.strip():
            self.add_error("file", gettext("请选一份表格，或在下面粘贴。"))
        else:
            try:
                self.content = file.read() if file is not None else text.encode("utf-8", "replace")
                refuse_unfit(self.content, pasted=file is None)
            except LianzhangError as error:
                self.add_error("file" if file is not None else "text", error.say(words.language()))
        return cleaned

    @property
    def is_pasted(self) -> bool:
        """Whether the rows came without a file."""
        return self.cleaned_data.get("file") is None

    @property
    def name(self) -> str:
        """What the batch is called in lists."""
        file = self.cleaned_data.get("file")
        return str(file.name) if file is not None else gettext("粘贴的表格")

    @property
    def key(self) -> UUID | None:
        """The key that tells a form sent twice."""
        return self.cleaned_data.get("form_key")
