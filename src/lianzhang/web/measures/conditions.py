"""Conditions of a measure: between the rows of the form, the text that packs write, and the checked tree."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

from lianzhang.kernel import LianzhangError, Text, fact_dictionary
from lianzhang.kernel.lined_yaml import LinedList, LinedMapping, Place, read_lined_yaml
from lianzhang.kernel.pack import open_pack
from lianzhang.policy.check import check_rule
from lianzhang.policy.load import tree_reader
from lianzhang.policy.rule import Document, Rule, RuleKind
from lianzhang.policy.tree import All, Confidence, Ground

#: Comparisons that the rows of the form offer, in the words of an officer.
RELATIONS = {
    "at_least": Text("不低于（含）", "at least"),
    "more_than": Text("超过（不含）", "more than"),
    "at_most": Text("不超过（含）", "at most"),
    "less_than": Text("低于（不含）", "less than"),
    "equals": Text("是", "is"),
    "one_of": Text("是其中之一（逗号分开）", "is one of (commas between)"),
    "has_any": Text("含其中任一（逗号分开）", "holds any of (commas between)"),
    "under": Text("属于该代码之下（逗号分开）", "lies under the codes (commas between)"),
}
_YES_OR_NO = {"是": True, "yes": True, "true": True, "否": False, "no": False, "false": False}
_LISTS = frozenset({"one_of", "has_any", "under"})
_ROW_KEYS = frozenset({"fact", "unit", "clause", "confidence", *RELATIONS})


@dataclass(frozen=True, slots=True)
class Row:
    """One condition as a row of the form: fact, comparison, value as typed, clause."""

    fact: str = ""
    relation: str = "at_least"
    value: str = ""
    clause: str = ""


#: The name under which errors speak of the conditions of a form.
_FORM = "条件"


@lru_cache(maxsize=2048)
def rule_of_text(text: str, code: str = "", title: str = "") -> Rule:
    """The checked rule that a text of conditions makes; an empty one is met by every enterprise.

    Raises PackError with the line of the text.
    """
    pack, place = open_pack(settings.LIANZHANG_PACK), Place(_FORM, 1)
    ground = Ground(confidence=Confidence.OFFICIAL, place=place)
    content = read_lined_yaml(text, file=_FORM) if text.strip() else None
    reader = tree_reader(pack)
    rule = Rule(
        id=code,
        kind=RuleKind.SERVICE,
        title=Text(title, title),
        document=Document(Text("", "")),
        requires=All(()) if content is None else reader.read(content, ground),
        confidence=Confidence.OFFICIAL,
        place=place,
        parameters=reader.parameters,
    )
    check_rule(rule, reader.facts)
    return rule


def rule_of(measure: Any) -> Rule:
    """The rule of a measure, as the judge takes it."""
    return rule_of_text(measure.requires, measure.code, measure.title)


@lru_cache(maxsize=2048)
def _faults(text: str) -> tuple[tuple[Text, Text | None], ...]:
    try:
        rule_of_text(text)
    except LianzhangError as error:
        return ((error.what, error.remedy),)
    return ()


def faults_of(measure: Any) -> tuple[tuple[Text, Text | None], ...]:
    """What is wrong with the conditions of a measure: what, and the remedy."""
    return _faults(measure.requires)


def text_of(rows: Sequence[Row], *, joint: str = "all") -> str:
    """The text that the rows of the form mean; empty for no rows."""
    lines = [_line(row) for row in rows if row.fact]
    return "\n".join([f"{joint}:", *lines]) + "\n" if lines else ""


def _line(row: Row) -> str:
    known = fact_dictionary(open_pack(settings.LIANZHANG_PACK)).get(row.fact)
    pairs: dict[str, Any] = {"fact": row.fact, row.relation: _value(row)}
    if known is not None and known.unit:
        pairs["unit"] = known.unit
    if row.clause.strip():
        pairs["clause"] = row.clause.strip()
    return "  - " + json.dumps({**pairs, "confidence": "A"}, ensure_ascii=False)


def _value(row: Row) -> Any:
    if row.relation not in _LISTS:
        return _typed(row.fact, row.value)
    parts = row.value.replace("，", ",").replace("、", ",").split(",")
    return [_typed(row.fact, part) for part in parts if part.strip()]


def _typed(fact: str, text: str) -> Any:
    """What was typed, as a number or yes/no where the fact is one."""
    text = text.strip()
    known = fact_dictionary(open_pack(settings.LIANZHANG_PACK)).get(fact)
    kind = known.type.value if known else ""
    if kind == "boolean":
        return {"是": True, "yes": True, "true": True, "否": False, "no": False, "false": False}.get(
            text.lower(), text
        )
    if kind in {"number", "integer"}:
        try:
            return int(text) if text.lstrip("-").isdigit() else float(text)
        except ValueError:
            return text
    if known and known.choices:
        by_label = {label.zh: key for key, label in known.choices.items()}
        return by_label.get(text, text)
    return text


def rows_of(text: str) -> tuple[str, list[Row]] | None:
    """The joint and the rows of a text that is simple enough for the form; None when it is not."""
    if not text.strip():
        return "all", []
    try:
        content = read_lined_yaml(text, file="条件")
    except LianzhangError:
        return None
    if (
        not isinstance(content, LinedMapping)
        or len(content) != 1
        or next(iter(content)) not in ("all", "any")
    ):
        return None
    joint, parts = next(iter(content.items()))
    rows = [_row(part) for part in parts] if isinstance(parts, LinedList) else [None]
    return None if None in rows else (joint, [row for row in rows if row is not None])


def _row(part: Any) -> Row | None:
    if not isinstance(part, LinedMapping) or not set(part) <= _ROW_KEYS or "fact" not in part:
        return None
    relations = [key for key in part if key in RELATIONS]
    if len(relations) != 1 or part.get("confidence", "A") != "A":
        return None
    value = part[relations[0]]
    if isinstance(value, dict):
        return None
    return Row(part["fact"], relations[0], _typed_back(value), str(part.get("clause", "")))


def _typed_back(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "，".join(map(str, value)) if isinstance(value, list) else str(value)
