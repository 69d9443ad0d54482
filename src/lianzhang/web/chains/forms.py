"""Forms of the map's drafting desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianzhang.chain import LinkKind, Node, Stage, node_of_row, node_row
from lianzhang.web.chains import words
from lianzhang.web.chains.models import PackStatus

#: An Excel of a map is small; more is a mistake.
LARGEST_UPLOAD = 5 * 1024 * 1024


class NodeForm(forms.Form):
    """One node; several words in a field are divided by `；` or lines."""

    use_required_attribute = False

    id = forms.RegexField(
        r"^[A-Za-z0-9._-]+$",
        label=_("编号"),
        max_length=60,
        error_messages={"invalid": _("编号只用字母、数字、点、横线")},
    )
    name = forms.CharField(label=_("环节"), max_length=60)
    name_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)
    stage = forms.ChoiceField(label=_("阶段"))
    inputs = forms.CharField(label=_("投入"), max_length=500, required=False)
    products = forms.CharField(label=_("产品"), max_length=500, required=False)
    industries = forms.CharField(
        label=_("行业代码"), max_length=300, required=False, help_text=_("如 3451 滚动轴承制造")
    )
    any = forms.CharField(
        label=_("落位用语"),
        max_length=1000,
        required=False,
        help_text=_("经营范围的一项含其中一语，企业就落在这里；多个用“；”隔开"),
    )
    needs = forms.CharField(
        label=_("须含"), max_length=300, required=False, help_text=_("同一项还须含其中一语，如 制造；生产")
    )
    veto = forms.CharField(
        label=_("排除"), max_length=300, required=False, help_text=_("同一项含其中一语就不算")
    )
    firms = forms.CharField(label=_("材料所见企业"), max_length=500, required=False)
    source = forms.CharField(label=_("出处"), max_length=120, required=False)
    status = forms.ChoiceField(label=_("状态"), choices=PackStatus.choices, initial="draft")
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["stage"].choices = [(stage.label.zh, words.spoken(stage.label)) for stage in Stage]

    @classmethod
    def of(cls, node: Node, revision: int) -> NodeForm:
        """The form filled with a node."""
        return cls(initial={**node_row(node), "revision": revision})

    def node(self) -> Node:
        """The node as written; raises `TableError` for what cannot be one."""
        return node_of_row({key: str(value) for key, value in self.cleaned_data.items()})


class LinkForm(forms.Form):
    """One link between two nodes of the draft."""

    source = forms.ChoiceField(label=_("从"))
    target = forms.ChoiceField(label=_("到"))
    kind = forms.ChoiceField(label=_("类别"))
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, nodes: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["source"].choices = nodes
        self.fields["target"].choices = nodes
        self.fields["kind"].choices = [(kind.value, words.spoken(kind.label)) for kind in LinkKind]


class UploadForm(forms.Form):
    """An edited workbook of the map."""

    file = forms.FileField(label=_("图谱表格（xlsx）"))
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def clean_file(self) -> Any:
        """Refuse what is too large to be a map."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(_("文件超过5兆，不像图谱表格。"))
        return file
