"""An import is not taken back from under what people began with the enterprises that it brought."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.web.chains.actions.load_pack import load_pack
from lianzhang.web.imports.actions.undo import undo
from lianzhang.web.imports.models import Batch
from lianzhang.web.registry import desks, queries
from lianzhang.web.registry.actions import change_title, judge, withdraw_batch
from lianzhang.web.registry.models import Enterprise, TitleHolding
from lianzhang.web.registry.resting import KINDS, StillNeeded, outside_columns
from tests.web.imports.conftest import imported, rows, table
from tests.web.registry.conftest import make_enterprise, source

pytestmark = pytest.mark.django_db
ONE = "样例1号机械有限公司"


@pytest.fixture
def batch(officer: Actor) -> Batch:
    """An import that brought two firms."""
    return imported(officer, table(*rows(2)))


def firm() -> Enterprise:
    return Enterprise.objects.get(name=ONE)


def refused(officer: Actor, batch: Batch) -> str:
    """What the refusal lists, after a look that nothing has changed."""
    with pytest.raises(StillNeeded) as error:
        undo(officer, batch.pk)
    assert queries.every().filter(recording__batch=batch.pk).count() == 2
    assert Batch.objects.get(pk=batch.pk).state == Batch.State.DONE
    return "\n".join(one.zh for one in error.value.lines)


def minimal(model: Any, column: str, enterprise: Enterprise) -> Any:
    """A row of any model that points to the enterprise, with as little else as the database takes."""
    row = model(**{column: enterprise})
    for field in model._meta.concrete_fields:
        if field.null or field.has_default() or field.primary_key or field.name == column:
            continue
        if field.is_relation:
            other = field.related_model
            given = other.objects.first() or _of(other)
            setattr(row, field.name, given)
        elif field.get_internal_type() == "DateField":
            setattr(row, field.name, date(2026, 1, 1))
        elif field.get_internal_type().endswith("IntegerField"):
            setattr(row, field.name, 1)
        elif field.get_internal_type() == "JSONField":
            setattr(row, field.name, {})
    if hasattr(row, "number"):
        row.number = "诉求〔2026〕0001号"
    row.save()
    return row


def _of(model: Any) -> Any:
    from lianzhang.web.chains.models import Chain

    assert model is Chain, model
    return Chain.objects.create(pk="equipment", name="装备制造")


@pytest.mark.parametrize("label", sorted(KINDS))
def test_whatever_points_to_an_enterprise_of_the_import_is_listed_and_keeps_it(
    officer: Actor, batch: Batch, label: str
) -> None:
    model, column = next(one for one in outside_columns() if one[0]._meta.label_lower == label)
    row = minimal(model, column, firm())
    if label == "chains.placement":
        assert not refused_at_all(officer, batch, dry=True), "what the program proposed goes by itself"
        model.objects.update(state="confirmed")
    said = refused(officer, batch)
    assert ONE in said and KINDS[label].zh in said and "样例2号" not in said
    row.delete()
    assert undo(officer, batch.pk) == 2


def refused_at_all(officer: Actor, batch: Batch, *, dry: bool) -> bool:
    """Whether an undo would be refused; nothing is kept of it."""
    from django.db import transaction

    with transaction.atomic():
        try:
            undo(officer, batch.pk)
        except StillNeeded:
            return True
        finally:
            transaction.set_rollback(dry)
    return False


def test_every_noun_that_points_to_enterprises_has_its_word() -> None:
    assert {model._meta.label_lower for model, _ in outside_columns()} == set(KINDS)


def test_the_builder_of_an_imported_project_stays_until_the_project_is_taken_back(
    officer: Actor, batch: Batch
) -> None:
    load_pack("liaocheng")
    head = ["项目名称", "企业名称", "所在县区", "总投资（万元）", "进展"]
    line = ["智能农机项目", ONE, "高唐县", "12000", "主体施工"]
    projects = imported(officer, table(line, head=head), kind="projects")
    assert "项目“智能农机项目”" in refused(officer, batch)
    undo(officer, projects.pk)
    assert undo(officer, batch.pk) == 2


def test_all_that_rests_on_a_batch_is_named_on_its_page_with_the_way_out(
    officer: Actor, batch: Batch, signed_in: Callable[..., Client]
) -> None:
    other = make_enterprise(officer, "早就在的有限公司")
    judge(officer, firm().pk, other.pk, "same")
    answer = signed_in(Role.chain_officer).post(f"/imports/{batch.pk}/undo/")
    page = answer.content.decode()
    assert answer.status_code == 409 and "什么都没有改" in page
    assert ONE in page and "与别家判为同一企业" in page and "整批撤销" in page


def test_a_title_of_the_import_that_was_revoked_since_stays(officer: Actor, batch: Batch) -> None:
    titles = imported(officer, table([ONE, "瞪羚企业"], head=["企业名称", "称号"]), kind="titles")
    change_title(
        officer,
        TitleHolding.objects.get().pk,
        what="revoked",
        on=date(2026, 1, 5),
        valid_until=None,
        because="复核未通过",
        source=source("公告"),
    )
    with pytest.raises(StillNeeded, match="瞪羚企业"):
        undo(officer, titles.pk)


def test_a_pair_judged_different_leaves_the_desk_with_the_firm(officer: Actor, batch: Batch) -> None:
    other = make_enterprise(officer, "早就在的有限公司")
    judge(officer, firm().pk, other.pk, "different")
    assert len(desks.judged_pairs(officer)) == 1
    undo(officer, batch.pk)
    assert desks.judged_pairs(officer) == []


def test_a_batch_on_which_nothing_rests_is_taken_back(officer: Actor, batch: Batch) -> None:
    assert withdraw_batch(officer, batch.pk) == 2
