"""Columns of projects, their milestones and promises, and of factor guarantees. Lights are no columns: a rule tells."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianzhang.kernel import clock
from lianzhang.web.flow.columns import CaseColumns


class Project(CaseColumns):
    """One project; its state is its stage, its lead the county or unit that reports on it."""

    kind = "project"

    place = models.CharField(max_length=80, blank=True)
    summary = models.TextField(blank=True)
    #: Where the project is known from.
    source = models.CharField(max_length=200, blank=True)
    #: A quality project (计量测试中心 and the like), listed apart.
    quality = models.BooleanField(default=False)
    stage_since = models.DateField(default=clock.today)

    class Meta(CaseColumns.Meta):
        pass


class Milestone(models.Model):
    """Something that is to be done by a day."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    name = models.CharField(max_length=80)
    due = models.DateField()
    first_due = models.DateField()
    done = models.DateField(null=True)
    evidence = models.CharField(max_length=300, blank=True)
    moved = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["due", "id"]
        constraints: ClassVar = [models.UniqueConstraint(name="milestone_once", fields=["project", "name"])]

    def __str__(self) -> str:
        return self.name


class Promise(models.Model):
    """What was promised and what came of it, with unit, day and evidence. An absent actual is unknown."""

    class Measure(models.TextChoices):
        """What is promised."""

        investment = "investment", _("投资")
        output = "output", _("产值")
        capacity = "capacity", _("产能")
        tax = "tax", _("税收")
        jobs = "jobs", _("就业")
        energy = "energy", _("用能")

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, models.CASCADE, related_name="promises")
    measure = models.CharField(max_length=12, choices=Measure.choices)
    promised = models.DecimalField(max_digits=20, decimal_places=4)
    unit = models.CharField(max_length=20)
    by = models.DateField(null=True)
    actual = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    as_of = models.DateField(null=True)
    evidence = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(name="promise_once", fields=["project", "measure"])]

    def __str__(self) -> str:
        return f"{self.project_id} {self.measure}"


class Factor(CaseColumns):
    """What a project lacks: land, energy, talent, finance, permit, policy or rule of law; a request of its own kind."""

    kind = "factor"

    project = models.ForeignKey(Project, models.PROTECT, related_name="factors")
    factor = models.CharField(max_length=12)
    needed = models.CharField(max_length=80)
    needed_by = models.DateField(null=True)
    have = models.CharField(max_length=80, blank=True)
    #: What happens to the project without it.
    effect = models.CharField(max_length=300, blank=True)

    class Meta(CaseColumns.Meta):
        pass
