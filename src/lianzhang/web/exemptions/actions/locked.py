"""What every write on a study shares: the lock, the questions of permission, state and version."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from lianzhang.casework import Actor
from lianzhang.kernel import Conflict, LianzhangError, Text
from lianzhang.web.exemptions.models import Study
from lianzhang.web.exemptions.queries import subject_of
from lianzhang.web.people.permission import require_for


class StudyChanged(Conflict):
    """Somebody else wrote on the study first."""


class NotNow(LianzhangError):
    """The study is not in a state in which this can be done."""


def locked(actor: Actor, study_id: UUID, verb: str, *, version: int, state: str) -> Study:
    """The study, locked for this transaction, in the state asked for and unchanged since `version`."""
    study = Study.objects.select_for_update().filter(pk=study_id).first()
    if study is None:
        raise Http404
    require_for(actor, verb, subject_of(study))
    if study.version != version:
        raise StudyChanged(
            Text("您打开页面之后，这份研判已被改动。", "This study has changed since you opened the page."),
            Text("您的操作没有生效；请看现在的内容再办。", "Nothing was done; look at it as it is now."),
        )
    if study.state != state:
        now = Study.State(study.state).label
        raise NotNow(
            Text(f"这份研判现在是“{now}”，不能这样办。", "In its present state this cannot be done."),
            Text("请刷新页面。", "Reload the page."),
        )
    study.version += 1
    return study
