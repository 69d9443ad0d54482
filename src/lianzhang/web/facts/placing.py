"""Where a statement belongs: what its subject is, which county and which sub-field chain it speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings

from lianzhang.kernel.pack import open_pack
from lianzhang.kernel.regions import Region, Regions
from lianzhang.web.chains import queries as chains
from lianzhang.web.facts.kinds import SubjectKind
from lianzhang.web.registry.resolving import enterprise_of

_INDUSTRY_ENDING = re.compile("(?:产业链|产业集群|产业带|产业|集群|行业|链)$")
#: Words that stand for the chain of the bulletin itself.
_CHAIN_WORDS = frozenset({"产业链", "全链", "全产业链", "该产业链", "全行业"})


@dataclass(frozen=True, slots=True)
class Place:
    """What a subject is, and where."""

    subject_kind: str
    region_code: str
    field_chain_id: str | None


@dataclass(frozen=True, slots=True)
class Places:
    """Everything needed to place the statements of one chain, asked from the database once."""

    core: str
    names: frozenset[str]
    fields: dict[str, str] = field(default_factory=dict)
    #: Enterprises found so far, by subject and bulletin.
    firms: dict[tuple[str, Any], str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, chain: Any) -> Places:
        """For the statements of bulletins on `chain`."""
        fields = {_core(sub.name): sub.pk for sub in chain.sub_chains.all()}
        for choice in chains.choices_of(chain):
            if choice.sub_field and choice.field_chain_id:
                fields.setdefault(_core(choice.sub_field), choice.field_chain_id)
        return cls(_core(chain.name), frozenset({chain.name, chain.full_name}), fields)

    def place(self, subject: str, *, sub_field: str = "") -> Place:
        """Where a statement about `subject` belongs. What nobody knows is `other` in the whole city."""
        region = _regions(settings.LIANZHANG_PACK).by_name(subject)
        core = _core(subject)
        field_chain = self.fields.get(_core(sub_field)) if sub_field else self.fields.get(core)
        code = region.code if region and region.code else _jurisdiction(settings.LIANZHANG_PACK)
        return Place(self._kind(subject, core, region), code, field_chain)

    def enterprise(self, subject: str, kind: str, *, document: Any, published: str = "") -> str | None:
        """The id of the enterprise that a subject of this kind surely is; None where that is not sure.

        `published` is the period in which the bulletin came out, where that is known.
        """
        if kind not in (SubjectKind.ENTERPRISE, SubjectKind.OTHER):
            return None
        if (subject, document) not in self.firms:
            self.firms[subject, document] = enterprise_of(subject, document=document, published=published)
        return self.firms[subject, document]

    def _kind(self, subject: str, core: str, region: Region | None) -> str:
        if subject in self.names or core == self.core or subject in _CHAIN_WORDS:
            return SubjectKind.CHAIN
        if region is not None:
            return SubjectKind.CITY if region.level == "city" else SubjectKind.COUNTY
        if core in self.fields and core != subject:
            return SubjectKind.SUB_CHAIN
        firms, offices = _endings(settings.LIANZHANG_PACK)
        # Offices first: 激光研究院 ends like an office, 时风集团 like a firm, and neither like both.
        if subject.endswith(offices):
            return SubjectKind.OFFICE
        return SubjectKind.ENTERPRISE if subject.endswith(firms) else SubjectKind.OTHER


def names_firm(subject: str) -> bool:
    """Whether a subject is called as enterprises are, and not as offices or places."""
    firms, offices = _endings(settings.LIANZHANG_PACK)
    known = _regions(settings.LIANZHANG_PACK).by_name(subject) is not None
    return not known and not subject.endswith(offices) and subject.endswith(firms)


def _core(name: str) -> str:
    """A name without the city in front and without 产业链, 产业 … behind: 聊城市装备制造产业 is 装备制造."""
    city = _city(settings.LIANZHANG_PACK)
    for front in (*city, "全市", "我市"):
        name = name.removeprefix(front)
    return _INDUSTRY_ENDING.sub("", name)


@lru_cache(maxsize=4)
def _regions(pack_id: str) -> Regions:
    return Regions.from_pack(open_pack(pack_id))


@lru_cache(maxsize=4)
def _jurisdiction(pack_id: str) -> str:
    return str(open_pack(pack_id).read_yaml("pack.yaml")["jurisdiction"])


@lru_cache(maxsize=4)
def _city(pack_id: str) -> tuple[str, ...]:
    region = _regions(pack_id).by_code(_jurisdiction(pack_id))
    if region is None:
        return ()
    return tuple(sorted({region.name, *region.short_names}, key=len, reverse=True))


@lru_cache(maxsize=4)
def _endings(pack_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Endings of names of firms and of offices, from the pack's lexicon."""
    endings = open_pack(pack_id).read_yaml("lexicon/words.yaml")["entity_endings"]
    return (*endings["company"], *endings["trade"]), tuple(endings["organ"])
