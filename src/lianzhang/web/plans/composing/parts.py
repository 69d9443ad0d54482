"""Sections that plans share: statements of facts, of maps, of lists, of the ten building actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from lianzhang.casework import Actor
from lianzhang.casework.ledger import Ledger
from lianzhang.chain import Mark, NodeCoverage
from lianzhang.web.chains import words
from lianzhang.web.chains.queries import Chain, County
from lianzhang.web.chains.standing import Standing
from lianzhang.web.ledgers import queries as ledgers
from lianzhang.web.plans.document import Grid, Statement
from lianzhang.web.ui.figures import date_label, figure_of

#: A plan names so many of a kind and says how many more there are.
MOST = 40
#: Marks a plan speaks of, the most pressing first.
_TOLD = (Mark.gap, Mark.single, Mark.weak, Mark.strong)


def fact_statement(fact: Any, said: str = "") -> Statement | None:
    """A fact in one sentence with its bulletin; None where it says no number."""
    figure = figure_of(fact)
    if figure is None or not figure.said:
        return None
    what = said or words.indicator(fact.indicator)
    when = figure.period or figure.as_of
    planned = gettext("（计划数）") if figure.planned else ""
    doubt = gettext("原文存疑，已由人核对") if figure.mark else ""
    text = gettext("%(when)s，%(what)s%(number)s%(planned)s。") % {
        "when": when or gettext("时期未写明"),
        "what": what,
        "number": gettext("，").join(part for part in (figure.amount, figure.change) if part),
        "planned": planned,
    }
    return Statement(text, source_of(fact), figure.source_href, doubt)


def source_of(fact: Any) -> str:
    """The bulletin a fact was read in, or that a person entered it, with its day."""
    document = str(fact.claim.document) if fact.claim_id else gettext("由人录入")
    return f"{document} {date_label(fact.as_of)}".strip()


def map_statements(shown: Standing) -> list[Statement]:
    """How a map stands: its counts, then the gaps, single points, weak and strong nodes with their rules."""
    source, href = map_source(shown), reverse("chains:map", args=[shown.chain.pk])
    counts = [(mark, shown.coverage.counts[mark]) for mark in Mark]
    told = gettext("、").join(f"{words.spoken(mark.label)}{count}" for mark, count in counts if count)
    found = [
        Statement(
            gettext("%(chain)s图谱共%(n)s个环节：%(told)s。")
            % {"chain": words.name(shown.chain), "n": len(shown.map.nodes), "told": told},
            source,
            href,
        )
    ]
    for mark in _TOLD:
        marked = shown.coverage.marked(mark)
        if marked:
            found.append(Statement(_marked(shown, mark, marked), source, href))
    return found


def _marked(shown: Standing, mark: Mark, nodes: Iterable[NodeCoverage]) -> str:
    """All nodes with one mark in a sentence; a rule that they share is said once."""
    told = [(words.spoken(shown.map.by_id[each.node].name), words.spoken(each.rule)) for each in nodes]
    rules = {rule for _, rule in told}
    listed = gettext("、").join(
        name
        if len(rules) == 1
        else gettext("%(node)s（%(rule)s）") % {"node": name, "rule": rule.rstrip("。.")}
        for name, rule in told
    )
    said = gettext("%(mark)s%(n)s个：%(nodes)s。") % {
        "mark": words.spoken(mark.label), "n": len(told), "nodes": listed,
    }  # fmt: skip
    return said + (
        gettext("规则：%(rule)s。") % {"rule": rules.pop().rstrip("。.")} if len(rules) == 1 else ""
    )


def map_source(shown: Standing) -> str:
    """Version and day of the map, and the day the registry was placed on it."""
    said = gettext("产业图谱第%(n)s版，%(day)s发布") % {
        "n": shown.version.number,
        "day": date_label(shown.version.published_at.date()) if shown.version.published_at else "—",
    }
    placed = shown.coverage.placed_on
    return said + (
        gettext("；企业库%(day)s落位") % {"day": date_label(placed)}
        if placed
        else gettext("；企业库尚未落位，没有企业的环节只能说不明")
    )


class Lists:
    """The rows of the lists of some chains, of one county or of all, that the actor may see: read once."""

    def __init__(self, actor: Actor, of: Iterable[Chain], *, county: County | None = None) -> None:
        rows = ledgers.visible_to(actor).filter(chain__in=[chain.pk for chain in of])
        if county is not None:
            rows = rows.filter(county=county)
        self._rows: dict[tuple[str, str], list[ledgers.Shown]] = {}
        for each in ledgers.shown(rows):
            self._rows.setdefault((each.row.chain_id, each.row.ledger), []).append(each)

    def grid(self, chain: Chain, ledger: Ledger, *, own: Iterable[str] = ()) -> Grid:
        """The rows of one list, each with its source; `own`: ids of the list's own columns to show."""
        columns = [column for column in ledger.columns if column.id in set(own)]
        head = (
            gettext("事项"), *(words.spoken(column.label) for column in columns), gettext("县（市、区）"),
            gettext("责任单位"), gettext("时限"), gettext("状态"), gettext("来源"),
        )  # fmt: skip
        cells = tuple(
            (
                each.row.title,
                *(str(each.row.values.get(column.id) or "—") for column in columns),
                each.row.county.name if each.row.county else gettext("全市"),
                each.row.organisation.name if each.row.organisation else each.row.post or gettext("未交办"),
                date_label(each.row.due) or "—",
                words.spoken(each.state.label),
                _row_source(each.row),
            )
            for each in self._rows.get((chain.pk, ledger.id), ())[:MOST]
        )
        return Grid(words.spoken(ledger.name), head, cells)


def _row_source(row: Any) -> str:
    day = date_label(row.as_of or row.confirmed_at.date())
    return f"{row.source or gettext('清单登记')} {day}"


def ten_grid(
    chain: Chain, counties: Iterable[County], labels: Callable[[str], str]
) -> tuple[Grid, list[Statement]]:
    """The ten building actions × counties with numbers of notes, and the notes: evidence with day and reporter."""
    items, progress = ledgers.ledgers().ten, ledgers.ten_of(chain)
    notes: list[Statement] = []
    rows = []
    for county in counties:
        cells = []
        for item in items:
            found = progress.get((county.pk, item.id))
            if found is None:
                cells.append(gettext("未填"))
                continue
            notes.append(
                Statement(
                    gettext("[%(n)s] %(county)s，%(item)s：%(state)s。%(evidence)s")
                    % {
                        "n": len(notes) + 1,
                        "county": county.name,
                        "item": words.spoken(item.name),
                        "state": labels(found.state),
                        "evidence": found.evidence or gettext("没有写佐证。"),
                    },
                    gettext("%(who)s填报，%(day)s") % {"who": found.by.name, "day": date_label(found.on)},
                    doubt=gettext("这一项举措是草拟，待核") if item.status == "draft" else "",
                )
            )
            cells.append(f"{labels(found.state)} [{len(notes)}]")
        rows.append((county.short_name or county.name, *cells))
    head = (
        gettext("县（市、区）"),
        *(
            words.spoken(item.name) + (gettext("（草拟）") if item.status == "draft" else "")
            for item in items
        ),
    )
    return Grid(
        gettext("十项举措按县区的进度"), head, tuple(rows), gettext("各县（市、区）和链长办填报")
    ), notes


def ten_word(state: str) -> str:
    """How far an item is, in words."""
    return {
        "done": gettext("已完成"),
        "doing": gettext("推进中"),
        "not": gettext("未开展"),
        "not_applicable": gettext("不适用"),
    }.get(state, state)
