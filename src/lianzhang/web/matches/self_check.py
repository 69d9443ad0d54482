"""合规体检: an enterprise asks itself; the report is its own, and the program keeps and reports nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lianzhang.kernel import clock
from lianzhang.kernel.pack import open_pack
from lianzhang.policy.self_check import Answer, CheckQuestion, check_questions, questions_for, self_check
from lianzhang.web.measures.known import known_facts
from lianzhang.web.people.permission import require
from lianzhang.web.registry import queries as registry


class SelfCheckForm(forms.Form):
    """One choice a question; every one may stay open."""

    use_required_attribute = False

    def __init__(self, *arguments: Any, asked: tuple[CheckQuestion, ...], **named: Any) -> None:
        super().__init__(*arguments, **named)
        language = get_language() or "zh-hans"
        choices = [("", "—"), *((answer.value, answer.label.say(language)) for answer in Answer)]
        for number, row in enumerate(asked, start=1):
            self.fields[row.name] = forms.ChoiceField(
                label=f"{number}. {row.ask.say(language)}", choices=choices, required=False
            )

    def answers(self) -> dict[str, Answer]:
        """What was answered."""
        return {name: Answer(value) for name, value in self.cleaned_data.items() if value}


@require("match.see")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The questions, and after an answer what is at ease and what to mend. Nothing is written down."""
    enterprise, today = registry.own(request.actor), clock.today()
    facts = known_facts(enterprise.pk, on=today) if enterprise is not None else {}
    asked = questions_for(check_questions(open_pack(settings.LIANZHANG_PACK)), facts, on=today)
    form = SelfCheckForm(request.POST or None, asked=asked)
    shown: dict[str, Any] = {"form": form, "count": len(asked), "minutes": max(1, len(asked) // 3)}
    if request.method == "POST" and form.is_valid():
        shown |= _report(self_check(asked, form.answers()))
    response = render(request, "matches/self_check.html", shown, status=400 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def _report(found: Any) -> dict[str, Any]:
    def rows(questions: tuple[CheckQuestion, ...]) -> list[dict[str, Any]]:
        language = get_language() or "zh-hans"
        return [
            {
                "ask": row.ask.say(language),
                "guidance": row.guidance.title.say(language),
                "clause": row.item.basis,
                "fine": row.item.fine.say(language) if row.item.fine else "",
                "mend": row.mend.say(language),
                "bottom_line": row.bottom_line,
            }
            for row in questions
        ]

    return {
        "report": True,
        "at_ease": rows(found.at_ease),
        "to_mend": rows(found.to_mend),
        "to_look_into": rows(found.to_look_into),
        "day": clock.today(),
    }
