"""Forms of lists: a measure with its conditions, the next version, a step of its life."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from lianzhang.casework.measure_list import Step
from lianzhang.kernel import LianzhangError, fact_dictionary
from lianzhang.kernel.pack import open_pack
from lianzhang.web.measures.conditions import RELATIONS, Row, rows_of, rule_of_text, text_of
from lianzhang.web.measures.models import Measure, MeasureList

#: Rows for conditions on the form; more are written as text.
ROWS = 6


def facts_by_topic(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The facts of the pack for a select box, grouped by topic."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for fact in fact_dictionary(open_pack(settings.LIANZHANG_PACK)).values():
        label = fact.label.say(language)
        groups.setdefault(fact.topic, []).append(
            (fact.name, f"{label}（{fact.unit}）" if fact.unit else label)
        )
    return list(groups.items())


class MeasureForm(forms.Form):
    """One measure: its text in the order of a policy card, and its conditions as rows or as text."""

    use_required_attribute = False

    code = forms.SlugField(label=_("编号"), max_length=60)
    position = forms.IntegerField(label=_("序号"), min_value=0, max_value=999, initial=1)
    title = forms.CharField(label=_("名称"), max_length=200)
    title_en = forms.CharField(label=_("英文名称"), max_length=300, required=False)
    summary = forms.CharField(label=_("一句话说明"), max_length=500, required=False)
    gives = forms.CharField(label=_("给什么"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    how = forms.CharField(label=_("怎么办"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    papers = forms.CharField(label=_("材料"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    time_limit = forms.CharField(label=_("时限"), max_length=200, required=False)
    phone = forms.CharField(label=_("咨询电话"), max_length=100, required=False)
    document = forms.CharField(label=_("依据文件"), max_length=200, required=False)
    clause = forms.CharField(label=_("条款"), max_length=100, required=False)
    is_support = forms.BooleanField(
        label=_("属于支持措施"),
        required=False,
        help_text=_("给资金、优先或其他好处的，须经公平竞争审查"),
    )
    status = forms.ChoiceField(label=_("文本可靠程度"), choices=Measure.Status.choices, initial="draft")
    joint = forms.ChoiceField(
        label=_("各条件之间"), choices=[("all", _("同时满足")), ("any", _("满足其一"))], initial="all"
    )
    stated = forms.CharField(
        label=_("由人判断的条件"),
        required=False,
        help_text=_("每行一条；程序只展示，不判断"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    requires = forms.CharField(
        label=_("条件原文"),
        required=False,
        help_text=_("较复杂的条件在这里按数据包的写法填写；填了就以此为准"),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        language = get_language() or "zh-hans"
        facts = [("", "—"), *facts_by_topic(language)]
        relations = [(key, label.say(language)) for key, label in RELATIONS.items()]
        for number in range(ROWS):
            self.fields[f"fact_{number}"] = forms.ChoiceField(
                label=gettext("事实"), choices=facts, required=False
            )
            self.fields[f"relation_{number}"] = forms.ChoiceField(
                label=gettext("比较"), choices=relations, required=False
            )
            self.fields[f"value_{number}"] = forms.CharField(
                label=gettext("数值"), max_length=500, required=False
            )
            self.fields[f"clause_{number}"] = forms.CharField(
                label=gettext("条款"), max_length=100, required=False
            )

    @property
    def rows(self) -> list[list[Any]]:
        """The fields of the rows of conditions, row by row."""
        return [
            [self[f"{name}_{number}"] for name in ("fact", "relation", "value", "clause")]
            for number in range(ROWS)
        ]

    def clean(self) -> dict[str, Any]:
        """The conditions as text, checked against the dictionary of facts."""
        cleaned: dict[str, Any] = super().clean() or {}
        text = cleaned.get("requires", "").replace("\r\n", "\n").strip()
        if not text:
            rows = [
                Row(
                    *(
                        cleaned.get(f"{name}_{number}") or ""
                        for name in ("fact", "relation", "value", "clause")
                    )
                )
                for number in range(ROWS)
            ]
            text = text_of(rows, joint=cleaned.get("joint") or "all")
        try:
            rule_of_text(text)
        except LianzhangError as error:
            self.add_error("requires", error.say(get_language() or "zh"))
        cleaned["requires"] = text
        return cleaned

    def written(self) -> dict[str, Any]:
        """The columns of the measure."""
        cleaned = self.cleaned_data
        basis = {"document": cleaned["document"], "clause": cleaned["clause"]}
        plain = (
            "code", "position", "title", "title_en", "summary", "gives", "how", "papers", "time_limit", "phone",
            "is_support", "status", "requires",
        )  # fmt: skip
        return {
            **{name: cleaned[name] for name in plain},
            "basis": [basis] if basis["document"] else [],
            "stated": [line.strip() for line in cleaned["stated"].splitlines() if line.strip()],
        }


def initial_of(measure: Measure) -> dict[str, Any]:
    """The form filled in with a measure: rows where its conditions are simple enough, text otherwise."""
    basis = measure.basis[0] if measure.basis else {}
    initial: dict[str, Any] = {
        name: getattr(measure, name)
        for name in (
            "code", "position", "title", "title_en", "summary", "gives", "how", "papers", "time_limit", "phone",
            "is_support", "status",
        )
    } | {
        "document": basis.get("document", ""),
        "clause": basis.get("clause", ""),
        "stated": "\n".join(measure.stated),
    }  # fmt: skip
    simple = rows_of(measure.requires)
    if simple is None or len(simple[1]) > ROWS:
        return {**initial, "requires": measure.requires}
    initial["joint"] = simple[0]
    for number, row in enumerate(simple[1]):
        initial |= {
            f"fact_{number}": row.fact,
            f"relation_{number}": row.relation,
            f"value_{number}": row.value,
            f"clause_{number}": row.clause,
        }
    return initial


class NewListForm(forms.Form):
    """A new list of the drafter's organisation."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=_("类别"), choices=MeasureList.Kind.choices)
    title = forms.CharField(label=_("名称"), max_length=120)
    code = forms.SlugField(label=_("编号"), max_length=60, help_text=_("用于网址，如 main-2026"))
    chain = forms.ChoiceField(label=_("产业链"), required=False)
    from_pack = forms.BooleanField(
        label=_("带入数据包里的措施作为草稿"),
        required=False,
        initial=True,
        help_text=_("数据包里的文本多为草拟，请逐条核对后再送审"),
    )

    def __init__(self, *arguments: Any, chains: Sequence[Any], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._chains = {chain.pk: chain for chain in chains}
        self.fields["chain"].choices = [("", "—"), *((chain.pk, chain.name) for chain in chains)]

    def clean(self) -> dict[str, Any]:
        """A chain's list names its chain; the others have none."""
        cleaned: dict[str, Any] = super().clean() or {}
        chain = self._chains.get(cleaned.get("chain") or "")
        if cleaned.get("kind") == MeasureList.Kind.CHAIN and chain is None:
            self.add_error("chain", gettext("产业链清单须选一条产业链。"))
        cleaned["chain"] = chain if cleaned.get("kind") == MeasureList.Kind.CHAIN else None
        return cleaned


class NewVersionForm(forms.Form):
    """Begin the next version: from which text, and why."""

    note = forms.CharField(label=_("为什么修订"), max_length=500, required=False)


class StepForm(forms.Form):
    """What one step asks for."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("意见或理由"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    exception = forms.CharField(label=_("适用例外规定的依据"), required=False, max_length=300)
    ends = forms.DateField(label=_("例外的实施期限"), required=False)
    valid_from = forms.DateField(label=_("生效日"), required=False)
    valid_to = forms.DateField(label=_("失效日"), required=False)
    publication_no = forms.CharField(label=_("公布文号"), required=False, max_length=60)

    def __init__(self, *arguments: Any, step: Step, **named: Any) -> None:
        super().__init__(*arguments, prefix=step.action, **named)
        for name in set(self.fields) - set(step.may_give):
            del self.fields[name]
        for name in step.must_give:
            self.fields[name].required = True
        for name in ("ends", "valid_from", "valid_to"):
            if name in self.fields:
                self.fields[name].widget = forms.DateInput(attrs={"type": "date"})
