"""Conditions by which the table chooses a row, and guards by which it refuses one with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from lianzhang.casework.calendar import CalendarUnknown
from lianzhang.casework.clocks import Clock
from lianzhang.casework.flow.act import Act
from lianzhang.casework.flow.stages import STAGES
from lianzhang.kernel import Text
from lianzhang.kernel.clock import CHINA

Condition = Callable[[Act], bool]
Guard = Callable[[Act], Text | None]

#: Steps of the national rating, from very dissatisfied to very satisfied; the lowest two get a call.
STEPS = range(1, 6)
LOW = (1, 2)

#: What an answer can be. Only the first counts as solved (UX-103).
RESULTS: Mapping[str, Text] = MappingProxyType(
    {
        "solved": Text("已解决", "solved"),
        "partly": Text("部分解决", "partly solved"),
        "planned": Text("列入计划（有日期）", "planned with a date"),
        "refused": Text("依法不能办理", "lawfully refused"),
        "explained": Text("已解释说明", "explained"),
    }
)


def _open(clock: Clock | None) -> bool:
    return clock is not None and clock.stopped is None


def _paused_at(stage: str) -> Condition:
    return lambda act: act.case.result == stage


CONDITIONS: Mapping[str, Condition] = MappingProxyType(
    {
        "first_contact": lambda act: "first_contact" in act.case.marks,
        "not_contacted": lambda act: _open(act.clock("contact")),
        "is_planned": lambda act: act.case.result == "planned",
        "first_refusal": lambda act: act.case.count("refused") == 0,
        "has_lead": lambda act: act.case.lead is not None and "sign" in act.case.clocks,
        "low_rating": lambda act: act.given.get("rating") in LOW,
        "to_call_back": lambda act: _open(act.clock("call_back")),
        "never_handled": lambda act: "handle" not in act.case.clocks,
        "has_unit": lambda act: act.case.lead is not None,
        **{f"paused_at_{stage}": _paused_at(stage) for stage in STAGES},
    }
)


def both_sides(act: Act) -> Text | None:
    """The institute or bank has reported the result that the firm confirms."""
    if "by_partner" in act.case.marks:
        return None
    return Text("对方尚未登记结果。", "The other side has not reported a result.")


def consent_over(act: Act) -> Text | None:
    """The last day of the consent has passed."""
    if act.case.planned is not None and act.today > act.case.planned:
        return None
    return Text("授权尚未到期。", "The consent has not ended.")


def another_main(act: Act) -> Text | None:
    """A case is not merged into itself."""
    if act.text("main") and act.text("main") != act.text("self"):
        return None
    return Text("请选另一件诉求作为主件。", "Choose another request as the main one.")


def another_unit(act: Act) -> Text | None:
    """A transfer goes somewhere else."""
    if str(act.given.get("unit")) != act.case.lead:
        return None
    return Text("转办须换一个单位。", "A transfer needs another unit.")


def not_the_asker(act: Act) -> Text | None:
    """Whoever asked for something does not grant it to themselves."""
    if str(act.given.get("unit")) != act.case.firm:
        return None
    return Text("承办单位不能是提出单位自己。", "The unit that asked cannot be the one that grants.")


def longer_needs_reason(act: Act) -> Text | None:
    """Nobody wins time silently by calling a simple matter a hard one."""
    order = list(act.presets.matters)
    matter = str(act.given.get("matter"))
    if matter not in act.presets.matters:
        return Text("请选事项类别。", "Choose the class of the matter.")
    known = act.case.matter in act.presets.matters
    if known and order.index(matter) > order.index(act.case.matter) and not act.text("reason"):
        return Text("改成办理时限更长的类别须写明理由。", "A class with a longer limit needs a reason.")
    return None


def objection_in_time(act: Act) -> Text | None:
    """Within one working day of the assignment (Quanzhou 2022)."""
    if not act.is_over("objection"):
        return None
    return Text(
        "已超过退回时限，只能签收后申请转办。", "Too late to object: sign for it and ask for a transfer."
    )


def not_ruled_yet(act: Act) -> Text | None:
    """A ruling is final."""
    if "ruled" not in act.case.marks:
        return None
    return Text("链长办已裁定主办单位，不能再退回。", "The office has ruled; the ruling is final.")


def pauses_left(act: Act) -> Text | None:
    """The clock stands still a few times, not for ever."""
    if act.case.count("paused") < act.presets.numbers["pauses"]:
        return None
    return Text("暂停次数已用完，请继续办理或申请延期。", "No pause is left; go on or ask for more time.")


def pause_over(act: Act) -> Text | None:
    """Time takes the clock up again only when the longest pause is over."""
    return None if act.is_over("pause") else Text("暂停期未满。", "The pause is not over.")


def extension_in_time(act: Act) -> Text | None:
    """At least one working day before the end."""
    name = act.work_clock
    clock = act.clock(name) if name else None
    due = clock.due(act.calendar) if clock is not None and clock.stopped is None else None
    if due is None:
        return Text("没有在走的时限可延。", "No clock is running.")
    if act.calendar.between(act.today, due.astimezone(CHINA).date()) >= 1:
        return None
    return Text(
        "延期须在到期前至少1个工作日申请。", "More time is asked at least one working day before the end."
    )


def extensions_left(act: Act) -> Text | None:
    """Twice at most."""
    if act.case.count("extended") < act.presets.numbers["extensions"]:
        return None
    return Text("延期次数已用完。", "No extension is left.")


def later_date(act: Act) -> Text | None:
    """The new end is a known working day after the present one."""
    day, name = act.given.get("date"), act.work_clock
    clock = act.clock(name) if name else None
    if not isinstance(day, date) or clock is None:
        return Text("请填新的期限。", "Give the new date.")
    try:
        due = clock.due(act.calendar)
        if not act.calendar.is_working_day(day):
            return Text("新的期限须是工作日。", "The new date must be a working day.")
    except CalendarUnknown as error:
        return error.what
    if due is not None and day > due.astimezone(CHINA).date():
        return None
    return Text("新的期限须晚于现在的期限。", "The new date must be later than the present one.")


def result_known(act: Act) -> Text | None:
    """An answer is one of five things."""
    if act.given.get("result") in RESULTS:
        return None
    return Text("请选办理结果。", "Choose the result.")


def basis_for_refusal(act: Act) -> Text | None:
    """Whoever refuses names the law."""
    if act.given.get("result") != "refused" or act.text("basis"):
        return None
    return Text("依法不能办理的，须写明依据（文件名称、文号、条款）。", "A lawful refusal needs its basis.")


def date_for_plan(act: Act) -> Text | None:
    """A plan without a date is none, and the date lies ahead."""
    day = act.given.get("date")
    if act.given.get("result") != "planned":
        return None
    if not isinstance(day, date) or day <= act.today:
        return Text("列入计划的，须填今天以后的计划日期。", "A plan needs a date after today.")
    return None if act.calendar.knows(day) else CalendarUnknown(day).what


def checker_is_another(act: Act) -> Text | None:
    """Four eyes: nobody checks an answer of their own, nor through a delegation either way."""
    if not act.answers_itself:
        return None
    return Text(
        "审核人不能是答复人本人，请本单位负责人审核。", "Another person than the answerer must check it."
    )


def silent_long_enough(act: Act) -> Text | None:
    """The silent period of the firm."""
    return None if act.is_over("confirm") else Text("企业确认期未满。", "The firm still has time to confirm.")


def plan_over(act: Act) -> Text | None:
    """The planned day has passed."""
    return None if act.is_over("plan") else Text("计划日期未到。", "The planned date has not come.")


def within_reopening(act: Act) -> Text | None:
    """Thirty days after closing, for the firm; the office may at any time."""
    if act.actor.role == "chain_officer" or not act.is_over("reopening"):
        return None
    return Text(
        "办结已超过30天，请另提诉求。", "Closed more than thirty days ago: please file a new request."
    )


def rating_in_steps(act: Act) -> Text | None:
    """Five steps."""
    return (
        None if act.given.get("rating") in STEPS else Text("请选1至5中的一档。", "Choose a step from 1 to 5.")
    )


def date_ahead(act: Act) -> Text | None:
    """A date that lies ahead, whether offices work on it or not."""
    day = act.given.get("date")
    if isinstance(day, date) and day >= act.today:
        return None
    return Text("请填今天或以后的日期。", "Give a date from today on.")


def future_date(act: Act) -> Text | None:
    """A date that lies ahead and can be promised."""
    if (wrong := date_ahead(act)) is not None:
        return wrong
    day = act.given["date"]
    return None if act.calendar.knows(day) else CalendarUnknown(day).what


def not_the_owner(act: Act) -> Text | None:
    """A resolution is not closed by the unit that owes it."""
    if act.actor.organisation_id != act.case.lead and not act.answers_itself:
        return None
    return Text("决定事项不能由承办单位自己销号。", "The unit that owes it cannot close it.")


def evidence_given(act: Act) -> Text | None:
    """A stage is left with its exit evidence and entered with the next one's."""
    missing = [str(name) for name in act.given.get("missing", ())]
    if not missing:
        return None
    named = "、".join(missing)
    return Text(f"还缺佐证：{named}。", f"Evidence is missing: {named}.")


def consent_in_force(act: Act) -> Text | None:
    """Without the firm's consent nothing is shared."""
    if act.given.get("consent") is True or "consented" in act.case.marks and not _consent_ended(act):
        return None
    return Text("企业授权已撤回或已到期。", "The firm's consent was withdrawn or has ended.")


def _consent_ended(act: Act) -> bool:
    return act.case.planned is not None and act.today > act.case.planned


def every_item_decided(act: Act) -> Text | None:
    """No agenda item is left without a decision when the minutes are signed."""
    left = int(act.given.get("undecided", 0))
    if not left:
        return None
    return Text(
        f"还有{left}项议题没有决定，不能签发。", f"{left} items have no decision yet; it cannot be signed."
    )


def agenda_not_empty(act: Act) -> Text | None:
    """A meeting has something to talk about."""
    if int(act.given.get("items", 0)):
        return None
    return Text("议程还是空的。", "The agenda is empty.")


GUARDS: Mapping[str, Guard] = MappingProxyType(
    {
        guard.__name__: guard
        for guard in (
            another_main, another_unit, longer_needs_reason, objection_in_time, not_ruled_yet, pauses_left,
            pause_over, extension_in_time, extensions_left, later_date, result_known, basis_for_refusal,
            date_for_plan, checker_is_another, silent_long_enough, plan_over, within_reopening, rating_in_steps,
            date_ahead, future_date, not_the_asker, not_the_owner, evidence_given, consent_in_force, consent_over,
            both_sides, every_item_decided, agenda_not_empty,
        )
    }
)  # fmt: skip
