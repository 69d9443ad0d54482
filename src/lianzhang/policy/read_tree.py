"""YAML → tree: every condition checked against the dictionary of facts while it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any as Anything

from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.fact import Fact, FactType, FactValue
from lianzhang.kernel.fact_dictionary import FactDictionary, both_languages
from lianzhang.kernel.lined_yaml import LinedList, LinedMapping, Place
from lianzhang.kernel.text import Text
from lianzhang.policy.rule import Parameter
from lianzhang.policy.tree import (
    TOTAL,
    All,
    Any,
    Between,
    Comparison,
    Confidence,
    FactCondition,
    Ground,
    HasAny,
    Known,
    Node,
    Not,
    OneOf,
    Relation,
    ScoreFloor,
    Sheet,
    Step,
    Stepped,
    Under,
    Undetermined,
    WithinMonths,
)

_NUMERIC = {FactType.NUMBER, FactType.INTEGER}
_ORDERED = _NUMERIC | {FactType.DATE}
_GROUNDS = ("clause", "confidence", "note")
_RELATIONS = tuple(relation.value for relation in Relation)
_FORMS = (*_RELATIONS, "one_of", "under", "between", "has_any", "known", "within_months")
_LEAF_KEYS = ("fact", "unit", *_FORMS, "by", "steps", *_GROUNDS)


@dataclass(frozen=True)
class TreeReader:
    """Reads the conditions of one rule. `shared` are conditions that several rules use by name."""

    facts: FactDictionary
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    shared: Mapping[str, LinedMapping] = field(default_factory=dict)
    sheet: Sheet | None = None
    stated_scores: Mapping[str, Fact] = field(default_factory=dict)
    jurisdiction: str = ""
    using: tuple[str, ...] = ()

    def read(self, node: object, ground: Ground) -> Node:
        """One node; `ground` gives what the node itself does not say."""
        if not isinstance(node, LinedMapping):
            raise ground.place.refuse(
                Text("条件应写成“项: 值”。", "A condition is written as “key: value”."),
                Text(
                    "例如 {fact: employees, at_least: 20}。", "For example {fact: employees, at_least: 20}."
                ),
            )
        ground = self.ground(node, ground)
        heads = [key for key in ("all", "any", "not", "use", "score", "undetermined", "fact") if key in node]
        if len(heads) != 1:
            raise node.place.refuse(
                Text("每个条件须有且只有一种写法。", "A condition has exactly one form."),
                Text(
                    "all、any、not、use、score、undetermined、fact 选其一。",
                    "Choose one of all, any, not, use, score, undetermined, fact.",
                ),
            )
        reader = getattr(self, f"_read_{heads[0]}")
        read: Node = reader(node, ground)
        return read

    def ground(self, node: LinedMapping, above: Ground) -> Ground:
        letter = node.get("confidence", above.confidence)
        try:
            confidence = Confidence(letter)
        except ValueError as error:
            raise node.at("confidence").refuse(
                Text(
                    f"把握只能是A、B、C、M，不能是“{letter}”。",
                    f"Confidence is A, B, C or M, not “{letter}”.",
                ),
                Text("读过原文写 A，多处一致写 B。", "A: the text was read; B: several pages agree."),
            ) from error
        return Ground(
            clause=str(node.get("clause", above.clause)),
            confidence=confidence,
            note=both_languages(node, "note") if "note" in node else None,
            place=node.place,
        )

    def _read_all(self, node: LinedMapping, ground: Ground) -> Node:
        node.only(("all", *_GROUNDS))
        return All(self._parts(node, "all", ground))

    def _read_any(self, node: LinedMapping, ground: Ground) -> Node:
        node.only(("any", "label", *_GROUNDS))
        label = both_languages(node, "label") if "label" in node else None
        return Any(self._parts(node, "any", ground), label)

    def _parts(self, node: LinedMapping, key: str, ground: Ground) -> tuple[Node, ...]:
        listed = node[key]
        if not isinstance(listed, LinedList) or not listed:
            raise node.at(key).refuse(
                Text(f"“{key}”下面要列出至少一个条件。", f"“{key}” needs a list of at least one condition."),
                Text("例如 all: [{use: basics}]。", "For example all: [{use: basics}]."),
            )
        return tuple(
            self.read(part, replace(ground, place=listed.at(index), note=None))
            for index, part in enumerate(listed)
        )

    def _read_not(self, node: LinedMapping, ground: Ground) -> Node:
        node.only(("not", *_GROUNDS))
        return Not(self.read(node["not"], ground))

    def _read_use(self, node: LinedMapping, ground: Ground) -> Node:
        node.only(("use", *_GROUNDS))
        name = node["use"]
        if name in self.using:
            raise node.at("use").refuse(
                Text(
                    f"共用条件循环引用：{' → '.join((*self.using, name))}。",
                    f"Shared conditions use each other in a circle: {' → '.join((*self.using, name))}.",
                ),
                Text("请删去其中一个引用。", "Remove one of the references."),
            )
        if name not in self.shared:
            raise node.at("use").refuse(
                Text(f"没有名为“{name}”的共用条件。", f"There is no shared condition “{name}”."),
                Text(f"已有：{'、'.join(self.shared)}。", f"There are: {', '.join(self.shared)}."),
            )
        return replace(self, using=(*self.using, name)).read(self.shared[name], ground)

    def _read_undetermined(self, node: LinedMapping, ground: Ground) -> Node:
        node.only(("undetermined", *_GROUNDS))
        return Undetermined(both_languages(node, "undetermined"), ground)

    def _read_score(self, node: LinedMapping, ground: Ground) -> Node:
        node.only(("score", "unit", *_RELATIONS, *_GROUNDS))
        if self.sheet is None:
            raise node.at("score").refuse(
                Text("本规则没有评分表。", "This rule has no score sheet."),
                Text("请在规则里写 score，或删去它。", "Write a `score` in the rule, or remove this."),
            )
        group = node["score"]
        if group != TOTAL and group not in self.sheet.groups:
            raise node.at("score").refuse(
                Text(f"评分表中没有“{group}”这一组。", f"The score sheet has no group “{group}”."),
                Text("请用评分表里的组名，或 total。", "Use a group of the sheet, or total."),
            )
        form = self.form(node, _RELATIONS)
        value = node[form]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise node.at(form).refuse(
                Text(f"“{value}”不是分数。", f"“{value}” is not a score."),
                Text("请写数字，如 60。", "Write a number, such as 60."),
            )
        return ScoreFloor(
            self.sheet, group, Relation(form), Decimal(repr(value)), ground, self.stated_scores.get(group)
        )

    def _read_fact(self, node: LinedMapping, ground: Ground) -> Node:
        node.only(_LEAF_KEYS)
        fact = self.fact(node, "fact")
        self.check_unit(fact, node)
        if "by" in node:
            return self._stepped(fact, node, ground)
        form = self.form(node, _FORMS)
        reader = {
            "one_of": self._one_of,
            "under": self._under,
            "between": self._between,
            "has_any": self._has_any,
            "known": self._known,
            "within_months": self._within_months,
        }.get(form, self._comparison)
        return reader(fact, node, form, ground)

    def fact(self, node: LinedMapping, key: str) -> Fact:
        """The fact named under `key`, or the refusal with its neighbours."""
        name = node.need(key)
        if name not in self.facts:
            near = self.facts.near(str(name))
            raise node.at(key).refuse(
                Text(f"没有名为“{name}”的事实。", f"There is no fact called “{name}”."),
                Text(f"是否指：{'、'.join(near)}？", f"Is it one of: {', '.join(near)}?")
                if near
                else Text("请先在 facts 中加入它。", "Add it to the facts first."),
            )
        return self.facts[name]

    def form(self, node: LinedMapping, forms: Iterable[str]) -> str:
        found = [form for form in forms if form in node]
        if len(found) != 1:
            raise node.place.refuse(
                Text("每个条件须有且只有一种比较。", "A condition has exactly one comparison."),
                Text(f"可用：{'、'.join(forms)}。", f"Use one of: {', '.join(forms)}."),
            )
        return found[0]

    def check_unit(self, fact: Fact, node: LinedMapping) -> None:
        unit = node.get("unit", "" if "known" in node else None)
        if unit is None and not fact.unit:
            return
        if unit is None:
            raise node.place.refuse(
                Text(f"没有写“{fact.label.zh}”的单位。", f"The unit of {fact.name} is not written."),
                Text(f"请写 unit: {fact.unit}，数值按它写。", f"Write unit: {fact.unit}, the value in it."),
            )
        if unit != fact.unit and not (unit == "" and "known" in node):
            raise node.at("unit").refuse(
                Text(
                    f"“{fact.label.zh}”的单位是“{fact.unit or '无'}”，这里写的是“{unit or '无'}”。",
                    f"The unit of {fact.name} is “{fact.unit or 'none'}”, here it is “{unit or 'none'}”.",
                ),
                Text("请换算后写同一单位。", "Convert the value and write the same unit."),
            )

    def _type(self, fact: Fact, node: LinedMapping, form: str, allowed: set[FactType]) -> None:
        if fact.type not in allowed:
            raise node.at(form).refuse(
                Text(
                    f"“{fact.label.zh}”的类型是{fact.type}，不能用“{form}”。",
                    f"{fact.name} is of type {fact.type}; “{form}” does not fit it.",
                ),
                Text(
                    "数值和日期用大小比较，选项用 one_of 或 has_any，是否用 equals。",
                    "Compare numbers and dates by size, choices with one_of or has_any, yes or no with equals.",
                ),
            )

    def value(self, fact: Fact, raw: object, place: Place) -> FactValue:
        """A value written in a rule, of the fact's type; choices must be in the dictionary."""
        try:
            value = fact.read(raw)
        except LianzhangError as error:
            raise place.refuse(error.what, Text("请改正该值。", "Correct the value.")) from error
        if value is None:
            raise place.refuse(
                Text("值是空的。", "The value is empty."),
                Text("读不到的数写 unread。", "Write `unread` for it."),
            )
        words = value if isinstance(value, frozenset) else {value}
        strangers = [word for word in words if fact.choices and word not in fact.choices]
        if strangers:
            raise place.refuse(*self._stranger(fact, str(strangers[0])))
        return value

    def _stranger(self, fact: Fact, word: str) -> tuple[Text, Text]:
        if word.isdigit():
            return (
                Text(
                    f"区划“{word}”不在本数据包的辖区内。", f"Division {word} lies outside this pack's area."
                ),
                Text(
                    f"辖区 {self.jurisdiction} 内可用：{'、'.join(fact.choices)}。",
                    f"Inside {self.jurisdiction}: {', '.join(fact.choices)}.",
                ),
            )
        known = list(fact.choices)
        return (
            Text(f"“{fact.label.zh}”没有选项“{word}”。", f"{fact.name} has no choice “{word}”."),
            Text(f"可用：{'、'.join(known)}。", f"Use one of: {', '.join(known)}."),
        )

    def _comparison(self, fact: Fact, node: LinedMapping, form: str, ground: Ground) -> Node:
        relation = Relation(form)
        every = set(FactType) - {FactType.CHOICES}
        self._type(fact, node, form, every if relation is Relation.EQUALS else _ORDERED)
        raw = node[form]
        if raw == "unread":
            return Comparison(fact, relation, None, ground)
        if isinstance(raw, LinedMapping):
            return Comparison(fact, relation, None, ground, self._parameter(fact, raw))
        return Comparison(fact, relation, self.value(fact, raw, node.at(form)), ground)

    def _parameter(self, fact: Fact, raw: LinedMapping) -> str:
        raw.only(("parameter",))
        name = str(raw.need("parameter"))
        if name not in self.parameters:
            raise raw.at("parameter").refuse(
                Text(f"没有名为“{name}”的参数。", f"There is no parameter “{name}”."),
                Text(f"已有：{'、'.join(self.parameters)}。", f"There are: {', '.join(self.parameters)}."),
            )
        unit = self.parameters[name].unit
        if unit != fact.unit:
            raise raw.at("parameter").refuse(
                Text(
                    f"参数“{name}”的单位是“{unit}”，事实“{fact.label.zh}”的单位是“{fact.unit}”。",
                    f"Parameter {name} is in “{unit}”, fact {fact.name} in “{fact.unit}”.",
                ),
                Text("请换用同一单位的参数。", "Use a parameter in the same unit."),
            )
        return name

    def _values(self, fact: Fact, node: LinedMapping, form: str) -> frozenset[Anything]:
        listed = node[form]
        if not isinstance(listed, LinedList) or not listed:
            raise node.at(form).refuse(
                Text(f"“{form}”要列出至少一个值。", f"“{form}” needs a list of at least one value."),
                Text("例如 [small, micro]。", "For example [small, micro]."),
            )
        inner = replace(fact, type=FactType.CHOICE) if fact.type is FactType.CHOICES else fact
        return frozenset(self.value(inner, raw, listed.at(index)) for index, raw in enumerate(listed))

    def _one_of(self, fact: Fact, node: LinedMapping, form: str, ground: Ground) -> Node:
        self._type(fact, node, form, {FactType.CHOICE, FactType.TEXT, FactType.INTEGER})
        return OneOf(fact, self._values(fact, node, form), ground)

    def _has_any(self, fact: Fact, node: LinedMapping, form: str, ground: Ground) -> Node:
        self._type(fact, node, form, {FactType.CHOICES})
        return HasAny(fact, self._values(fact, node, form), ground)

    def _under(self, fact: Fact, node: LinedMapping, form: str, ground: Ground) -> Node:
        self._type(fact, node, form, {FactType.TEXT})
        return Under(fact, tuple(sorted(map(str, self._values(fact, node, form)))), ground)

    def _known(self, fact: Fact, node: LinedMapping, form: str, ground: Ground) -> Node:
        if node[form] is not True:
            raise node.at(form).refuse(
                Text("known 只能写 true；要反过来请用 not。", "`known` is true; for the contrary use `not`."),
                Text("例如 {not: {fact: f, known: true}}。", "For example {not: {fact: f, known: true}}."),
            )
        return Known(fact, ground)

    def _between(self, fact: Fact, node: LinedMapping, form: str, ground: Ground) -> Node:
        self._type(fact, node, form, _ORDERED)
        ends = node[form]
        if not isinstance(ends, LinedMapping):
            raise node.at(form).refuse(
                Text(
                    "between 应写成 {from: 下限, to: 上限} 或 {from: 下限, below: 上限}。",
                    "Write between as {from: low, to: high} or {from: low, below: high}.",
                ),
                Text("例如 {from: 20, to: 300}。", "For example {from: 20, to: 300}."),
            )
        ends.only(("from", "to", "below"))
        end = "below" if "below" in ends else "to"
        low: Anything = self.value(fact, ends.need("from"), ends.at("from"))
        high: Anything = self.value(fact, ends.need(end), ends.at(end))
        if low > high or (low == high and end == "below"):
            raise ends.place.refuse(
                Text(f"下限{low}高于上限{high}。", f"The low end {low} exceeds the high end {high}."),
                Text("请对调或改正。", "Swap or correct them."),
            )
        return Between(fact, low, high, end == "below", ground)

    def _within_months(self, fact: Fact, node: LinedMapping, form: str, ground: Ground) -> Node:
        self._type(fact, node, form, {FactType.DATE})
        months = node[form]
        if isinstance(months, bool) or not isinstance(months, int) or not 0 < months <= 1200:
            raise node.at(form).refuse(
                Text(f"“{months}”不是月数。", f"“{months}” is not a number of months."),
                Text("请写1至1200的整数，如 36。", "Write a whole number from 1 to 1200, such as 36."),
            )
        return WithinMonths(fact, months, ground)

    def _stepped(self, fact: Fact, node: LinedMapping, ground: Ground) -> FactCondition:
        form = self.form(node, _RELATIONS)
        relation = Relation(form)
        self._type(fact, node, form, _NUMERIC)
        leading = self.fact(node, "by")
        self._type(leading, node, "by", _NUMERIC)
        steps = []
        for row in node[form]:
            row.only(("from", "above", "value"))
            start = row.get("from", row.get("above"))
            read = None if start is None else self._amount(row, "above" if "above" in row else "from")
            steps.append(Step(read, self._amount(row, "value"), "above" in row))
        starts = [step.start for step in steps]
        later = [start for start in starts[1:] if start is not None]
        ordered = later == sorted(set(later)) and len(later) == len(starts) - 1
        if not ordered or (starts[0] is not None and later and starts[0] >= later[0]):
            raise node.at(form).refuse(
                Text("各档须按起点从低到高，不得重复。", "Steps ascend by where they start, none twice."),
                Text("请重新排列各档。", "Put the steps in order."),
            )
        return Stepped(fact, relation, leading, tuple(steps), ground)

    def _amount(self, row: LinedMapping, key: str) -> Decimal:
        raw = row.need(key)
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            raise row.at(key).refuse(
                Text(f"“{raw}”不是数字。", f"“{raw}” is not a number."),
                Text("请只写数字，单位另写 unit。", "Write digits alone; the unit stands in `unit`."),
            )
        return Decimal(repr(raw))
