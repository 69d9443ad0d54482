"""The one page of a chain, made of accepted facts alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext

from lianzhang.web.chains.models import Chain, ChainPlace, County
from lianzhang.web.chains.overview.counties import Counties, counties_of
from lianzhang.web.chains.overview.policy import PolicyCount, policy_of
from lianzhang.web.chains.overview.projects import Projects, projects_of
from lianzhang.web.chains.overview.scale import Scale, scale_of
from lianzhang.web.chains.overview.sentences import Sentence, sentences_of
from lianzhang.web.chains.overview.sorting import Part, newest_first, part_of
from lianzhang.web.chains.overview.titles import Titles, titles_of
from lianzhang.web.chains.overview.trade import Trade, trade_of
from lianzhang.web.chains.words import Names
from lianzhang.web.ui.figures import period_label

__all__ = ["Overview", "overview_of"]


@dataclass(frozen=True)
class Source:
    """A bulletin that facts of the page come from."""

    title: str
    published: str
    facts: int


@dataclass
class Overview:
    """Everything the page shows. Each accepted fact appears in exactly one part."""

    names: Names
    facts: int
    sources: list[Source]
    as_of: date | None
    scale: Scale
    titles: Titles
    trade: Trade
    projects: Projects
    counties: Counties
    policy: list[PolicyCount]
    rest: list[Any]
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        """Names of the parts for which nothing is on record."""
        parts = (
            (gettext("规模与增速"), self.scale.given),
            (gettext("企业称号"), self.titles.given),
            (gettext("外贸"), bool(self.trade.rows)),
            (gettext("项目"), self.projects.given),
            (gettext("举措与清单"), bool(self.policy)),
        )
        return [name for name, given in parts if not given]


def overview_of(
    chain: Chain,
    facts: Iterable[Any],
    *,
    sub_chains: Iterable[Chain],
    counties: Iterable[County],
    places: Iterable[ChainPlace],
) -> Overview:
    """Sort accepted facts into the parts of the page. Makes no query: everything needed is passed in."""
    facts, sub_chains, counties = list(facts), list(sub_chains), list(counties)
    names = Names.of(chain, sub_chains, counties)
    parts: dict[Part, list[Any]] = defaultdict(list)
    for fact in facts:
        parts[part_of(fact)].append(fact)
    chosen = counties_of(parts[Part.COUNTIES], counties=counties, places=places, names=names)
    page = Overview(
        names=names,
        facts=len(facts),
        sources=_sources(facts),
        as_of=max((fact.as_of for fact in facts if fact.as_of), default=None),
        scale=scale_of(parts[Part.SCALE]),
        titles=titles_of(parts[Part.TITLES]),
        trade=trade_of(parts[Part.TRADE], names),
        projects=projects_of(parts[Part.PROJECTS], names),
        counties=chosen,
        policy=policy_of(parts[Part.POLICY], names),
        rest=newest_first([*parts[Part.REST], *chosen.elsewhere]),
    )
    page.sentences = sentences_of(page)
    return page


def _sources(facts: list[Any]) -> list[Source]:
    """The bulletins behind the facts, in the order in which the page meets them."""
    counted: dict[Any, int] = defaultdict(int)
    documents: dict[Any, Any] = {}
    for fact in facts:
        if fact.claim_id:
            documents[fact.claim.document_id] = fact.claim.document
            counted[fact.claim.document_id] += 1
    return [
        Source(str(document), period_label(document.published), counted[key])
        for key, document in documents.items()
    ]
