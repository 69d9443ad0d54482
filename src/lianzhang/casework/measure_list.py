"""The life of a list of measures (清单): drafted, reviewed twice, approved, published, and one day replaced.

Support measures may not be published without the fair-competition opinion of the market supervision
bureau: Fair Competition Review Regulations (公平竞争审查条例), in force 2024-08-01, cover every paper about
economic activity; the drafter gives a first opinion, the bureau reviews at the drafting stage. The legal
review and the approver must each be somebody other than the drafter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from lianzhang.kernel import LianzhangError, Text


class StepRefused(LianzhangError):
    """The step cannot be taken now; says why and what has to happen first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row of the table: from which states an action leads where, and under which conditions.

    `verb` is the permission it takes; `asks` are things that must be given (`text`, `valid_from`); a `?`
    marks what may be. `opinion` is the kind of opinion that the step leaves behind, with `agrees` for its
    answer.
    """

    sources: tuple[str, ...]
    action: str
    target: str
    verb: str
    label: Text
    guards: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    opinion: str = ""
    agrees: bool = True
    tone: str = ""

    @property
    def must_give(self) -> tuple[str, ...]:
        """What the step cannot do without."""
        return tuple(name for name in self.asks if not name.endswith("?"))

    @property
    def may_give(self) -> tuple[str, ...]:
        """Everything the step takes."""
        return tuple(name.removesuffix("?") for name in self.asks)


STATES: Mapping[str, Text] = MappingProxyType(
    {
        "draft": Text("草拟", "draft"),
        "legal_review": Text("法制审核中", "in legal review"),
        "fair_review": Text("公平竞争审查中", "in fair-competition review"),
        "approving": Text("待批准", "waiting for approval"),
        "approved": Text("已批准，待公布", "approved, to be published"),
        "published": Text("已公布", "published"),
        "suspended": Text("暂停执行", "suspended"),
        "repealed": Text("已废止", "repealed"),
        "replaced": Text("已被新版替代", "replaced by a newer version"),
    }
)
#: States in which the text stands for good: no item of it may change any more.
FIXED = frozenset({"approved", "published", "suspended", "repealed", "replaced"})
#: States of a text that once was, or is, in force.
PUBLIC = frozenset({"published", "suspended", "repealed", "replaced"})

STEPS: tuple[Step, ...] = (
    Step(
        sources=("draft",), action="send", target="legal_review", verb="measure.draft",
        label=Text("送法制审核", "send to legal review"),
        guards=("has_items", "rules_sound", "trial_run"), tone="primary",
    ),
    Step(
        sources=("legal_review",), action="legal_agree", target="fair_review", verb="measure.review",
        label=Text("法制审核通过", "agree (legal)"), guards=("not_the_drafter",), asks=("text",),
        opinion="legal", tone="primary",
    ),
    Step(
        sources=("legal_review",), action="legal_return", target="draft", verb="measure.review",
        label=Text("退回修改", "return"), guards=("not_the_drafter",), asks=("text",),
        opinion="legal", agrees=False,
    ),
    Step(
        sources=("fair_review",), action="fair_agree", target="approving", verb="measure.review_competition",
        label=Text("出具公平竞争审查意见：可以实施", "fair-competition opinion: may be carried out"),
        guards=("not_the_drafter", "competition_authority"), asks=("text", "exception?", "ends?"),
        opinion="fair_competition", tone="primary",
    ),
    Step(
        sources=("fair_review",), action="fair_return", target="draft", verb="measure.review_competition",
        label=Text("出具公平竞争审查意见：须修改", "fair-competition opinion: must be changed"),
        guards=("not_the_drafter", "competition_authority"), asks=("text",),
        opinion="fair_competition", agrees=False,
    ),
    Step(
        sources=("fair_review",), action="no_support", target="approving", verb="measure.review",
        label=Text("不含支持措施，无需公平竞争审查", "no support measure, no review needed"),
        guards=("no_support_measure",), asks=("text",),
    ),
    Step(
        sources=("approving",), action="approve", target="approved", verb="measure.approve",
        label=Text("批准", "approve"), guards=("not_the_drafter", "opinions_given"), asks=("text?",),
        opinion="approval", tone="primary",
    ),
    Step(
        sources=("approving", "approved"), action="return", target="draft", verb="measure.approve",
        label=Text("退回草拟", "return to draft"), asks=("text",), opinion="approval", agrees=False,
    ),
    Step(
        sources=("approved",), action="publish", target="published", verb="measure.publish",
        label=Text("公布", "publish"), guards=("opinions_given", "no_overlap"),
        asks=("valid_from", "valid_to?", "publication_no?"), tone="primary",
    ),
    Step(
        sources=("published",), action="suspend", target="suspended", verb="measure.publish",
        label=Text("暂停执行", "suspend"), asks=("text",),
    ),
    Step(
        sources=("suspended",), action="resume", target="published", verb="measure.publish",
        label=Text("恢复执行", "resume"), asks=("text",),
    ),
    Step(
        sources=("published", "suspended"), action="repeal", target="repealed", verb="measure.publish",
        label=Text("废止", "repeal"), asks=("text",), tone="danger",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What the rules need to know of one version of a list. Ids are texts.

    `drafters` are the drafter and the one for whom the drafter acted. `agreed` are the kinds of opinion that
    stand for the present text; a returned text loses them. `flagged` counts rules that meet none or all of
    the enterprises, `acknowledged` says that the drafter has answered for them. `in_force_from` is the first
    day of the list's version in force, if any.
    """

    state: str
    drafters: frozenset[str]
    items: int = 0
    faults: int = 0
    has_support: bool = False
    tried: bool = False
    flagged: int = 0
    acknowledged: bool = False
    agreed: frozenset[str] = frozenset()
    in_force_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who takes the step: the person and the one for whom they act, and whether their organisation reviews
    fair competition here."""

    people: frozenset[str]
    competition_authority: bool = False


def steps_from(version: Version) -> Iterator[Step]:
    """The steps that lead on from here, without asking who takes them."""
    return (step for step in STEPS if version.state in step.sources)


def step_named(version: Version, action: str) -> Step:
    """The step, or StepRefused when it does not lead on from the present state."""
    for step in steps_from(version):
        if step.action == action:
            return step
    label = next((step.label for step in STEPS if step.action == action), Text(action, action))
    state = STATES[version.state]
    raise StepRefused(
        Text(
            f"清单现在是“{state.zh}”，不能“{label.zh}”。",
            f"The list is “{state.en}” now; it cannot: {label.en}.",
        ),
        Text("请刷新页面看现在能办什么。", "Reload the page to see what can be done now."),
    )


def check(version: Version, step: Step, hand: Hand, given: Mapping[str, object]) -> None:
    """Raise StepRefused with the first reason against the step; `given` are the filled-in fields."""
    for guard in step.guards:
        refused = _GUARDS[guard](version, hand, given)
        if refused is not None:
            raise StepRefused(*refused)
    for name in step.must_give:
        if not given.get(name):
            raise StepRefused(_MISSING[name], None)


_Refusal = tuple[Text, Text | None] | None


def _has_items(version: Version, hand: Hand, given: Mapping[str, object]) -> _Refusal:
    if version.items:
        return None
    return (
        Text("清单里还没有一条措施。", "There is no measure in the list yet."),
        Text("请先添加，或从主清单复制。", "Add one, or copy the main list."),
    )


def _rules_sound(version: Version, hand: Hand, given: Mapping[str, object]) -> _Refusal:
    if not version.faults:
        return None
    return (
        Text(
            f"有{version.faults}条措施的条件写得不对。", f"{version.faults} measures have faulty conditions."
        ),
        Text("请按每条旁边的提示改正。", "Correct them as the note beside each says."),
    )


def _trial_run(version: Version, hand: Hand, given: Mapping[str, object]) -> _Refusal:
    if not version.tried:
        return (
            Text("还没有用现有企业试算过这份清单。", "The list has not been tried on the enterprises yet."),
            Text("请先“试算”，看会惠及哪些企业。", "Run the trial first and see whom it reaches."),
        )
    if version.flagged and not version.acknowledged:
        return (
            Text(
                f"有{version.flagged}条措施的条件一家也不符合，或者家家都符合。",
                f"{version.flagged} measures are met by no enterprise, or by every one.",
            ),
            Text(
                "请检查条件；确实如此的，请勾选说明后再送审。",
                "Check the conditions, or confirm and say why.",
            ),
        )
    return None


def _not_the_drafter(version: Version, hand: Hand, given: Mapping[str, object]) -> _Refusal:
    if hand.people.isdisjoint(version.drafters):
        return None
    return (
        Text("草拟人不能审核或批准自己的清单。", "A drafter may not review or approve the own list."),
        Text("请由另一位同事办理。", "Let a colleague do it."),
    )


def _competition_authority(version: Version, hand: Hand, given: Mapping[str, object]) -> _Refusal:
    if hand.competition_authority:
        return None
    return (
        Text(
            "公平竞争审查意见由市场监督管理部门出具。",
            "The fair-competition opinion is given by the market supervision bureau.",
        ),
        None,
    )


def _no_support_measure(version: Version, hand: Hand, given: Mapping[str, object]) -> _Refusal:
    if not version.has_support:
        return None
    return (
        Text(
            "清单含有支持措施，没有公平竞争审查意见不能往下走。",
            "The list holds support measures; without a fair-competition opinion it stays here.",
        ),
        Text("请市场监督管理部门出具意见。", "Ask the market supervision bureau for its opinion."),
    )


def _opinions_given(version: Version, hand: Hand, given: Mapping[str, object]) -> _Refusal:
    missing = {"legal"} - version.agreed
    if version.has_support:
        missing |= {"fair_competition"} - version.agreed
    if not missing:
        return None
    zh = "、".join(OPINIONS[kind].zh for kind in sorted(missing))
    en = ", ".join(OPINIONS[kind].en for kind in sorted(missing))
    return (Text(f"还缺：{zh}。", f"Still missing: {en}."), None)


def _no_overlap(version: Version, hand: Hand, given: Mapping[str, object]) -> _Refusal:
    starts, ends = given.get("valid_from"), given.get("valid_to")
    if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
        return (Text("失效日早于生效日。", "It would end before it begins."), None)
    before = version.in_force_from
    if before is not None and isinstance(starts, date) and starts <= before:
        return (
            Text(
                f"生效日须晚于现行版本的生效日（{before:%Y-%m-%d}）。",
                f"It must take effect after the version in force did ({before:%Y-%m-%d}).",
            ),
            Text(
                "请改晚生效日；现行版本到前一天为止有效。",
                "Choose a later day; the other ends the day before.",
            ),
        )
    return None


OPINIONS: Mapping[str, Text] = MappingProxyType(
    {
        "legal": Text("法制审核意见", "legal opinion"),
        "fair_competition": Text("公平竞争审查意见", "fair-competition opinion"),
        "approval": Text("批准意见", "approval"),
    }
)
_MISSING: Mapping[str, Text] = MappingProxyType(
    {
        "text": Text("请写明意见或理由。", "Give the opinion or the reason."),
        "valid_from": Text("请填生效日。", "Give the day on which it takes effect."),
    }
)
_GUARDS = MappingProxyType(
    {
        "has_items": _has_items,
        "rules_sound": _rules_sound,
        "trial_run": _trial_run,
        "not_the_drafter": _not_the_drafter,
        "competition_authority": _competition_authority,
        "no_support_measure": _no_support_measure,
        "opinions_given": _opinions_given,
        "no_overlap": _no_overlap,
    }
)
