"""Receive a bulletin: keep its bytes, note who brought it, and have it read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from lianzhang.casework import Actor, Subject
from lianzhang.kernel import Period, Text, UnreadableDocument
from lianzhang.web.bulletins import background, originals
from lianzhang.web.bulletins.models import Document
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for

#: Bytes of one bulletin; what is larger is not a bulletin.
LARGEST = 20 * 2**20
#: `Document.format` of text that came through the form and not as a file.
PASTED = "pasted"
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Received:
    """The document, and whether it had been there before."""

    document: Document
    was_there: bool


def receive(
    actor: Actor,
    content: bytes,
    *,
    name: str,
    chain: Any,
    published: Period | None = None,
    form_key: UUID | None = None,
    pasted: bool = False,
    in_background: bool = True,
) -> Received:
    """Take in the bytes of one bulletin about `chain`.

    The same bytes give the document that is there already. `form_key` becomes the new document's id, so
    that a form sent twice is told apart from a file brought twice. Raises UnreadableDocument for what is
    empty or too large, and stores nothing then.
    """
    in_charge = chain.pk if chain.pk in actor.chains else chain.parent_id or chain.pk
    require_for(actor, "bulletin.upload", Subject(kind="bulletin", chain=in_charge))
    refuse_unfit(len(content))
    sha256 = originals.digest(content)
    before = _same(chain, sha256)
    if before is not None:
        return Received(before, was_there=before.pk != form_key)
    originals.keep(content)
    try:
        with transaction.atomic():
            document = Document.objects.create(
                pk=_free(form_key),
                name=_short(name),
                sha256=sha256,
                size=len(content),
                format=PASTED if pasted else "",
                published=str(published) if published else "",
                published_given=published is not None,
                uploaded_by_id=actor.person_id,
                chain=chain,
            )
            record(actor, "bulletin.upload", f"bulletin:{document.pk}", after=_noted(document))
            if in_background:
                transaction.on_commit(lambda: background.enqueue(document.pk))
    except IntegrityError:
        # Somebody sent the same bytes at this very moment.
        before = _same(chain, sha256)
        if before is None:
            raise
        return Received(before, was_there=before.pk != form_key)
    return Received(document, was_there=False)


def refuse_unfit(size: int) -> None:
    """Raise UnreadableDocument for an empty or overlong file, before anything is done with it."""
    if size == 0:
        raise UnreadableDocument(
            Text("文件是空的（0字节）。", "The file is empty (0 bytes)."),
            Text(
                "请核对原文件，重新保存后再上传。",
                "Check the original, save it again and upload it once more.",
            ),
        )
    if size > LARGEST:
        limit = LARGEST // 2**20
        raise UnreadableDocument(
            Text(
                f"文件有{size / 2**20:.1f} MiB，超过{limit} MiB的上限。",
                f"The file has {size / 2**20:.1f} MiB; the limit is {limit} MiB.",
            ),
            Text(
                "请只保留通报正文，或拆成几份上传。",
                "Keep the text of the bulletin only, or split it into several files.",
            ),
        )


def _same(chain: Any, sha256: str) -> Document | None:
    return Document.objects.select_related("chain").filter(chain=chain, sha256=sha256).first()


def _free(form_key: UUID | None) -> UUID:
    """The form's key, unless the form has already brought another file."""
    taken = form_key is not None and Document.objects.filter(pk=form_key).exists()
    return uuid4() if form_key is None or taken else form_key


def _short(name: str) -> str:
    """The file name without folders and control characters, cut in the middle so that its ending stays."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(sign for sign in name if sign.isprintable()).strip() or "bulletin"
    if len(name) > _LONGEST_NAME:
        name = f"{name[: _LONGEST_NAME - 21]}…{name[-20:]}"
    return name


def _noted(document: Document) -> dict[str, Any]:
    return {
        "name": document.name,
        "sha256": document.sha256,
        "size": document.size,
        "chain": document.chain_id,
        "published": document.published,
    }
