"""Create organisations and posts."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from lianzhang.casework import PROGRAM, Actor, Role, Subject
from lianzhang.kernel import Conflict, Text
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.models import Organisation, Post
from lianzhang.web.people.permission import require_for


def create_organisation(
    *,
    name: str,
    kind: str,
    actor: Actor = PROGRAM,
    short_name: str = "",
    region_code: str = "",
    chains: Iterable[str] = (),
) -> Organisation:
    """Add an organisation. Raises Conflict when the name is taken."""
    if actor is not PROGRAM:
        require_for(actor, "organisation.create", Subject("organisation"))
    with transaction.atomic():
        if Organisation.objects.filter(name=name).exists():
            raise Conflict(
                Text(f"单位“{name}”已存在。", f"The organisation “{name}” exists already."),
                Text(
                    "请直接使用它，或改用全称加以区分。", "Use it, or tell the two apart by their full names."
                ),
            )
        organisation = Organisation(
            name=name, kind=kind, short_name=short_name, region_code=region_code, chains=list(chains)
        )
        organisation.full_clean()
        organisation.save()
        after = {"name": name, "kind": kind, "region_code": region_code, "chains": organisation.chains}
        record(actor, "organisation.create", f"organisation:{organisation.pk}", after=after)
    return organisation


def post_in(organisation: Organisation, role: Role, *, title: str = "", actor: Actor = PROGRAM) -> Post:
    """The post of this role and title in the organisation, made when it is not there."""
    with transaction.atomic():
        post, made = Post.objects.get_or_create(
            organisation=organisation, role=role, title=title or role.label.zh
        )
        if made:
            after = {"organisation": organisation.pk, "role": role, "title": post.title}
            record(actor, "post.create", f"post:{post.pk}", after=after)
    return post
