"""Columns of addresses and of the outbox."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from lianzhang.kernel import clock


class MailAddress(models.Model):
    """Where one person wants mail. Addresses are sealed; only a confirmed one gets notices."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    #: The confirmed address; empty = none.
    confirmed = models.TextField(blank=True)
    #: An address that waits for its code, with a digest of the code and its end.
    pending = models.TextField(blank=True)
    code = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    #: Kinds of cases that the person does not want mail about.
    unwanted = models.JSONField(default=list)
    changed = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.person_id)


class OutgoingMail(models.Model):
    """One message to one person: written in the transaction of what it tells, sent after it, once.

    `key` says what it is about, so that nothing is told twice to anybody. The address is read when it is sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=120)
    body = models.TextField()
    written = models.DateTimeField(default=clock.now)
    #: When to try next; null = never again.
    due = models.DateTimeField(default=clock.now, null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent = models.DateTimeField(null=True)
    #: Why the last try failed, without the address.
    failure = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["written", "id"]
        constraints: ClassVar = [models.UniqueConstraint(name="mail_told_once", fields=["key", "person"])]
        indexes: ClassVar = [
            models.Index(fields=["due"], name="mail_due", condition=Q(sent=None) & ~Q(due=None))
        ]

    def __str__(self) -> str:
        return self.key
