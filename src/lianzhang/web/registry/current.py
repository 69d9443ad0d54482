"""Which of several dated rows counts now: pure functions of the rows and of what officers chose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lianzhang.kernel import CreditCodeError
from lianzhang.kernel.credit_code import parse
from lianzhang.web.registry import base_facts
from lianzhang.web.registry.search_keys import search_keys

#: Columns of `Enterprise` that `columns_of` computes.
COLUMNS = (
    "name",
    "credit_code",
    "code_verified",
    "status",
    "region",
    "industry_codes",
    "products",
    "search",
)
_LONGEST_INDUSTRY = 120
_EARLIEST = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Standing:
    """The values of one fact and period, the one that counts first.

    `clashing` when sources contradict each other and no officer has chosen since the newest arrived.
    """

    current: Any
    others: tuple[Any, ...] = ()
    clashing: bool = False
    because: str = ""
    #: An officer let the values stand side by side.
    beside: bool = False


def standings(values: Iterable[Any], choices: Iterable[Any] = ()) -> dict[tuple[str, str], Standing]:
    """For each (fact, period): what counts, what else is said. `values` need `recording` loaded."""
    grouped: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for value in values:
        grouped[value.fact, value.period].append(value)
    latest = {(choice.fact, choice.period): choice for choice in sorted(choices, key=lambda row: row.pk)}
    return {key: _standing(rows, latest.get(key)) for key, rows in grouped.items()}


def _standing(rows: list[Any], choice: Any) -> Standing:
    rows = sorted(rows, key=lambda row: (row.as_of, row.pk), reverse=True)
    newest = max(row.pk for row in rows)
    if choice is not None and choice.seen_up_to >= newest:
        chosen = next((row for row in rows if row.pk == choice.chosen_id), rows[0])
        others = tuple(row for row in rows if row is not chosen)
        return Standing(chosen, others, because=choice.because, beside=choice.chosen_id is None)
    unseen = [row for row in rows if choice is None or row.pk > choice.seen_up_to]
    settled = [row for row in rows if choice is not None and row.pk == choice.chosen_id]
    return Standing(rows[0], tuple(rows[1:]), clashing=_clash([*unseen, *settled]))


def _clash(rows: list[Any]) -> bool:
    """Whether two sources contradict each other.

    A value with a period is said once and for all, so two sources that differ clash. Of a value without one
    (an address, a status) a later word is news and no contradiction; only the same day's words clash.
    """
    latest: dict[tuple[str, str], Any] = {}
    for row in sorted(rows, key=lambda row: (row.as_of, row.pk)):
        latest[row.recording.kind, row.recording.source] = row
    voices = list(latest.values())
    return any(
        not same_value(one, other) and (one.period or one.as_of == other.as_of)
        for index, one in enumerate(voices)
        for other in voices[index + 1 :]
    )


def same_value(one: Any, other: Any) -> bool:
    """Whether two rows say the same: 0.3亿元 is 3000万元."""
    from lianzhang.kernel.quantity import split_scale

    def said(row: Any) -> tuple[Any, ...]:
        factor, unit = split_scale(row.unit)
        numbers = [None if n is None else n * factor for n in (row.number, row.low, row.high)]
        exact = (row.qualifier or "exact") if row.text == "" else ""
        return (*numbers, unit, row.text.strip(), exact)

    return said(one) == said(other)


def newest_of(found: Mapping[tuple[str, str], Standing]) -> dict[str, Standing]:
    """For each fact the standing of its latest period."""
    best: dict[str, Standing] = {}
    for (fact, _), standing in found.items():
        before = best.get(fact)
        if before is None or _end(standing) >= _end(before):
            best[fact] = standing
    return best


def _end(standing: Standing) -> tuple[date, date]:
    value = standing.current
    return value.period_end or _EARLIEST, value.as_of


def columns_of(
    names: Iterable[Any], values: Iterable[Any], choices: Iterable[Any] = (), *, name: str = ""
) -> dict[str, Any]:
    """The columns of `Enterprise` as its names and values have them; `name` is kept where none is better."""
    names, values = list(names), list(values)
    facts = newest_of(standings(values, choices))
    # A paper may still carry the code of a record that was merged, or one that was corrected.
    codes = [value.text for value in values if value.fact == base_facts.CREDIT_CODE]

    def text(fact: str) -> str:
        found = facts.get(fact)
        return found.current.text if found else ""

    code, verified = _code(text(base_facts.CREDIT_CODE))
    return {
        "name": _main_name(names) or name,
        "credit_code": code,
        "code_verified": verified,
        "status": text(base_facts.STATUS)[:20],
        "region": text(base_facts.COUNTY)[:60],
        "industry_codes": " ".join(
            dict.fromkeys(
                [
                    *text(base_facts.INDUSTRY_CODE).split(),
                    *text(base_facts.FURTHER_INDUSTRY_CODES).split(),
                ]
            )
        )[:_LONGEST_INDUSTRY],
        "products": text(base_facts.PRODUCTS),
        "search": search_keys([*dict.fromkeys([name, *(row.name for row in names)]), code, *codes]),
    }


def _main_name(names: list[Any]) -> str:
    """The registered name in force, the latest one; without any, the first short one."""
    order = {"registered": 0, "short": 1}
    fitting = [row for row in names if row.kind in order and row.ends is None]
    if not fitting:
        return ""
    best = min(order[row.kind] for row in fitting)
    own = [row for row in fitting if order[row.kind] == best]
    chosen = max(own, key=lambda row: (row.starts or _EARLIEST, row.pk or 0)) if best == 0 else own[0]
    return str(chosen.name)


def _code(text: str) -> tuple[str, bool]:
    """The code in normal form, and whether it passes its checks; a malformed one is kept, unverified."""
    if not text:
        return "", False
    try:
        code = parse(text)
    except CreditCodeError:
        return text.strip()[:18], False
    return code.text, code.checked
