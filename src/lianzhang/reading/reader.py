"""The way of a document: bytes → text → reading copy → drafts → claims."""

from __future__ import annotations

from lianzhang.kernel import Period
from lianzhang.reading.claims import to_claims
from lianzhang.reading.contradictions import check
from lianzhang.reading.document import SourceDocument, open_document
from lianzhang.reading.grammar import Grammar
from lianzhang.reading.lexicon import lexicon_of
from lianzhang.reading.mojibake import find_damage
from lianzhang.reading.periods import Calendar, dateline, latest_year, publication_date
from lianzhang.reading.reading import DocumentReading, Reading
from lianzhang.reading.repair import clean


def read(
    source: bytes | str | SourceDocument,
    *,
    name: str | None = None,
    published: Period | str | None = None,
    pack: str = "liaocheng",
) -> Reading:
    """Read one document into claims.

    `source` is the file's bytes, pasted text, or a document opened elsewhere; `published` the date
    of publication (`2025-08-15`, or as much of it as is known). Without it the document's own date
    is used. Raises `UnreadableDocument` for what is no text, `PeriodError` for a malformed date.
    """
    document = source if isinstance(source, SourceDocument) else open_document(source, name=name)
    copy = clean(document.text)
    damaged = find_damage(document.text)
    when = Period.parse(published) if isinstance(published, str) and published.strip() else None
    if isinstance(published, Period):
        when = published
    when = when or document.published_hint or publication_date(copy.text) or dateline(copy.text)
    lexicon = lexicon_of(pack)
    periods = Calendar(when or latest_year(copy.text), guessed=when is None).find(copy.text)
    grammar = Grammar(copy.text, lexicon, periods, when)
    claims = to_claims(grammar.drafts(), copy, damaged, lexicon)
    claims, contradictions = check(copy.text, claims)
    return Reading(
        DocumentReading(
            text=document.text,
            name=document.name or "",
            title=document.title or "",
            format=document.format,
            encoding=document.encoding,
            published=when,
            script=copy.script,
            damaged=damaged,
            clean=copy,
        ),
        claims,
        contradictions,
    )
