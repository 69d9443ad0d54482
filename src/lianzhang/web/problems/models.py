"""Columns of problems of a chain. Everything about how they move is in `flow.columns`."""

from __future__ import annotations

from django.db import models

from lianzhang.web.flow.columns import CaseColumns


class Problem(CaseColumns):
    """One gap, block, stuck point or pain point, with the node at which it stands."""

    kind = "problem"

    #: A type of the pack (`problem.words.types`).
    sort = models.CharField(max_length=12)
    node = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    #: How it came to be known: a patrol, a bulletin, a firm.
    source = models.CharField(max_length=200, blank=True)
    #: A form sent twice is one problem.
    form_key = models.UUIDField(null=True, unique=True)

    class Meta(CaseColumns.Meta):
        pass
