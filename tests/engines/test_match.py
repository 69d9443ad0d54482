"""A whole registry at once: the planes say what the judge says, also after single changes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import numpy as np
import polars as pl
import pytest

from lianzhang.engines import Match, TableError
from lianzhang.kernel import Verdict
from lianzhang.kernel.fact import choices_known
from lianzhang.policy import conditions, judge
from lianzhang.policy.tree import ScoreFloor
from tests.agreement import trees

RULES = trees.rules(120, seed=11)
ROWS = trees.enterprises(150, seed=12)
FACTS = trees.FACTS


def batch() -> Match:
    return Match(RULES, trees.frame(ROWS), FACTS, on=trees.DAY).run()


def wrong(match: Match, rows: list[dict[str, object]]) -> list[tuple[int, str]]:
    """Where the planes differ from the judge."""
    return [
        (place, rule.id)
        for place, row in enumerate(rows)
        for rule in match.rules
        if match.verdict(place, rule.id) is not judge(rule.on(trees.DAY), row)  # type: ignore[arg-type]
    ]


def test_every_verdict_is_the_judges() -> None:
    assert wrong(batch(), ROWS) == []


def test_counts_and_codes_tell_the_same_story() -> None:
    match = batch()
    for rule_id, codes in match:
        counts = match.counts()[rule_id]
        assert (counts.yes, counts.no, counts.unknown) == tuple(
            int((codes == code).sum()) for code in (1, 2, 0)
        )
    assert len({counts.unknown for counts in match.counts().values()}) > 10


def test_an_explanation_has_the_verdict_of_the_plane() -> None:
    match = batch()
    for place in range(0, len(ROWS), 7):
        for rule in RULES:
            found = match.explain(place, rule.id)
            assert found.verdict is match.verdict(place, rule.id)
            for reason in found.reasons:
                if reason.fact is not None and reason.known is not None:
                    assert reason.known.value == ROWS[place][reason.fact.name]


def test_one_changed_enterprise_is_as_if_all_were_judged_again() -> None:
    match, rows, chance = batch(), [dict(row) for row in ROWS], Random(13)
    for _ in range(300):
        place, name = chance.randrange(len(rows)), chance.choice(trees.USED)
        value = None if chance.random() < 0.3 else trees.value(FACTS[name], chance)
        rows[place][name] = value
        match.change_enterprise(place, {name: value})
    assert wrong(match, rows) == []
    again = Match(RULES, trees.frame(rows), FACTS, on=trees.DAY).run()
    for rule in RULES:
        assert np.array_equal(match.codes(rule.id), again.codes(rule.id)), rule.id


def test_the_first_enterprise_to_lack_a_fact_is_judged_like_any_other() -> None:
    rows = [row for row in ROWS if row["revenue_ly"] is not None and row["holds"] is not None]
    match, rows = Match(RULES, trees.frame(rows), FACTS, on=trees.DAY).run(), [dict(row) for row in rows]
    for place, name in ((0, "employees"), (1, "revenue_ly"), (2, "holds"), (1, "holds")):
        rows[place] |= {name: None, "size_class": "small"}
        match.change_enterprise(place, {name: None, "size_class": "small"})
    assert wrong(match, rows) == []


def test_the_first_enterprise_with_a_title_nobody_knows_of_is_judged_like_any_other() -> None:
    rows = [{**row, "holds": row["holds"] and choices_known(row["holds"])} for row in ROWS]
    match = Match(RULES, trees.frame(rows), FACTS, on=trees.DAY).run()
    assert match.open_facts == set()
    for place, held in ((0, {"?srdi_sme"}), (1, {"sd_gazelle", "?little_giant"}), (0, {"srdi_sme"})):
        rows[place]["holds"] = frozenset(held)
        match.change_enterprise(place, {"holds": frozenset(held)})
        assert wrong(match, rows) == []
    assert match.open_facts == {"holds"}


def test_a_changed_rule_is_as_if_all_were_judged_again() -> None:
    match, chance = batch(), Random(14)
    others = trees.rules(24, seed=15)
    for other in others:
        match.change_rule(replace(other, id=chance.choice(RULES).id))
    rows = [dict(row) for row in ROWS]
    for place in range(40):
        rows[place]["revenue_ly"] = Decimal(3)
        match.change_enterprise(place, {"revenue_ly": Decimal(3)})
    assert wrong(match, rows) == []


def test_rules_edited_again_and_again_stay_right() -> None:
    match, chance = batch(), Random(16)
    for other in trees.rules(400, seed=17):  # more than the room beside the others: all is laid out anew
        match.change_rule(replace(other, id=chance.choice(RULES).id))
    again = Match(match.rules, trees.frame(ROWS), FACTS, on=trees.DAY).run()
    assert match.counts() == again.counts()
    match.run()
    assert match.counts() == again.counts()


def test_enterprises_and_rules_may_change_in_turn() -> None:
    match, rows, chance = batch(), [dict(row) for row in ROWS], Random(18)
    for other in trees.rules(20, seed=19):
        match.change_rule(replace(other, id=chance.choice(RULES).id))
        for _ in range(12):
            place = chance.randrange(len(rows))
            names = chance.sample(sorted(trees.USED), 3)
            values = {
                name: None if chance.random() < 0.3 else trees.value(FACTS[name], chance) for name in names
            }
            rows[place] |= values
            match.change_enterprise(place, values)
    assert wrong(match, rows) == []


def test_registries_of_every_length_end_where_they_should() -> None:
    for rows in (0, 1, 63, 64, 65, 64 * 264, 64 * 264 + 1):
        table = trees.frame(ROWS[:1]).clear() if rows == 0 else trees.frame(ROWS[:1])[[0] * rows]
        match = Match(RULES[:5], table, FACTS, on=trees.DAY).run()
        for rule in RULES[:5]:
            counts = match.counts()[rule.id]
            expected = judge(rule.on(trees.DAY), ROWS[0])
            assert counts.yes == (rows if expected is Verdict.YES else 0)
            assert counts.no == (rows if expected is Verdict.NO else 0)


def test_a_fact_without_a_column_is_unknown_for_everybody() -> None:
    match = Match(RULES, trees.frame(ROWS).select("id", "revenue_ly"), FACTS, on=trees.DAY).run()
    assert wrong(match, [{"revenue_ly": row["revenue_ly"]} for row in ROWS]) == []


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (pl.Series("revenue_ly", [1.0, float("nan")]), "第2行是nan，不是有限的数"),
        (pl.Series("revenue_ly", [1.0, float("inf")]), "不是有限的数"),
        (pl.Series("revenue_ly", ["1", "2"]), "列的类型是String"),
        (pl.Series("employees", [1.5, 2.0]), "应为整数"),
        (pl.Series("has_own_brand", [1, 0]), "应为boolean"),
        (pl.Series("size_class", [1, 2]), "应为choice"),
        (pl.Series("holds", ["a", "b"]), "应为choices"),
        (pl.Series("established_on", ["2020-01-01", None]), "应为date"),
    ],
)
def test_a_column_that_would_be_misread_is_refused(column: pl.Series, words: str) -> None:
    with pytest.raises(TableError) as refused:
        Match(RULES[:1], pl.DataFrame([column]), FACTS, on=trees.DAY)
    assert words in str(refused.value)
    assert column.name in str(refused.value)


def test_conditions_that_rules_share_are_judged_once() -> None:
    plain = next(
        rule for rule in RULES if not any(isinstance(c, ScoreFloor) for c in conditions(rule.requires))
    )
    copies = [replace(plain, id=f"copy{number}") for number in range(3)]
    alone = Match([plain], trees.frame(ROWS), FACTS, on=trees.DAY)
    assert Match(copies, trees.frame(ROWS), FACTS, on=trees.DAY).conditions == alone.conditions > 0


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(TableError, match="规则编号重复"):
        Match([RULES[0], RULES[0]], trees.frame(ROWS), FACTS, on=trees.DAY)


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    Match(RULES[:3], trees.frame(ROWS), FACTS, on=trees.DAY).run(
        lambda done, whole: told.append((done, whole))
    )
    assert told[-1] == (150, 150)
