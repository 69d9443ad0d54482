"""Nobody changes the log of a case, not even past the program."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from lianzhang.web.cases.models import Request
from lianzhang.web.flow.models import Step
from tests.web.cases.conftest import at, filed, office

__all__ = ["at", "filed", "office"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE flow_step SET text = '改过' WHERE id = %s",
        "DELETE FROM flow_step WHERE id = %s",
        "UPDATE flow_step SET outward = outward WHERE id = %s",
    ],
)
def test_a_line_is_neither_changed_nor_removed(filed: Request, statement: str) -> None:
    step = Step.objects.filter(subject=filed.pk).first()
    assert step is not None
    before = list(Step.objects.values())
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [step.pk])
    assert list(Step.objects.values()) == before


def test_a_line_is_not_replaced_under_its_number(filed: Request) -> None:
    step = Step.objects.filter(subject=filed.pk).first()
    assert step is not None
    again = Step(id=step.pk, kind="request", subject=filed.pk, action="forged")
    with pytest.raises(DatabaseError), transaction.atomic():
        Step.objects.bulk_create([again])
    assert not Step.objects.filter(action="forged").exists()
