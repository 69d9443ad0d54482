"""What counties say they have chosen, and what the chain office made of it. Nothing is ever taken out."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from lianzhang.kernel import clock


class FieldChoice(models.Model):
    """A county's word on its sub-field of a chain: proposed with evidence, then confirmed or returned.

    The newest confirmed row of a county is in force; the older ones are its history.
    """

    class State(models.TextChoices):
        """Waiting for the chain office; confirmed; returned; overtaken by a newer proposal before a decision."""

        PROPOSED = "proposed"
        CONFIRMED = "confirmed"
        RETURNED = "returned"
        REPLACED = "replaced"

    chain = models.ForeignKey("chains.Chain", models.PROTECT, related_name="field_choices")
    county = models.ForeignKey("chains.County", models.PROTECT, related_name="field_choices")
    field = models.ForeignKey("chains.Chain", models.PROTECT, related_name="chosen_in")
    #: The paper that says so: document, number, link.
    evidence = models.CharField(max_length=300)
    #: The day of that paper.
    evidence_on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    #: The holder of the post, when whoever proposed it acted in it for them.
    proposed_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-proposed_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["chain", "county"], condition=models.Q(state="proposed"), name="one_proposal_a_county"
            ),
            models.CheckConstraint(
                name="choice_decided_by_another",
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county_id} {self.field_id} {self.state}"
