"""一链一策: the plan of a chain, from facts, its maps, its lists and the counties' choices."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from lianzhang.casework import Actor
from lianzhang.casework.flow import FLOWS
from lianzhang.kernel import clock
from lianzhang.web.chains import queries as chains
from lianzhang.web.chains import words
from lianzhang.web.chains.overview import Overview, overview_of
from lianzhang.web.chains.queries import Chain
from lianzhang.web.chains.standing import Standing, standings_of
from lianzhang.web.facts import queries as facts
from lianzhang.web.ledgers import queries as ledgers
from lianzhang.web.matrix import queries as matrix
from lianzhang.web.plans import queries
from lianzhang.web.plans.composing.parts import (
    MOST,
    Lists,
    fact_statement,
    map_source,
    map_statements,
    ten_grid,
    ten_word,
)
from lianzhang.web.plans.document import Grid, Plan, Section, Statement, section
from lianzhang.web.projects import queries as projects
from lianzhang.web.ui.figures import date_label

#: Lists that speak of what is short and what is long, with the columns of their own that a plan shows.
_SHORT = ("weak_points", "technology", "problems", "suppliers")
_LONG = ("strengths", "leading")
_AHEAD = ("recruiting", "projects", "resources")


def chain_plan(actor: Actor, chain: Chain) -> Plan:
    """The plan of a chain as the actor may see it. Nothing is written that has no source."""
    page = _page(actor, chain)
    visible = [row for row in chains.visible_to(actor) if chain.pk in (row.pk, row.parent_id)]
    standings, lists = standings_of(actor, visible), Lists(actor, visible)
    parts = [_scale(page), _maps(standings), _leading(standings)]
    parts += _lists(lists, visible)
    parts += [_projects(actor, chain), _counties(actor, chain), _ten(chain), _seven(actor, chain)]
    parts.append(_tasks(lists, chain))
    return Plan(
        gettext("%(chain)s一链一策推进方案") % {"chain": words.full_name(chain) or words.name(chain)},
        (
            gettext("依据系统中截至%(day)s的数据汇编，供链长办修改") % {"day": date_label(clock.today())},
            gettext("每句话后面是来源；没有来源的内容不写，空缺处写明“没有”"),
        ),
        tuple(parts),
    )


def _page(actor: Actor, chain: Chain) -> Overview:
    visible = chains.visible_to(actor)
    subs = [row for row in visible if row.parent_id == chain.pk]
    return overview_of(
        chain,
        facts.facts_of_chain(actor, chain.pk),
        sub_chains=[row for row in visible if row.parent_id],
        counties=chains.counties(chain),
        places=chains.places_of(subs or [chain]),
    )


def _scale(page: Overview) -> Section:
    stated = [fact for series in page.scale.series for fact in series.facts[:2]]
    found = [statement for fact in stated[:10] if (statement := fact_statement(fact))]
    found += [
        statement
        for count in page.titles.counts[:10]
        if (statement := fact_statement(count.fact, count.name))
    ]
    found += [
        statement
        for row in page.trade.rows[:8]
        if (statement := fact_statement(row.fact, f"{row.firm}{row.market}{row.product}{row.measure}"))
    ]
    return section(
        gettext("基本情况"),
        gettext("还没有核实入库的数据。读入并核实通报后，这里列出规模、称号和外贸。"),
        statements=found,
    )


def _maps(standings: list[Standing]) -> Section:
    found = [statement for shown in standings for statement in map_statements(shown)]
    return section(
        gettext("图谱：缺链、短板与长板"),
        gettext("没有已发布的产业图谱，说不了缺链和长短板。"),
        statements=found,
    )


def _leading(standings: list[Standing]) -> Section:
    found = [
        Statement(
            gettext("%(chain)s：%(firms)s。")
            % {
                "chain": words.name(shown.chain),
                "firms": gettext("、").join(firm.name for firm in shown.leading),
            },
            map_source(shown),
            reverse("chains:map", args=[shown.chain.pk]),
        )
        for shown in standings
        if shown.leading
    ]
    return section(gettext("龙头企业"), gettext("图谱上没有写明龙头企业。"), statements=found)


def _lists(lists: Lists, visible: list[Chain]) -> list[Section]:
    titles = (
        (gettext("补短板"), _SHORT, gettext("短板、技术、问题和配套清单里还没有条目。")),
        (gettext("锻长板"), _LONG, gettext("长板和龙头清单里还没有条目。")),
        (gettext("招商与要素"), _AHEAD, gettext("招商、项目和资源清单里还没有条目。")),
    )
    known = {ledger.id: ledger for ledger in ledgers.ledgers().all}
    return [
        section(
            title,
            empty,
            grids=[
                _named(lists.grid(row, known[ledger]), row, several=len(visible) > 1)
                for ledger in wanted
                if ledger in known
                for row in visible
            ],
        )
        for title, wanted, empty in titles
    ]


def _named(grid: Grid, chain: Chain, *, several: bool) -> Grid:
    caption = f"{grid.caption} · {words.name(chain)}" if several else grid.caption
    return Grid(caption, grid.head, grid.rows, grid.source)


def _projects(actor: Actor, chain: Chain) -> Section:
    rows = projects.rows_of(projects.visible_to(actor).filter(chain__in=[chain.pk, *_subs(actor, chain)]))
    grid = Grid(
        gettext("在册项目"),
        (gettext("项目"), gettext("牵头单位"), gettext("阶段"), gettext("判断"), gettext("来源")),
        tuple(
            (
                row.project.title,
                row.project.lead.name if row.project.lead else gettext("未写明"),
                f"{_stage(row.project.state)} {date_label(row.project.stage_since)}",
                words.spoken(row.light.label),
                row.project.source or gettext("项目库登记"),
            )
            for row in rows[:MOST]
        ),
    )
    return section(gettext("重点项目"), gettext("项目库里没有本链的项目。"), grids=[grid])


def _stage(state: str) -> str:
    return words.spoken(FLOWS["project"].state(state).label)


def _subs(actor: Actor, chain: Chain) -> list[str]:
    return [row.pk for row in chains.visible_to(actor) if row.parent_id == chain.pk]


def _counties(actor: Actor, chain: Chain) -> Section:
    parent = queries.overall(chain)
    chosen = queries.chosen_in(parent)
    found = []
    for county in chains.every_county():
        row = chosen[county.pk].in_force if county.pk in chosen else None
        if row is None or chain.pk not in (parent.pk, row.field_id):
            continue
        found.append(
            Statement(
                gettext("%(county)s选定%(field)s。")
                % {"county": county.name, "field": words.name(row.field)},
                gettext("%(evidence)s（%(day)s），链长办%(decided)s确认")
                % {
                    "evidence": row.evidence,
                    "day": date_label(row.evidence_on),
                    "decided": date_label(row.decided_at.date()) if row.decided_at else "—",
                },
                reverse("plans:county", args=[parent.pk, county.pk]),
            )
        )
    return section(
        gettext("一县一细分领域"), gettext("还没有县（市、区）的选定经链长办确认。"), statements=found
    )


def _ten(chain: Chain) -> Section:
    grid, notes = ten_grid(queries.overall(chain), chains.every_county(), ten_word)
    if not notes:
        grid = Grid(grid.caption, grid.head, ())
    return section(
        gettext("十项举措按县区"), gettext("还没有县（市、区）填报十项举措的进度；未填不等于未开展。"),
        statements=notes, grids=[grid],
    )  # fmt: skip


def _seven(actor: Actor, chain: Chain) -> Section:
    """The seven guarantees: what projects need and how much of it has been met, with the counties concerned."""
    found = matrix.matrix_of(actor, queries.overall(chain).pk)
    rows = []
    for measure in found.seven if found else ():
        if not measure.announced:
            continue
        told = [f"{county.name}{words.spoken(cell.word)}" for county, cell in measure.cells if cell.behind]
        name = words.spoken(measure.name)
        rows.append((name, str(measure.announced), str(measure.found), gettext("；").join(told) or "—"))
    head = (gettext("保障"), gettext("需求"), gettext("已落实"), gettext("县（市、区）"))
    grid = Grid(gettext("七项保障按县区"), head, tuple(rows), gettext("项目库登记的要素需求"))
    return section(
        gettext("七项保障"), gettext("项目库里没有登记要素需求；没有登记不等于没有需要。"), grids=[grid]
    )


def _tasks(lists: Lists, chain: Chain) -> Section:
    ledger = ledgers.ledgers().get("chain_plan")
    grids = [lists.grid(chain, ledger, own=("target", "year", "measure"))] if ledger else []
    return section(
        gettext("目标与任务"),
        gettext("“一链一策”清单里还没有目标和举措；请在清单里登记，带责任单位和时限。"),
        grids=grids,
    )
