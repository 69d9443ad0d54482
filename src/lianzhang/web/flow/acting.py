"""The form of an act, made from its row of the table, and what every page of acting does with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext

from lianzhang.casework.flow import RESULTS, Transition
from lianzhang.kernel import LianzhangError, NotAllowed, Text
from lianzhang.web.flow import attachments, rules
from lianzhang.web.flow.columns import CaseColumns
from lianzhang.web.flow.words import language, say
from lianzhang.web.people.queries import UNITS, directory

RATINGS = {
    5: Text("非常满意", "very satisfied"),
    4: Text("满意", "satisfied"),
    3: Text("基本满意", "fairly satisfied"),
    2: Text("不满意", "dissatisfied"),
    1: Text("非常不满意", "very dissatisfied"),
}
_LABELS = {
    "text": Text("内容", "text"),
    "reason": Text("理由", "reason"),
    "unit": Text("主办单位", "lead unit"),
    "helpers": Text("协办单位", "helping units"),
    "matter": Text("事项类别", "class of the matter"),
    "date": Text("日期", "date"),
    "result": Text("办理结果", "result"),
    "basis": Text("依据（文件、文号、条款）", "basis (paper, number, clause)"),
    "ground": Text("不予受理的情形", "ground"),
    "rating": Text("评价", "rating"),
    "main": Text("主件编号", "number of the main one"),
    "amount": Text("数量或金额（带单位）", "amount with its unit"),
    "partner": Text("对接的院所或银行", "institute or bank"),
    "consent": Text("我同意按上述范围和期限提供", "I consent within this scope and until this day"),
}
_LONG = ("text", "reason")


class ActForm(forms.Form):
    """Everything one row of the table asks for, plus the version of the page and files."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *arguments: Any, row: CaseColumns, of: Transition, extra: Mapping[str, forms.Field] | None = None,
        **named: Any,
    ) -> None:  # fmt: skip
        super().__init__(*arguments, **named)
        self.of = of
        self.initial.setdefault("version", row.version)
        if of.action == "assign":
            self.initial.setdefault("matter", row.matter)
        for name in of.may_give:
            self.fields[name] = _field(name, row, required=name in of.must_give)
        for name, field in (extra or {}).items():
            self.fields[name] = field
        if any(name in of.may_give for name in _LONG):
            self.fields["files"] = forms.FileField(
                label=gettext("附件"),
                required=False,
                help_text=gettext("照片、PDF、Word、Excel，每次最多5个，每个10 MiB以内"),
                widget=ManyFiles(),
            )

    def clean_files(self) -> list[attachments.Fit]:
        """The files as they are kept."""
        try:
            return attachments.fit(self.files.getlist("files") if self.files else ())
        except LianzhangError as error:
            raise forms.ValidationError(say_error(error)) from error

    @property
    def given(self) -> dict[str, Any]:
        """What was filled in, as the rules take it."""
        given = {
            name: self.cleaned_data.get(name) for name in self.of.may_give if self.cleaned_data.get(name)
        }
        for name in ("unit", "partner"):
            if name in given:
                given[name] = str(given[name].pk)
        if "helpers" in given:
            given["helpers"] = [
                str(unit.pk) for unit in given["helpers"] if str(unit.pk) != given.get("unit")
            ]
        if "rating" in given:
            given["rating"] = int(given["rating"])
        return given


class ManyFiles(forms.ClearableFileInput):
    """One control for several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The first of them; all are read by the form."""
        return files.get(name)


def _field(name: str, row: CaseColumns, *, required: bool) -> forms.Field:
    shared: dict[str, Any] = {"label": say(_LABELS[name]), "required": required}
    if name in _LONG:
        widget = forms.Textarea(attrs={"rows": 4, "autocomplete": "off"})
        return forms.CharField(max_length=5000, widget=widget, **shared)
    if name in ("unit", "helpers"):
        kind = forms.ModelChoiceField if name == "unit" else forms.ModelMultipleChoiceField
        widget = forms.Select() if name == "unit" else forms.CheckboxSelectMultiple()
        return kind(queryset=directory(*UNITS), widget=widget, **shared)
    if name == "partner":
        return forms.ModelChoiceField(queryset=directory("institute", "bank"), **shared)
    if name == "date":
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **shared)
    if name == "consent":
        return forms.BooleanField(**shared)
    choices = _choices(name, row)
    if choices is not None:
        widget = forms.RadioSelect() if name in ("rating", "result") else forms.Select()
        return forms.ChoiceField(choices=choices, widget=widget, **shared)
    return forms.CharField(max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"}), **shared)


def _choices(name: str, row: CaseColumns) -> list[tuple[Any, str]] | None:
    presets = rules.presets(row.kind)
    if name == "matter":
        return [(key, say(matter.label)) for key, matter in presets.matters.items()]
    if name == "ground":
        return [(key, say(text)) for key, text in presets.words["grounds"].items()]
    listed: Mapping[Any, Text] | None = {"result": RESULTS, "rating": RATINGS}.get(name)  # type: ignore[arg-type]
    return [(key, say(text)) for key, text in listed.items()] if listed is not None else None


def rating_field() -> forms.Field:
    """The five steps, which may be left for later."""
    choices = [(key, say(text)) for key, text in RATINGS.items()]
    return forms.ChoiceField(
        label=say(_LABELS["rating"]), choices=choices, required=False, widget=forms.RadioSelect()
    )


def say_error(error: LianzhangError) -> str:
    """An error in the reader's language."""
    return error.say(language())


def attempt(form: ActForm, do: Callable[[ActForm], Any]) -> Any:
    """Carry the act out; what the rules refuse becomes an error of the form and None is returned.

    Somebody faster, and acts that are not allowed, go on to the page that says so.
    """
    if not form.is_valid():
        return None
    try:
        return do(form)
    except NotAllowed:
        raise
    except LianzhangError as error:
        form.add_error(None, say_error(error))
        return None


def form_for(request: HttpRequest, row: CaseColumns, of: Transition, **named: Any) -> ActForm:
    """The form with what was sent, or the empty one."""
    if request.method == "POST":
        return ActForm(request.POST, request.FILES, row=row, of=of, **named)
    return ActForm(row=row, of=of, **named)
