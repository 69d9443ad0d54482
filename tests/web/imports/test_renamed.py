"""A row whose former name is that of an enterprise in the registry may be that enterprise: a person is asked."""

from __future__ import annotations

import pytest

from lianzhang.casework import Actor
from lianzhang.web.imports.actions.change import change
from lianzhang.web.imports.actions.see_through import see_through
from lianzhang.web.registry.models import Enterprise
from tests.tables.books import code, xlsx
from tests.web.imports.conftest import counts, imported, previewed, rows, table

pytestmark = pytest.mark.django_db
OLD, NEW = "聊城乙农机厂", "聊城鑫源机械有限公司"


def known_as(actor: Actor, *, with_code: bool) -> str:
    """The enterprise under its old name."""
    (row,) = rows(1)
    row[1] = OLD
    imported(actor, table([*([row[0]] if with_code else [""]), *row[1:]]))
    return str(Enterprise.objects.get(name=OLD).pk)


@pytest.mark.parametrize("cells", [[f"{NEW}（原{OLD}）", ""], [NEW, OLD]])
def test_a_renamed_enterprise_is_asked_about_and_not_brought_twice(officer: Actor, cells: list[str]) -> None:
    firm = known_as(officer, with_code=True)
    seen = previewed(officer, xlsx([["企业名称", "曾用名"], cells]))
    (asked,) = seen.preview["duplicates"]
    assert (asked["name"], asked["like"]) == (NEW, [firm]) and counts(seen)["new"] == 0
    change(officer, seen.pk, version=seen.version, decisions={"2": firm}, in_background=False)
    assert counts(see_through(seen.pk))["changed"] == 1


@pytest.mark.parametrize(("with_code", "asked"), [(True, 0), (False, 1)])
def test_two_codes_are_two_enterprises_whatever_their_names(
    officer: Actor, with_code: bool, asked: int
) -> None:
    known_as(officer, with_code=with_code)
    seen = previewed(officer, xlsx([["统一社会信用代码", "企业名称", "曾用名"], [code(7), NEW, OLD]]))
    assert (counts(seen)["duplicate"], counts(seen)["new"]) == (asked, 1 - asked)
