"""Packs → rules: reads, checks and joins every rule file of a pack; an error names file, line and remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any as Anything

from lianzhang.kernel.fact_dictionary import both_languages, fact_dictionary
from lianzhang.kernel.lined_yaml import LinedList, LinedMapping, Place, read_lined_yaml
from lianzhang.kernel.pack import Pack
from lianzhang.kernel.text import Text
from lianzhang.policy.check import check_book, check_rule
from lianzhang.policy.read_sheet import read_sheet
from lianzhang.policy.read_tree import TreeReader
from lianzhang.policy.rule import (
    DatedValue,
    Document,
    Edge,
    Force,
    Offer,
    Parameter,
    Rule,
    RuleBook,
    RuleKind,
    Standing,
)
from lianzhang.policy.tree import Confidence, Ground

#: Where the rules of each kind stand in a pack.
FOLDERS = {
    "titles": RuleKind.TITLE,
    "policies": RuleKind.POLICY,
    "services": RuleKind.SERVICE,
    "guidance": RuleKind.GUIDANCE,
}
_OFFER = ("gives", "how", "department", "papers", "time_limit", "contact")
_KEYS = (
    *("id", "title", "document", "in_force", "requires", "score", "stated", "incomplete", "standing"),
    *("confidence", "level", "chains", "group", "number", "ladder", "rank", "valid_years", "replaced_by"),
    *("notes", "edges", *_OFFER),
)


@lru_cache(maxsize=8)
def rule_book(pack: Pack) -> RuleBook:
    """All rules of a pack, checked; raises `PackError` at the first fault."""
    reader = tree_reader(pack)
    rules = [
        rule
        for folder, kind in FOLDERS.items()
        for path in pack.files(folder)
        for rule in read_rules(pack.read_text(path), file=f"{pack.id}/{path}", kind=kind, reader=reader)
    ]
    book = RuleBook(rules)
    check_book(book)
    return book


@lru_cache(maxsize=8)
def tree_reader(pack: Pack) -> TreeReader:
    """A reader for rules written outside the pack's files, such as a draft in a form."""
    return TreeReader(
        facts=fact_dictionary(pack),
        parameters=_parameters(pack),
        shared=_shared(pack),
        jurisdiction=str(pack.read_yaml("pack.yaml").get("jurisdiction", "")),
    )


def read_rules(text: str, *, file: str, kind: RuleKind, reader: TreeReader) -> Iterator[Rule]:
    """The rules of one YAML text: a single rule, or `rules:` with what they share above the list."""
    content = read_lined_yaml(text, file=file)
    if not isinstance(content, LinedMapping):
        raise Place(file, 1).refuse(
            Text("规则文件应是一张表。", "A rule file is a mapping."),
            Text("从 id 写起。", "Begin with `id`."),
        )
    rows = content.pop("rules") if "rules" in content else None
    if rows is None:
        yield _rule(content, kind, reader)
        return
    if not isinstance(rows, LinedList):
        raise content.at("rules").refuse(
            Text("rules 应是列表。", "`rules` is a list."),
            Text("每条规则以“- id:”开头。", "Each rule begins with “- id:”."),
        )
    for index, row in enumerate(rows):
        if not isinstance(row, LinedMapping):
            raise rows.at(index).refuse(
                Text("规则应是一张表。", "A rule is a mapping."), Text("从 id 写起。", "Begin with its id.")
            )
        for key in content:
            if key not in row:
                row.put(key, content[key], content.at(key).line)
        yield _rule(row, kind, reader)


def _rule(row: LinedMapping, kind: RuleKind, reader: TreeReader) -> Rule:
    row.only(_KEYS)
    ground = reader.ground(LinedMapping(row.place), Ground(place=row.place))
    confidence = reader.ground(_only(row, "confidence"), ground).confidence
    ground = replace(ground, confidence=confidence, place=row.place)
    sheet = None
    if "score" in row:
        sheet, stated = read_sheet(row["score"], reader, ground)
        reader = replace(reader, sheet=sheet, stated_scores=stated)
    rule = Rule(
        id=str(row.need("id")),
        kind=kind,
        title=both_languages(row, "title"),
        document=document_of(row.need("document")),
        requires=reader.read(row.need("requires"), replace(ground, place=row.at("requires"))),
        force=force_of(row.get("in_force")),
        sheet=sheet,
        stated=_texts(row, "stated"),
        incomplete=both_languages(row, "incomplete") if "incomplete" in row else None,
        standing=_standing(row),
        confidence=confidence,
        offer=Offer(**{key: both_languages(row, key) for key in _OFFER if key in row}),
        level=str(row.get("level", "")),
        chains=tuple(row.get("chains", ())),
        group=str(row.get("group", "")),
        number=row.get("number"),
        ladder=str(row.get("ladder", "")),
        rank=int(row.get("rank", 0)),
        valid_years=row.get("valid_years"),
        replaced_by=str(row.get("replaced_by", "")),
        notes=_texts(row, "notes"),
        edges=tuple(_edge(edge, reader) for edge in row.get("edges", ())),
        place=row.place,
        parameters=reader.parameters,
    )
    check_rule(rule, reader.facts)
    return rule


def _edge(row: LinedMapping, reader: TreeReader) -> Edge:
    row.only(("fact", "at", "note"))
    fact = reader.fact(row, "fact")
    return Edge(fact, tuple(Decimal(repr(value)) for value in row.need("at")), both_languages(row, "note"))


def _only(row: LinedMapping, key: str) -> LinedMapping:
    """A mapping with one key of `row`, which must be there."""
    part = LinedMapping(row.place)
    part.put(key, row.need(key), row.at(key).line)
    return part


def _texts(row: LinedMapping, key: str) -> tuple[Text, ...]:
    found = []
    for item in row.get(key, ()):
        holder = LinedMapping(row.at(key))
        holder.put(key, item, row.at(key).line)
        found.append(both_languages(holder, key))
    return tuple(found)


def _standing(row: LinedMapping) -> Standing:
    word = row.get("standing", Standing.QUOTED.value)
    if word not in list(Standing):
        raise row.at("standing").refuse(
            Text(f"standing 不能是“{word}”。", f"`standing` cannot be “{word}”."),
            Text(f"可用：{'、'.join(Standing)}。", f"Use one of: {', '.join(Standing)}."),
        )
    return Standing(word)


def document_of(row: LinedMapping) -> Document:
    """The paper named under `document`."""
    row.only(("title", "number", "issuer", "until", "sources"))
    return Document(
        title=both_languages(row, "title"),
        number=str(row.get("number", "")),
        issuer=both_languages(row, "issuer") if "issuer" in row else None,
        until=_day(row, "until"),
        sources=tuple(map(str, row.get("sources", ()))),
    )


def force_of(row: LinedMapping | None) -> Force:
    """From when to when, as written under `in_force`."""
    if row is None:
        return Force()
    row.only(("from", "to", "from_confidence", "end_sure"))
    return Force(
        _day(row, "from"),
        _day(row, "to"),
        start_sure=row.get("from_confidence") != Confidence.MEMORY,
        end_sure=row.get("end_sure") is not False,
    )


def _day(row: LinedMapping, key: str) -> date | None:
    raw = row.get(key)
    if raw is not None and type(raw) is not date:
        raise row.at(key).refuse(
            Text(f"“{raw}”不是日期。", f"“{raw}” is not a date."),
            Text("请写成 2026-04-01。", "Write it as 2026-04-01."),
        )
    return raw


def _shared(pack: Pack) -> Mapping[str, LinedMapping]:
    if not pack.has("conditions.yaml"):
        return {}
    content: Mapping[str, LinedMapping] = read_lined_yaml(
        pack.read_text("conditions.yaml"), file=f"{pack.id}/conditions.yaml"
    )
    return content


def _parameters(pack: Pack) -> dict[str, Parameter]:
    if not pack.has("parameters.yaml"):
        return {}
    file = f"{pack.id}/parameters.yaml"
    found: dict[str, Parameter] = {}
    for row in read_lined_yaml(pack.read_text("parameters.yaml"), file=file).need("parameters"):
        row.only(("name", "label", "unit", "values"))
        parameter = Parameter(
            name=str(row.need("name")),
            label=both_languages(row, "label"),
            unit=str(row.get("unit", "")),
            values=tuple(_dated(value) for value in row.need("values")),
            place=row.place,
        )
        _check_parameter(parameter, found)
        found[parameter.name] = parameter
    return found


def _dated(row: LinedMapping) -> DatedValue:
    row.only(("from", "to", "value", "source", "confidence"))
    value: Anything = row.need("value")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise row.at("value").refuse(
            Text(f"“{value}”不是数字。", f"“{value}” is not a number."),
            Text("请只写数字，单位另写 unit。", "Write digits alone; the unit stands in `unit`."),
        )
    row.need("from")
    start = _day(row, "from") or date.min
    letter = Confidence(row.need("confidence"))
    return DatedValue(start, _day(row, "to"), Decimal(repr(value)), str(row.need("source")), letter)


def _check_parameter(parameter: Parameter, found: Mapping[str, Parameter]) -> None:
    if parameter.name in found:
        raise parameter.place.refuse(
            Text(f"参数“{parameter.name}”写了两次。", f"Parameter {parameter.name} stands twice."),
            Text("请删去其中一个，或换一个名称。", "Remove one, or give it another name."),
        )
    for earlier, later in zip(parameter.values, parameter.values[1:], strict=False):
        if earlier.until is None or earlier.until >= later.start:
            raise parameter.place.refuse(
                Text(
                    f"参数“{parameter.name}”的两个时段重叠。",
                    f"Two stretches of parameter {parameter.name} overlap.",
                ),
                Text("请写明前一时段的 to。", "Give the `to` of the earlier one."),
            )
