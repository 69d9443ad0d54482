"""An enterprise checks itself against the guidance."""

from __future__ import annotations

from datetime import date

from lianzhang.kernel.pack import open_pack
from lianzhang.policy import Answer, RuleKind, check_questions, questions_for, rule_book, self_check

PACK = open_pack("liaocheng")
QUESTIONS = check_questions(PACK)
DAY = date(2026, 11, 28)


def test_every_piece_of_guidance_is_asked_about_with_clause_and_remedy() -> None:
    asked = {row.guidance.id for row in QUESTIONS}
    assert asked == {rule.id for rule in rule_book(PACK).of(RuleKind.GUIDANCE)}
    assert 25 <= len(QUESTIONS) <= 35
    assert all(row.item.basis and row.mend.zh and row.mend.en for row in QUESTIONS)


def test_questions_that_surely_do_not_concern_the_enterprise_are_left_out_and_the_unknown_stay() -> None:
    everything = questions_for(QUESTIONS, {}, on=DAY)
    assert len(everything) == len(QUESTIONS)
    none = questions_for(QUESTIONS, {"makes_ccc_products": False, "employees": 5}, on=DAY)
    assert {row.name for row in everything} - {row.name for row in none} == {"N01", "F02", "F05"}


def test_answers_are_sorted_bottom_lines_first_and_the_unanswered_are_to_be_looked_into() -> None:
    found = self_check(
        QUESTIONS, {"E01": Answer.GOOD, "E16": Answer.BAD, "N09": Answer.BAD, "E35": Answer.NONE}
    )
    assert [row.name for row in found.at_ease] == ["E01"]
    assert [row.name for row in found.to_mend] == ["N09", "E16"]
    assert found.to_mend[0].bottom_line and not found.to_mend[1].bottom_line
    rest = {row.name for row in found.to_look_into}
    assert "E02" in rest and not rest & {"E01", "E16", "N09", "E35"}
