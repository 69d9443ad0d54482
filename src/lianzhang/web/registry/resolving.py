"""Which enterprise a name means: what people confirmed, else what the names themselves say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Q

from lianzhang.kernel import Period
from lianzhang.naming import (
    Borne,
    Listed,
    NameIndex,
    Outcome,
    Reason,
    Resolution,
    borne_on,
    duplicates,
    places_of_pack,
    resolve,
    resolve_all,
)
from lianzhang.naming.scorers import LATEST
from lianzhang.web.registry import queries
from lianzhang.web.registry.models import Enterprise, EnterpriseName, Judgement, Recording, SubjectLink
from lianzhang.web.registry.search_keys import sound_of

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a subject was found to be. `enterprise` is None unless linked; `confirmed` when a person said so."""

    subject: str
    outcome: str
    enterprise: Enterprise | None = None
    candidates: tuple[tuple[Enterprise, str], ...] = ()
    confirmed: Any = None
    why: str = ""


class _Kept:
    """The index of names of this process, made again when the registry has changed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stamp: Any = None
        self._index: NameIndex | None = None
        self._pairs: list[Any] | None = None

    def index(self) -> NameIndex:
        """The index of all enterprises as they are now."""
        stamp = _stamp()
        with self._lock:
            if self._index is None or self._stamp != stamp:
                self._index = NameIndex.of(listed(), places=places_of_pack(settings.LIANZHANG_PACK))
                self._stamp, self._pairs = stamp, None
            return self._index

    def pairs(self) -> list[Any]:
        """Pairs whose names agree, most alike first, whatever was judged."""
        index = self.index()
        with self._lock:
            if self._pairs is None or index is not self._index:
                self._pairs = duplicates(index, at_least=LATEST.ask)
            return self._pairs


_kept = _Kept()


def name_index() -> NameIndex:
    """The index of all names in the registry; made once and kept until something is written."""
    return _kept.index()


def alike_pairs() -> list[Any]:
    """Pairs of enterprises whose names agree (`naming.Duplicate`), most alike first."""
    return _kept.pairs()


def _stamp() -> tuple[Any, ...]:
    """What changes whenever a name may have come or gone."""
    rows = Recording.objects.aggregate(last=Max("pk"), come=Max("recorded_at"), gone=Max("withdrawn_at"))
    judged = Judgement.objects.aggregate(last=Max("pk"), at=Max("at"))
    return (*rows.values(), *judged.values())


def listed() -> list[Listed]:
    """Every enterprise with all its names, as the index takes it in."""
    return [
        Listed(
            id=row["id"],
            name=row["name"],
            former=tuple(row["former_names"]),
            short=tuple(row["short_names"]),
            english=tuple(row["english_names"]),
            county=row["region"] or "",
        )
        for row in queries.index_rows()
    ]


def resolved(
    subject: str, *, document: UUID | None = None, published: str = "", language: str = "zh"
) -> Resolved:
    """Which enterprise the words mean in a bulletin; a person's word comes before the program's.

    `published` is the text form of the period in which it came out: of several that are called so, the one that
    bore the name then is meant.
    """
    found = resolved_all([subject], document=document, published=published, language=language)
    return found.get(subject) or Resolved(subject, str(Outcome.NONE))


def resolved_all(
    subjects: Iterable[str], *, document: UUID | None = None, published: str = "", language: str = "zh"
) -> dict[str, Resolved]:
    """The same for many subjects, with few questions to the database."""
    wanted = [subject for subject in dict.fromkeys(subjects) if subject]
    if not wanted or not queries.every().exists():
        return {subject: Resolved(subject, str(Outcome.NONE)) for subject in wanted}
    links = _confirmed(wanted, document)
    index = name_index()
    found = {subject: resolve(subject, index) for subject in wanted if subject not in links}
    if published:
        found = _of_that_time(found, Period.parse(published))
    ids = {one.enterprise for resolution in found.values() for one in resolution.candidates}
    ids |= {link.enterprise_id for link in links.values() if link.enterprise_id}
    rows = _heads(ids)
    answers = {}
    for subject in wanted:
        if (link := links.get(subject)) is not None:
            row = rows.get(link.enterprise_id or "")
            outcome = Outcome.LINKED if row else Outcome.NONE
            answers[subject] = Resolved(subject, str(outcome), row, confirmed=link)
        else:
            answers[subject] = _answer(found[subject], rows, language)
    return answers


def _of_that_time(found: dict[str, Resolution], period: Period) -> dict[str, Resolution]:
    """What the words mean in this period: who bore the name then, where several are called so."""
    doubtful = {
        one.enterprise
        for resolution in found.values()
        if resolution.outcome is Outcome.AMBIGUOUS
        for one in resolution.candidates
    }
    names = borne_names(doubtful)
    return {subject: borne_on(one, names, period.start, period.end) for subject, one in found.items()}


def borne_names(enterprises: Iterable[str]) -> list[Borne]:
    """Every name of these enterprises with its days. Who gave up a name took the present one the day after."""
    rows = EnterpriseName.objects.filter(**queries.STANDING).order_by("pk")
    of_firm = queries.by_head(queries.of_heads(rows, enterprises).select_related("enterprise"))
    found = []
    for head, names in of_firm.items():
        given_up = [row.ends for row in names if row.ends is not None and row.enterprise_id == head]
        for row in names:
            starts = row.starts
            if (
                row.kind == EnterpriseName.Kind.REGISTERED
                and starts is None
                and row.ends is None
                and given_up
            ):
                starts = max(given_up) + timedelta(days=1)
            found.append(Borne(head, row.name, starts, row.ends))
    return found


def _answer(found: Resolution, rows: Mapping[str, Enterprise], language: str) -> Resolved:
    def said(reasons: Iterable[Reason]) -> str:
        return ("; " if language == "en" else "；").join(reason.text.say(language) for reason in reasons)

    candidates = tuple(
        (rows[one.enterprise], said(one.reasons)) for one in found.candidates if one.enterprise in rows
    )
    enterprise = rows.get(found.enterprise)
    return Resolved(found.mention, str(found.outcome), enterprise, candidates, why=said(found.reasons))


def _confirmed(subjects: list[str], document: UUID | None) -> dict[str, SubjectLink]:
    """What people last said these words mean: in this bulletin, else everywhere."""
    rows = SubjectLink.objects.select_related("by").filter(subject__in=subjects).order_by("pk")
    said = {row.subject: row for row in rows if row.document is None}
    return said | {row.subject: row for row in rows if document is not None and row.document == document}


def _heads(ids: Iterable[str]) -> dict[str, Enterprise]:
    """Enterprises in force by id; an alias gives the enterprise it is merged into."""
    rows = Enterprise.objects.select_related("merged_into").filter(pk__in=list(ids), **queries.IN_FORCE)
    return {row.pk: row.merged_into or row for row in rows}


def meant_by(names: list[str]) -> dict[str, tuple[str | None, tuple[str, ...]]]:
    """For each name of a table the enterprise it surely means, or None, and the ids of all that fit."""
    if not names or not queries.every().exists():
        return dict.fromkeys(names, (None, ()))
    found = resolve_all(names, name_index())
    return {
        one.mention: (one.enterprise or None, tuple(candidate.enterprise for candidate in one.candidates))
        for one in found
    }


def enterprise_of(subject: str, *, document: UUID | None = None, published: str = "") -> str | None:
    """The id of the enterprise that the words surely mean; None where that is not sure."""
    found = resolved(subject, document=document, published=published)
    return found.enterprise.pk if found.enterprise is not None else None


def alike(name: str, *, credit_code: str = "") -> list[Enterprise]:
    """Enterprises that a new one of this name may be: the same code, the same sound, or agreeing names."""
    ids = [one.enterprise for one in resolve(name, name_index()).candidates[:_SHOWN]]
    sound = sound_of(name)
    fitting = Q(pk__in=ids) | (Q(search__contains=sound) if sound else Q())
    if credit_code:
        fitting |= Q(credit_code=credit_code)
    return list(queries.every().filter(fitting).order_by("search")[:_SHOWN])
