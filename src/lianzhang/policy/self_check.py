"""合规体检: questions by which an enterprise checks itself against the guidance; nothing is kept of the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from lianzhang.kernel.fact_dictionary import both_languages
from lianzhang.kernel.lined_yaml import LinedMapping, read_lined_yaml
from lianzhang.kernel.pack import Pack
from lianzhang.kernel.text import Text
from lianzhang.policy.exemption import ExemptionItem, ItemKind, exemption_list
from lianzhang.policy.judge import NO, Facts, judge
from lianzhang.policy.load import rule_book
from lianzhang.policy.rule import Rule


class Answer(StrEnum):
    """What an enterprise says to one question."""

    GOOD = "yes"
    BAD = "no"
    UNSURE = "unsure"
    NONE = "none"  # it does not concern the enterprise

    @property
    def label(self) -> Text:
        """The word on the form."""
        return _ANSWERS[self]


_ANSWERS = {
    Answer.GOOD: Text("是", "yes"),
    Answer.BAD: Text("否", "no"),
    Answer.UNSURE: Text("不清楚", "not sure"),
    Answer.NONE: Text("不涉及", "does not concern us"),
}


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """One question of a piece of guidance. The clause and the fine are those of the item on the exemption list."""

    guidance: Rule
    item: ExemptionItem
    ask: Text
    mend: Text

    @property
    def name(self) -> str:
        """The name of its field: one item is asked once."""
        return self.item.id

    @property
    def bottom_line(self) -> bool:
        """Whether no listed exemption reaches a fault here."""
        return self.item.kind is ItemKind.NOT_EXEMPT


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """The answers sorted: at ease, to mend (bottom lines first), to look into. What does not concern is left out."""

    at_ease: tuple[CheckQuestion, ...]
    to_mend: tuple[CheckQuestion, ...]
    to_look_into: tuple[CheckQuestion, ...]


@lru_cache(maxsize=8)
def check_questions(pack: Pack) -> tuple[CheckQuestion, ...]:
    """The questions of a pack, none where it has no such file; raises `PackError` with file, line and remedy."""
    path = "self_check.yaml"
    if not pack.has(path):
        return ()
    content = read_lined_yaml(pack.read_text(path), file=f"{pack.id}/{path}")
    content.only(("standing", "questions"))
    found: dict[str, CheckQuestion] = {}
    for row in content.need("questions"):
        question = _question(row, pack)
        if question.name in found:
            raise row.at("item").refuse(
                Text(f"事项“{question.name}”问了两次。", f"Item {question.name} is asked twice."),
                Text("请删去一题。", "Remove one question."),
            )
        found[question.name] = question
    return tuple(found.values())


def _question(row: LinedMapping, pack: Pack) -> CheckQuestion:
    row.only(("guidance", "item", "ask", "mend"))
    book, items = rule_book(pack), exemption_list(pack).items
    guidance, item = str(row.need("guidance")), str(row.need("item"))
    for key, name, known in (("guidance", guidance, book), ("item", item, items)):
        if name not in known:
            raise row.at(key).refuse(
                Text(f"没有“{name}”。", f"There is no “{name}”."),
                Text(
                    "请写 guidance 里的编号和免罚清单里的事项。",
                    "Write an id of the guidance and an item of the list.",
                ),
            )
    return CheckQuestion(book[guidance], items[item], both_languages(row, "ask"), both_languages(row, "mend"))


def questions_for(questions: Sequence[CheckQuestion], facts: Facts, *, on: date) -> tuple[CheckQuestion, ...]:
    """The questions that may concern an enterprise: those whose guidance is surely not for it are left out."""
    return tuple(row for row in questions if judge(row.guidance.on(on), facts) is not NO)


def self_check(questions: Sequence[CheckQuestion], answers: Mapping[str, Answer]) -> SelfCheck:
    """Sort the questions by their answers; an unanswered one is to be looked into."""

    def those(*wanted: Answer) -> tuple[CheckQuestion, ...]:
        return tuple(row for row in questions if answers.get(row.name, Answer.UNSURE) in wanted)

    to_mend = sorted(those(Answer.BAD), key=lambda row: not row.bottom_line)
    return SelfCheck(those(Answer.GOOD), tuple(to_mend), those(Answer.UNSURE))
