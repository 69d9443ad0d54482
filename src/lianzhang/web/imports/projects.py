"""Rows of projects: whom each is about, who reports on it, and what of it goes to the desk of projects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

import polars as pl

from lianzhang.casework import Actor, Role
from lianzhang.kernel import clock
from lianzhang.tables import Checked
from lianzhang.tables.difference import Known, canonical
from lianzhang.tables.values import reason
from lianzhang.web.chains import queries as chains
from lianzhang.web.imports import queries
from lianzhang.web.imports.firms import Firms, name_key
from lianzhang.web.imports.registry_fields import JOINT
from lianzhang.web.people.queries import directory
from lianzhang.web.projects import queries as desk
from lianzhang.web.projects.actions.take_over import Told
from lianzhang.web.registry import queries as registry

#: Words of offices for the stages of a project, the furthest first: 未开工 must not be read as 开工.
_STAGES = (
    ("in_effect", ("达效", "达产")),
    ("producing", ("投产", "运营", "试生产")),
    ("finished", ("竣工", "完工", "建成")),
    ("landed", ("未开工", "拟开工", "待开工", "落地", "拿地", "供地", "前期")),
    ("building", ("在建", "施工", "建设中", "安装", "封顶", "主体")),
    ("started", ("开工", "动工", "奠基")),
    ("signed", ("签约", "已签")),
    ("talks", ("在谈", "洽谈", "对接")),
    ("lead", ("线索",)),
)
#: Milestones that the days of a table are kept as.
MILESTONES = {"started": "开工", "finished": "竣工"}


def stage_of(words: str) -> str:
    """The stage that the words of a table mean; without clear words the first one, which claims least.

    Days prove nothing here: a column of days may hold what is planned.
    """
    return next((stage for stage, said in _STAGES if any(word in words for word in said)), "lead")


@dataclass(frozen=True, slots=True)
class Home:
    """Where a project belongs: the chain, and the unit that reports on it. Empty parts are unknown."""

    chain: str
    lead: Any


class Homes:
    """The homes of rows, as the actor may give them."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def of(self, row: Mapping[str, str | None], region: str) -> Home:
        """The home of one row; `region` is that of its builder, for rows that name no county."""
        return Home(self._chain(row.get("chain") or ""), self._lead(row.get("county") or region))

    def _chain(self, said: str) -> str:
        if not said:
            return self._usual_chain
        key = name_key(said).removesuffix("链").removesuffix("产业")
        return next((pk for name, pk in self._chains if key and key in name), "")

    def _lead(self, region: str) -> Any:
        if self.actor.role is Role.county_officer:
            return self._own
        return self._counties.get(region) or self._own

    @cached_property
    def _chains(self) -> list[tuple[str, str]]:
        return [(name_key(chain.name), chain.pk) for chain in chains.visible_to(self.actor)]

    @cached_property
    def _usual_chain(self) -> str:
        main, seen = chains.main_chain(), [pk for _, pk in self._chains]
        return main if main in seen else next(iter(seen), "")

    @cached_property
    def _counties(self) -> dict[str, Any]:
        return {row.region_code: row for row in directory("county").order_by("-pk")}

    @cached_property
    def _own(self) -> Any:
        """The actor's own unit; for somebody without one, the office of the chain."""
        units = directory("county", "department", "chain_office")
        if self.actor.organisation_id:
            return units.filter(pk=self.actor.organisation_id).first()
        return units.filter(kind="chain_office").order_by("pk").first()


class KnownProjects(Known):
    """Rows about projects: known by the project's code, by name and builder, or by a name the desk has."""

    def __init__(self, actor: Actor, firms: Firms) -> None:
        self.firms = firms
        self.projects = queries.projects()
        running = desk.visible_to(actor).exclude(state__in=("closed", "ended"))
        self.by_title: dict[str, list[Any]] = {}
        for row in running.prefetch_related("milestones", "promises"):
            self.by_title.setdefault(name_key(row.title), []).append(row)

    def match(self, rows: pl.DataFrame) -> pl.DataFrame:
        """`row`, `known`, `like`, `firm` (the builder, where the registry has it), `identity`, `project`."""
        found = self.firms.match(rows, answered=False).select("row", pl.col("known").alias("firm"))
        joined = rows.join(found, on="row", how="left", maintain_order="left")
        identities, known, projects = [], [], []
        for row in joined.iter_rows(named=True):
            title = name_key(row["project"] or "")
            names = JOINT.join((title, row["firm"] or name_key(row.get("name") or "")))
            identity = row.get("project_code") or names
            at_desk = self.by_title.get(title, ())
            there = identity in self.projects or len(at_desk) == 1
            imported = self.projects.get(identity, {}).get("", "")
            identities.append(identity)
            known.append(identity if there else None)
            projects.append(imported or (str(at_desk[0].pk) if len(at_desk) == 1 else None))
            if there and identity not in self.projects:
                self.projects[identity] = _values(at_desk[0])
        text = pl.String
        return joined.select("row", "firm").with_columns(
            pl.Series("known", known, dtype=text),
            pl.Series("identity", identities, dtype=text),
            pl.Series("project_id", projects, dtype=text),
            pl.lit("").alias("like"),
        )

    def values(self, ids: pl.Series, keys: list[str]) -> pl.DataFrame:
        """The present values of these projects."""
        rows = [{"known": pk, **{key: self.projects[pk].get(key) for key in keys}} for pk in ids]
        return pl.DataFrame(rows, schema=dict.fromkeys(("known", *keys), pl.String))


def _values(project: Any) -> dict[str, str]:
    """What the desk knows of a project that no table brought, in the words of a table."""
    days = {one.name: one.done or one.due for one in project.milestones.all()}
    said = {field: days[name].isoformat() for field, name in MILESTONES.items() if name in days}
    money = next((one for one in project.promises.all() if one.measure == "investment"), None)
    if money is not None and money.unit == "万元":
        said["investment"] = _digits(money.promised)
        said |= {"invested": _digits(money.actual)} if money.actual is not None else {}
    said |= {"content": project.summary} if project.summary else {}
    return {**said, "project": project.title, "county": project.region_code}


def _digits(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def regions_of_builders(found: pl.DataFrame) -> dict[int, str]:
    """By row the county of the builder that the registry has."""
    firms = dict(found.drop_nulls("firm").select("row", "firm").rows())
    stored = registry.stored(firms.values())
    return {row: stored[firm].region for row, firm in firms.items() if firm in stored}


def refuse_homeless(actor: Actor, checked: Checked, known: KnownProjects) -> None:
    """Rows of which nobody could say who reports on them, or on which chain they are."""
    good, homes = canonical(checked.good), Homes(actor)
    regions = regions_of_builders(known.match(good))
    chainless, leaderless = [], []
    for row in good.iter_rows(named=True):
        home = homes.of(row, regions.get(row["row"], ""))
        if not home.chain:
            chainless.append(row["row"])
        elif home.lead is None:
            leaderless.append(row["row"])
    checked.refuse_rows(
        chainless,
        "chain" if "chain" in good.columns else "project",
        reason(
            "unknown_chain",
            "没有这条产业链，或您不能往这条链登记项目；请核对产业链名称。",
            "There is no such chain, or you may not register projects on it; check its name.",
        ),
    )
    checked.refuse_rows(
        leaderless,
        "county" if "county" in good.columns else "project",
        reason(
            "no_reporter",
            "不知道由哪个县（市、区）或部门报进展；请写明所在县（市、区）。",
            "Nobody can tell which county or department reports on it; name its county.",
        ),
    )


def told_of(row: Mapping[str, Any], home: Home, *, source: str, as_of: date | None) -> Told:
    """One row as the desk of projects takes it over."""
    days = {name: date.fromisoformat(row[field]) for field, name in MILESTONES.items() if row.get(field)}
    words = row.get("stage") or ""
    return Told(
        title=row["project"],
        source=(row.get("source") or source)[:200],
        as_of=min(as_of or clock.today(), clock.today()),
        chain=home.chain,
        lead=home.lead,
        stage=stage_of(words),
        summary="\n".join(text for text in (row.get("content"), words and f"进展：{words}") if text),
        milestones=days,
        investment=_number(row.get("investment")),
        invested=_number(row.get("invested")),
    )


def project_of(text: str | None) -> UUID | None:
    """The id of a project of the desk; None for a new one."""
    return UUID(text) if text else None


def _number(text: str | None) -> Decimal | None:
    """The number of `over 3000` is 3000."""
    return Decimal(text.rpartition(" ")[2]) if text else None
