"""一县一细分领域: the plan of one county, from its choice, the numbers, its firms, lists and the ten."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from lianzhang.casework import Actor, may_ever
from lianzhang.chain import Mark
from lianzhang.kernel import clock
from lianzhang.metrics import share_interval
from lianzhang.web.chains import queries as chains
from lianzhang.web.chains import words
from lianzhang.web.chains.queries import Chain, County
from lianzhang.web.chains.standing import Standing, standing_of
from lianzhang.web.ledgers import queries as ledgers
from lianzhang.web.outages.fields import Fields, Row
from lianzhang.web.plans import queries
from lianzhang.web.plans.composing.parts import Lists, map_source, ten_grid, ten_word
from lianzhang.web.plans.document import Grid, Plan, Section, Statement, section
from lianzhang.web.ui.figures import date_label

_LISTS = ("weak_points", "strengths", "projects", "recruiting", "problems", "resources")


def county_plan(actor: Actor, chain: Chain, county: County, measured: Fields | None) -> Plan:
    """The plan of a county within an overall chain; `measured`: the numbers, None while there are too few firms."""
    row = next((row for row in measured.rows if row.county.pk == county.pk), None) if measured else None
    chosen = queries.chosen_in(chain).get(county.pk)
    field = chosen.in_force.field if chosen and chosen.in_force else None
    shown = standing_of(actor, field) if field else None
    known = {ledger.id: ledger for ledger in ledgers.ledgers().all}
    wanted = [chain, *([field] if field else [])]
    lists = Lists(actor, wanted, county=county)
    return Plan(
        gettext("%(county)s%(field)s推进方案")
        % {"county": county.name, "field": words.name(field) if field else gettext("细分领域")},
        (
            gettext("依据系统中截至%(day)s的数据汇编，供县（市、区）修改") % {"day": date_label(clock.today())},
            gettext("每句话后面是来源；没有来源的内容不写，空缺处写明“没有”"),
        ),
        (
            _choice(chain, county),
            section(
                gettext("数据怎么看"),
                gettext("落在图谱上的企业太少，算不出可信的数。"),
                statements=numbers(actor, row, chain, measured.firms) if row and measured else (),
            ),
            _on_map(shown, county),
            section(
                gettext("本县清单"), gettext("各清单里还没有本县的条目。"),
                grids=[
                    lists.grid(each, known[name])
                    for name in _LISTS if name in known for each in wanted
                ],
            ),
            _ten(chain, county),
            section(
                gettext("目标与任务"), gettext("“县区推进方案”清单里还没有本县的目标和举措；请在清单里登记。"),
                grids=[
                    lists.grid(each, known["county_plan"], own=("target", "year", "measure"))
                    for each in wanted if "county_plan" in known
                ],
            ),
        ),
    )  # fmt: skip


def _choice(chain: Chain, county: County) -> Section:
    words_of = {"confirmed": gettext("选定"), "proposed": gettext("上报（待链长办确认）")}
    found = [
        Statement(
            gettext("%(day)s%(state)s：%(field)s。%(reason)s")
            % {
                "day": date_label((row.decided_at or row.proposed_at).date()),
                "state": words_of[row.state],
                "field": words.name(row.field),
                "reason": gettext("理由：%(reason)s") % {"reason": row.reason} if row.reason else "",
            },
            gettext("%(evidence)s（%(day)s），%(who)s上报")
            % {"evidence": row.evidence, "day": date_label(row.evidence_on), "who": row.proposed_by.name},
            reverse("plans:county", args=[chain.pk, county.pk]),
        )
        for row in queries.history_of(chain, county)
        if row.state in words_of
    ]
    remarks = [
        choice for choice in chains.choices_of(chain) if choice.county_id == county.pk and choice.sub_field
    ]
    found += [
        Statement(
            gettext("公开材料提到的领域：%(field)s。") % {"field": choice.sub_field},
            choice.source or gettext("数据包"),
            doubt=choice.doubt_en if words.is_english() else choice.doubt,
        )
        for choice in remarks
    ]
    return section(gettext("选定的细分领域"), gettext("本县还没有上报选定的细分领域。"), statements=found)


def _interval(row: Row, firms: int, quotient: float) -> tuple[float, float]:
    """What so few firms leave open of a location quotient."""
    total = sum(cell.firms for cell in row.cells)
    low, high = share_interval(firms, total)
    return float(low) * quotient * total / firms, float(high) * quotient * total / firms


def _doubt(firms: int, low: float, high: float) -> str:
    if firms < 3:
        return gettext("企业太少，不宜称专业化")
    return gettext("区间含1，还不能断定比全市更集中或更分散") if low <= 1 <= high else ""


def numbers(actor: Actor, row: Row, chain: Chain, firms: int) -> list[Statement]:
    """What the numbers say about a county: where it is concentrated, what lies near, with how many firms."""
    source = gettext("按落在图谱上的%(n)s家企业的家数计算") % {"n": firms}
    may_open = may_ever(actor, "metric.see").allowed
    href = reverse("outages:fields", args=[chain.pk]) if may_open else ""
    found = [
        Statement(
            gettext("%(field)s：%(firms)s家企业，区位商%(lq)s（95%%区间%(low)s至%(high)s）。")
            % {
                "field": words.name(cell.chain), "firms": cell.firms, "lq": f"{cell.quotient:.2f}",
                "low": f"{low:.2f}", "high": f"{high:.2f}",
            },
            source,
            href,
            _doubt(cell.firms, low, high),
        )
        for cell in sorted(row.cells, key=lambda cell: -(cell.quotient or 0))
        if cell.firms and cell.quotient is not None
        for low, high in [_interval(row, cell.firms, cell.quotient)]
    ]  # fmt: skip
    if row.near is not None and row.score is not None:
        parts = {"density": gettext("关联密度"), "complexity": gettext("领域复杂度")}
        why = gettext("，").join(f"{parts[name]}{value:.2f}" for name, value in row.parts)
        found.append(
            Statement(
                gettext("近旁可发展：%(field)s（得分%(score)s：%(why)s）。")
                % {"field": words.name(row.near), "score": f"{row.score:.2f}", "why": why},
                source,
                href,
                gettext("模型建议，只供参考"),
            )
        )
    return found


def _on_map(shown: Standing | None, county: County) -> Section:
    empty = gettext("选定经确认、图谱已发布之后，这里列出本县在图谱上的企业和空缺环节。")
    if shown is None:
        return section(gettext("本县在图谱上"), empty)
    source = map_source(shown)
    present = []
    for node in shown.map:
        here = [firm for firm in shown.coverage.nodes[node.id].firms if firm.county == county.pk]
        if here:
            named = [firm.name for firm in here if shown.may_name(firm)]
            present.append((words.spoken(node.name), str(len(here)), gettext("、").join(named) or "—"))
    gaps = [words.spoken(shown.map.by_id[each.node].name) for each in shown.coverage.marked(Mark.gap)]
    told = [
        Statement(
            gettext("全市都没有企业的环节（可招商）：%(nodes)s。") % {"nodes": gettext("、").join(gaps)},
            source,
            reverse("chains:map", args=[shown.chain.pk]),
        )
    ]
    grid = Grid(
        gettext("本县有企业的环节"),
        (gettext("环节"), gettext("企业数"), gettext("企业")),
        tuple(present),
        source,
    )
    return section(gettext("本县在图谱上"), empty, statements=told if gaps else (), grids=[grid])


def _ten(chain: Chain, county: County) -> Section:
    _, notes = ten_grid(chain, [county], ten_word)
    return section(
        gettext("十项举措"), gettext("本县还没有填报十项举措的进度；未填不等于未开展。"), statements=notes
    )
