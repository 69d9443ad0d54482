"""Worked cases beside the rules of a pack: given these facts, on this day, expect this verdict.

They are data, so that an official can read and add one; tests and `lianzhang pack check` run them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any as Anything

from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.fact import FactValue
from lianzhang.kernel.fact_dictionary import FactDictionary, fact_dictionary
from lianzhang.kernel.lined_yaml import LinedMapping, Place, read_lined_yaml
from lianzhang.kernel.pack import Pack
from lianzhang.kernel.text import Text
from lianzhang.kernel.verdict import Verdict
from lianzhang.policy.evaluate import Evaluation, evaluate
from lianzhang.policy.rule import RuleBook

_KEYS = ("name", "as_of", "rule", "facts", "without", "expect", "proven", "missing", "score", "gaps")


@dataclass(frozen=True, slots=True)
class Case:
    """One worked case. `expect` is the verdict with what rests on memory as it reads, `proven` without it.

    `proven`, `missing`, `score` and `gaps` are checked only where they are given.
    """

    name: str
    rule: str
    day: date
    facts: Mapping[str, FactValue]
    expect: Verdict
    proven: Verdict | None
    missing: tuple[str, ...] | None
    score: tuple[Decimal, Decimal] | None
    gaps: Mapping[str, Decimal]
    place: Place


def cases(pack: Pack) -> Iterator[Case]:
    """Every case in `cases/*.yaml` of a pack; a file may give `rule`, `as_of` and common `facts` once."""
    dictionary = fact_dictionary(pack)
    for path in pack.files("cases"):
        content = read_lined_yaml(pack.read_text(path), file=f"{pack.id}/{path}")
        content.only(("rule", "as_of", "facts", "cases"))
        for row in content.need("cases"):
            row.only(_KEYS)
            yield _case(row, content, dictionary)


def faults(case: Case, book: RuleBook) -> tuple[Text, ...]:
    """How the verdict differs from what the case expects; empty when it does not."""
    found = evaluate(book[case.rule], case.facts, on=case.day, trust_memory=True)
    return tuple(_faults(case, found))


def _faults(case: Case, found: Evaluation) -> Iterator[Text]:
    where = f"{case.place}（{case.name}）"
    if found.verdict is not case.expect:
        yield Text(
            f"{where}：应为{case.expect}，实为{found.verdict}。",
            f"{where}: expected {case.expect}, found {found.verdict}.",
        )
    if case.proven is not None and found.proven is not case.proven:
        yield Text(
            f"{where}：不计凭记忆的口径应为{case.proven}，实为{found.proven}。",
            f"{where}: expected {case.proven} without memory, found {found.proven}.",
        )
    if case.missing is not None and set(found.missing) != set(case.missing):
        yield Text(
            f"{where}：缺的事实应为{sorted(case.missing)}，实为{sorted(found.missing)}。",
            f"{where}: expected {sorted(case.missing)} to be missing, found {sorted(found.missing)}.",
        )
    if case.score is not None and found.score is not None:
        total = found.score.total
        if (total.low, total.high) != case.score:
            yield Text(
                f"{where}：得分应为{case.score[0]}—{case.score[1]}，实为{total.low}—{total.high}。",
                f"{where}: expected a score of {case.score[0]}–{case.score[1]}, found {total.low}–{total.high}.",
            )
    gaps = {
        reason.fact.name: reason.gap for reason in found.reasons if reason.fact and reason.gap is not None
    }
    for name, gap in case.gaps.items():
        if gaps.get(name) != gap:
            yield Text(
                f"{where}：{name} 应差{gap}，实为{gaps.get(name)}。",
                f"{where}: {name} should lack {gap}, found {gaps.get(name)}.",
            )


def _case(row: LinedMapping, shared: LinedMapping, dictionary: FactDictionary) -> Case:
    raw: dict[str, object] = {**shared.get("facts", {}), **row.get("facts", {})}
    for name in row.get("without", ()):
        raw.pop(name, None)
    try:
        facts = dictionary.read(raw)
    except LianzhangError as error:
        raise row.place.refuse(error.what, error.remedy) from error
    day = row.get("as_of", shared.get("as_of"))
    if type(day) is not date:
        raise row.place.refuse(
            Text("案例缺少日期 as_of。", "The case has no day `as_of`."),
            Text("请写 as_of: 2026-05-01 这样的日期。", "Write a day such as as_of: 2026-05-01."),
        )
    score: Anything = row.get("score")
    return Case(
        name=str(row.need("name")),
        rule=str(row.get("rule", shared.get("rule"))),
        day=day,
        facts=facts,
        expect=_verdict(row, "expect"),
        proven=_verdict(row, "proven") if "proven" in row else None,
        missing=tuple(row["missing"]) if "missing" in row else None,
        score=None if score is None else (Decimal(str(score[0])), Decimal(str(score[1]))),
        gaps={name: Decimal(str(gap)) for name, gap in row.get("gaps", {}).items()},
        place=row.place,
    )


def _verdict(row: LinedMapping, key: str) -> Verdict:
    """YAML reads yes and no as true and false; both spellings are meant."""
    word = row.need(key)
    words = {True: Verdict.YES, False: Verdict.NO, "unknown": Verdict.UNKNOWN}
    if word not in words:
        raise row.at(key).refuse(
            Text(f"{key} 不能是“{word}”。", f"`{key}` cannot be “{word}”."),
            Text("写 yes、no 或 unknown。", "Write yes, no or unknown."),
        )
    return words[word]
