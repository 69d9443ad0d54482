"""What a demonstration shows: people of every role, bulletins read, sure claims accepted by the officer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lianzhang.cli import demo_measures, demo_office, demo_registry
from lianzhang.cli.demo_registry import Registry
from lianzhang.cli.read import no_figures
from lianzhang.kernel import Period, Text, UnreadableDocument
from lianzhang.kernel.pack import open_pack

if TYPE_CHECKING:
    from lianzhang.casework import Actor
    from lianzhang.web.bulletins.models import Document
    from lianzhang.web.people.actions import Account

#: Account name of the officer who uploads and accepts.
OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Sample:
    """One bulletin to be read: bundled, or given on the command line."""

    name: str
    content: bytes
    chain: str
    published: Period | None = None
    #: The other bundled bulletins tell of invented places: they wait on the review desk, where trying out
    #: is their use, and do not mix with the public figures on the page of the chain.
    accepted: bool = True


@dataclass(frozen=True, slots=True)
class City:
    """The finished demonstration."""

    accounts: list[Account]
    documents: list[Document]
    officer: Actor
    registry: Registry


def build(given: Sequence[tuple[str, bytes]], *, with_samples: bool = True) -> City:
    """Set up people and firms, then receive, read and accept; the same doors as in the browser.

    Raises `UnreadableDocument` when a bulletin given on the command line cannot be read.
    """
    from lianzhang.web.chains.actions.place import place_everywhere
    from lianzhang.web.people.actions import install_people
    from lianzhang.web.people.identity import actor_for

    accounts = install_people(members(), must_change=False)
    officer = actor_for(next(account.person for account in accounts if account.person.username == OFFICER))
    main_chain = open_pack("liaocheng").read_yaml("pack.yaml")["main_chain"]
    samples = [Sample(name, content, main_chain) for name, content in given] or bundled()
    registry = demo_registry.build(officer, accounts, with_samples=with_samples)
    if with_samples:
        demo_office.build(accounts)
        demo_measures.build(accounts)
    place_everywhere(officer)
    return City(accounts, [take_in(officer, sample) for sample in samples], officer, registry)


def members() -> list[Any]:
    """The people of the demonstration, one for each role."""
    from lianzhang.casework import Role
    from lianzhang.web.people.actions import Member

    rows = open_pack("demo").read_yaml("people.yaml")["people"]
    return [Member(**{**row, "role": Role(row["role"])}) for row in rows]


def bundled() -> list[Sample]:
    """The sample bulletins that come with the package."""
    pack = open_pack("demo")
    return [
        Sample(
            row["file"],
            pack.root.joinpath("bulletins", row["file"]).read_bytes(),
            row["chain"],
            Period.parse(row["published"]),
            accepted=bool(row.get("main")),
        )
        for row in pack.read_yaml("bulletins/index.yaml")["bulletins"]
    ]


def take_in(officer: Actor, sample: Sample) -> Document:
    """Upload one bulletin, have it read, and accept what the reading is sure of where that is wanted."""
    from lianzhang.web.bulletins.actions.accept import accept_sure
    from lianzhang.web.bulletins.actions.read import read_now
    from lianzhang.web.bulletins.actions.receive import receive
    from lianzhang.web.chains.queries import visible_to

    chain = next(chain for chain in visible_to(officer) if chain.pk == sample.chain)
    received = receive(
        officer,
        sample.content,
        name=sample.name,
        chain=chain,
        published=sample.published,
        in_background=False,
    )
    document = read_now(received.document.pk)
    if document.failure is not None:
        raise UnreadableDocument(*(Text(**said) for said in document.failure.values() if said))
    if not document.claims.exists():
        raise no_figures()
    if sample.accepted:
        accept_sure(officer, document.pk)
    return document
