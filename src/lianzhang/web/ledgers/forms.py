"""Forms of the lists: a row, a step, a visit, the progress of a county."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianzhang.casework.ledger import Column, Ledger
from lianzhang.chain import ChainMap
from lianzhang.web.chains import queries as chains
from lianzhang.web.chains import words
from lianzhang.web.ledgers.models import Inspection, LedgerRow, TenProgress
from lianzhang.web.people import queries as people

_OWN = "own_"


def _field(column: Column) -> forms.Field:
    label, needed = words.spoken(column.label), False
    if column.kind == "number":
        return forms.DecimalField(label=label, required=needed, max_digits=20, decimal_places=6)
    if column.kind == "share":
        return forms.DecimalField(
            label=label, required=needed, min_value=Decimal(0), max_value=Decimal(100), decimal_places=2,
            help_text=_("百分数，0到100"),
        )  # fmt: skip
    if column.kind == "date":
        return forms.DateField(label=label, required=needed, help_text=_("如 2025-08-15"))
    return forms.CharField(label=label, required=needed, max_length=300)


class RowForm(forms.Form):
    """One row: the common columns, then the list's own."""

    use_required_attribute = False

    title = forms.CharField(label=_("事项"), max_length=200)
    node = forms.ChoiceField(label=_("环节"), required=False)
    county = forms.ModelChoiceField(None, label=_("县（市、区）"), required=False)
    organisation = forms.ModelChoiceField(None, label=_("责任单位"), required=False)
    post = forms.CharField(label=_("责任岗位"), max_length=60, required=False)
    contact = forms.CharField(label=_("联系人"), max_length=60, required=False)
    due = forms.DateField(label=_("时限"), required=False, help_text=_("如 2025-08-15"))
    source = forms.CharField(label=_("来源"), max_length=200, required=False)
    as_of = forms.DateField(label=_("截至"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, ledger: Ledger, chain_map: ChainMap | None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        nodes = [(node.id, words.spoken(node.name)) for node in chain_map] if chain_map else []
        self.fields["node"].choices = [("", "—"), *nodes]
        self.fields["county"].queryset = chains.every_county()
        self.fields["organisation"].queryset = people.directory("chain_office", "department", "county")
        for column in ledger.columns:
            self.fields[_OWN + column.id] = _field(column)

    @staticmethod
    def initial_of(row: LedgerRow) -> dict[str, Any]:
        """What the form of an existing row begins with."""
        common = (
            "title",
            "node",
            "county",
            "organisation",
            "post",
            "contact",
            "due",
            "source",
            "as_of",
            "version",
        )
        return {name: getattr(row, name) for name in common} | {
            _OWN + key: value for key, value in row.values.items()
        }

    def written(self) -> dict[str, Any]:
        """The columns of the row, its list's own under `values`, empty ones left out."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        own = {name: given.pop(name) for name in list(given) if name.startswith(_OWN)}
        values = {
            name.removeprefix(_OWN): str(value) for name, value in own.items() if value not in (None, "")
        }
        return {**given, "values": values}


class StepForm(forms.Form):
    """One step of a row."""

    target = forms.ChoiceField(label=_("下一步"))
    due = forms.DateField(label=_("时限"), required=False)
    note = forms.CharField(label=_("说明"), max_length=500, required=False)
    evidence = forms.CharField(
        label=_("佐证"), max_length=500, required=False, help_text=_("文件名、文号或链接")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, ledger: Ledger, state: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["target"].choices = [(step.id, words.spoken(step.label)) for step in ledger.onward(state)]


class InspectionForm(forms.Form):
    """A visit with its findings, one a line: `环节编号 | 发现` or only the finding."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("方式"), choices=[("ask", _("问链")), ("patrol", _("巡链")), ("diagnose", _("诊链"))]
    )
    on = forms.DateField(label=_("日期"), help_text=_("如 2025-08-15"))
    firms = forms.CharField(label=_("走访企业"), max_length=300, required=False)
    attendees = forms.CharField(label=_("参加人员"), max_length=300, required=False)
    report = forms.CharField(label=_("情况"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    findings = forms.CharField(
        label=_("发现的问题"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("一行一个；知道环节的，写成“环节编号 | 问题”"),
    )

    def lines(self, chain_map: ChainMap | None) -> list[tuple[str, str]]:
        """The findings with their nodes; a node that the map does not have stays part of the text."""
        found = []
        for line in self.cleaned_data["findings"].splitlines():
            node, bar, text = line.replace("｜", "|").partition("|")
            if bar and chain_map and node.strip() in chain_map.by_id and text.strip():
                found.append((text.strip(), node.strip()))
            elif line.strip():
                found.append((line.strip(), ""))
        return found


class TenForm(forms.Form):
    """How far a county is with one item."""

    state = forms.ChoiceField(
        label=_("进度"),
        choices=[
            ("done", _("已完成")),
            ("doing", _("进行中")),
            ("not", _("未开展")),
            ("not_applicable", _("不适用")),
        ],
    )
    evidence = forms.CharField(label=_("佐证"), max_length=300, required=False)


assert {state.value for state in TenProgress.State} == {"done", "doing", "not", "not_applicable"}
assert {kind.value for kind in Inspection.Kind} == {"ask", "patrol", "diagnose"}
