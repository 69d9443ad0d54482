"""Read a received bulletin into claims. The reading happens outside any transaction; storing it is one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from lianzhang.casework import PROGRAM
from lianzhang.kernel import Claim as ReadClaim
from lianzhang.kernel import LianzhangError, Text, UnreadableDocument, clock
from lianzhang.web.bulletins import background, originals
from lianzhang.web.bulletins.actions.receive import PASTED
from lianzhang.web.bulletins.models import Claim, Document
from lianzhang.web.journal.actions.record import record

if TYPE_CHECKING:
    from lianzhang.reading import Reading

#: A document that stopped the program this often is not tried again by itself.
TRIES = 3
#: More statements than any bulletin has; a desk with more would serve nobody.
MOST_CLAIMS = 2000
#: Longer than any reading may take; a document read for longer was left behind by a stopped process.
PATIENCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class _Try:
    """One try at reading: what it needs, and the number by which its result is recognised."""

    document_id: UUID
    number: int
    name: str
    sha256: str
    published: str
    pasted: bool


def read_now(document_id: UUID) -> Document:
    """Read a waiting document and return it in its new state: `review`, or `failed` with the reason.

    Does nothing to a document that is not waiting to be read.
    """
    attempt = _begin(document_id)
    if attempt is not None:
        try:
            reading = _read(attempt)
        except LianzhangError as error:
            _store_failure(attempt, what=error.what, remedy=error.remedy)
        except Exception:
            _store_failure(attempt, what=_DEFEATED.what, remedy=_DEFEATED.remedy)
            raise
        else:
            _store(attempt, reading)
    return Document.objects.select_related("chain").get(pk=document_id)


def resume() -> int:
    """Queue every document that a stopped process left unread; returns how many. Called at each start."""
    waiting = Document.objects.filter(state__in=[Document.State.RECEIVED, Document.State.READING])
    ids = list(waiting.order_by("created").values_list("pk", flat=True))
    for document_id in ids:
        background.enqueue(document_id)
    return len(ids)


def is_left_behind(document: Document) -> bool:
    """Whether no process seems to be reading the document any more."""
    if document.state == Document.State.RECEIVED:
        return not background.is_known(document.pk)
    since = document.reading_since or document.created
    return (
        document.state == Document.State.READING
        and not background.is_known(document.pk)
        and clock.now() - since > PATIENCE
    )


def _begin(document_id: UUID) -> _Try | None:
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=document_id)
        if document.state not in (Document.State.RECEIVED, Document.State.READING):
            return None
        if document.attempt >= TRIES:
            _fail(document, what=_INTERRUPTED.what, remedy=_INTERRUPTED.remedy)
            return None
        document.state = Document.State.READING
        document.attempt += 1
        document.reading_since = clock.now()
        document.save(update_fields=["state", "attempt", "reading_since"])
        return _Try(
            document_id=document.pk,
            number=document.attempt,
            name=document.name,
            sha256=document.sha256,
            published=document.published if document.published_given else "",
            pasted=document.format == PASTED,
        )


def _read(attempt: _Try) -> Reading:
    # The reader's dictionaries are loaded by whoever reads, not by every process that serves a page.
    from lianzhang.reading import read
    from lianzhang.reading.sandbox import read_document_safely

    content = originals.fetch(attempt.sha256)
    source = content.decode("utf-8") if attempt.pasted else read_document_safely(content, name=attempt.name)
    reading = read(source, name=attempt.name, published=attempt.published)
    if len(reading.claims) > MOST_CLAIMS:
        raise _too_many(len(reading.claims))
    return reading


@transaction.atomic
def _store(attempt: _Try, reading: Reading) -> None:
    document = _still_ours(attempt)
    if document is None:
        return
    found = reading.document
    document.encoding, document.format, document.script = found.encoding, found.format, found.script
    document.title = found.title[:300]
    document.published = str(found.published) if found.published else ""
    document.text = found.text
    document.damaged = [
        {
            "start": damage.start,
            "end": damage.end,
            "text": damage.text,
            "reason": both(damage.reason),
            "suggestion": damage.suggestion,
        }
        for damage in found.damaged
    ]
    document.contradictions = [
        {"what": both(item.what), "claims": list(item.claims)} for item in reading.contradictions
    ]
    document.failure = None
    document.state = Document.State.REVIEW
    document.save()
    document.claims.all().delete()
    Claim.objects.bulk_create(_rows(document, reading.claims))
    record(
        PROGRAM,
        "bulletin.read",
        f"bulletin:{document.pk}",
        after={"claims": len(reading.claims), "damaged": len(found.damaged), "published": document.published},
    )


@transaction.atomic
def _store_failure(attempt: _Try, *, what: Text, remedy: Text | None) -> None:
    document = _still_ours(attempt)
    if document is not None:
        _fail(document, what=what, remedy=remedy)


def _fail(document: Document, *, what: Text, remedy: Text | None) -> None:
    """Set the failure and nothing else; must run in the caller's transaction."""
    document.failure = {"what": both(what), "remedy": both(remedy) if remedy else None}
    document.state = Document.State.FAILED
    document.save(update_fields=["failure", "state"])
    record(PROGRAM, "bulletin.read", f"bulletin:{document.pk}", after={"failure": what.zh}, result="failed")


def _still_ours(attempt: _Try) -> Document | None:
    """The document, locked, if this try is the latest one; another may have begun after a long silence."""
    document = Document.objects.select_for_update().get(pk=attempt.document_id)
    ours = document.state == Document.State.READING and document.attempt == attempt.number
    return document if ours else None


def _rows(document: Document, claims: Iterable[ReadClaim]) -> Iterable[Claim]:
    for ordinal, claim in enumerate(claims):
        yield Claim(document=document, ordinal=ordinal, **columns(claim))


def columns(claim: ReadClaim) -> dict[str, Any]:
    """A claim of the core as columns."""
    quantity, change = claim.quantity, claim.change
    return {
        "subject": claim.subject[:200],
        "subject_hint": claim.subject_hint[:200],
        "indicator": claim.indicator[:200],
        "kind": claim.kind.value,
        "value": quantity.value if quantity else None,
        "low": quantity.low if quantity else None,
        "high": quantity.high if quantity else None,
        "unit": quantity.unit if quantity else claim.unit_hint,
        "qualifier": quantity.qualifier.value if quantity else "",
        "change_pct": change.pct if change else None,
        "change_low": change.low if change else None,
        "change_high": change.high if change else None,
        "change_qualifier": change.qualifier.value if change else "",
        "change_base": change.base if change else "",
        "period": str(claim.period) if claim.period else "",
        "title": claim.title[:200],
        "level": claim.level[:40],
        "batch": claim.batch[:40],
        "planned": claim.planned,
        "project": claim.project[:200],
        "sub_field": claim.sub_field[:100],
        "scope": claim.scope[:200],
        "found": claim.found,
        "damaged": claim.damaged,
        "reason": both(claim.reason) if claim.reason else None,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "quote": claim.evidence.quote,
        "mentions": [[place.start, place.end] for place in claim.mentions],
        "certainty": claim.certainty.value,
        "doubts": [both(doubt) for doubt in claim.doubts],
    }


def both(text: Text) -> dict[str, str]:
    """A sentence as JSON keeps it."""
    return {"zh": text.zh, "en": text.en}


def _too_many(count: int) -> UnreadableDocument:
    return UnreadableDocument(
        Text(
            f"从中读出{count}条，超过一份通报的上限{MOST_CLAIMS}条。",
            f"It makes {count} statements; the limit for one bulletin is {MOST_CLAIMS}.",
        ),
        Text("请按章节拆成几份上传。", "Split it by chapters into several files."),
    )


_DEFEATED = UnreadableDocument(
    Text("识读时程序出错，没有保存任何读数。", "The program failed while reading; no claims were stored."),
    Text(
        "原件已存档。请再试一次；仍不行时粘贴正文，并把编号告诉管理员。",
        "The original is kept. Try again; if it fails again, paste the text and tell the administrator.",
    ),
)
_INTERRUPTED = UnreadableDocument(
    Text(
        f"识读{TRIES}次都中断了，没有保存任何读数。",
        f"Reading was interrupted {TRIES} times; no claims were stored.",
    ),
    Text(
        "原件已存档。请粘贴正文，或换一种格式上传。",
        "The original is kept. Paste the text, or upload it in another format.",
    ),
)
