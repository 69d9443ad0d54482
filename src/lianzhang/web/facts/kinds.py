"""What sort of thing a fact speaks of."""

from __future__ import annotations

from django.db import models


class SubjectKind(models.TextChoices):
    """The kinds of subjects that pages tell apart."""

    CHAIN = "chain"
    SUB_CHAIN = "sub_chain"
    COUNTY = "county"
    CITY = "city"
    ENTERPRISE = "enterprise"
    OFFICE = "office"
    OTHER = "other"
