"""From drafts to claims: back to the original characters, damage respected, repeats merged, certainty told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lianzhang.kernel import Certainty, Claim, ClaimKind, Evidence, Quantity, Text
from lianzhang.kernel.quantity import split_scale
from lianzhang.reading.clean_text import CleanText, Damage
from lianzhang.reading.draft import Draft
from lianzhang.reading.lexicon import Lexicon
from lianzhang.reading.phrases import indicator_in

_PERIOD_WORDS = re.compile(
    r"(?:今年|去年|\d{4}年)?(?:上半年|下半年|[一二三四]季度|前三季度|全年|\d{1,2}月份?)?$"
)
_LOST = Text(
    "数字紧邻损坏的文字，可能缺位，不能采信。",
    "The number touches damaged characters; digits may be missing, so it is not trusted.",
)
_WHOSE = Text("主体不明确，请核对。", "The subject is not certain; please check it.")
_GUESSED_YEAR = Text(
    "发布日期未知，年份是推断的。", "The date of publication is not known; the year is inferred."
)
_CARRIED_PERIOD = Text("时期承接自上文。", "The period is carried over from the sentence before.")
_OWN_NAME = Text(
    "指标名称取自原文，未在词典中。",
    "The name of the measured thing is taken from the text; the dictionary does not have it.",
)
#: A likely reading with one of these is a stretch of prose and nobody's name.
_SENTENCE_SIGNS = re.compile("[,，。;；%]")
#: What a unit may begin with and does not end with: 亿元, 平方米, 个百分点.
_OPEN_UNITS = frozenset("0123456789.亿億万萬千百个個方")
#: 12,5亿元: neither a list nor thousands.
_SPLIT_DIGITS = re.compile(r"\d,\d{1,2}(?!\d)")
_SPLIT_NUMBER = Text(
    "数字中间有逗号，不知是一个数还是两个数，请核对。",
    "A comma stands inside the digits: one number or two? Please check it.",
)


def to_claims(
    drafts: Iterable[Draft], clean: CleanText, damages: Sequence[Damage], lexicon: Lexicon
) -> tuple[Claim, ...]:
    """Claims in order of appearance; repeats of one statement become mentions of the first."""
    claims: list[Claim] = []
    for draft in sorted(
        drafts,
        key=lambda draft: (draft.number_start if draft.number_start >= 0 else draft.start, draft.start),
    ):
        claims.append(_claim(draft, clean, damages, lexicon))
    return _merged(claims)


def _claim(draft: Draft, clean: CleanText, damages: Sequence[Damage], lexicon: Lexicon) -> Claim:
    first = draft.start if draft.number_start < 0 else min(draft.start, draft.number_start)
    start, end = clean.original(first, max(first, draft.end))
    while start < end and clean.source[start] in ",，、 　\n\t;；:：":
        start += 1
    damage = _damage(draft, clean, damages)
    evidence = Evidence(start, end, clean.source[start:end])
    doubts = [*draft.doubts, *_doubts(draft, clean)]
    quantity: Quantity | None = None
    if damage is None:
        quantity = _quantity(draft)
    else:
        evidence = _reaching(evidence, damage, clean)
    certainty = Certainty.DAMAGED if damage else Certainty.UNSURE if doubts else Certainty.SURE
    subject, hint, indicator = draft.subject, "", draft.indicator
    if draft.project and subject.endswith("项目"):
        indicator = indicator.removeprefix("项目") or indicator
    if damage is not None and damage.start < clean.original(draft.number_start, draft.number_end)[0]:
        subject, hint, indicator = _restored(damage, draft, lexicon)
    return Claim(
        subject=subject,
        subject_hint=hint,
        indicator=indicator,
        kind=draft.kind,
        evidence=evidence,
        quantity=quantity,
        change=draft.change,
        period=draft.period,
        title=draft.title,
        level=draft.level,
        batch=draft.batch,
        planned=draft.planned,
        project=draft.project,
        sub_field=draft.sub_field,
        scope=draft.scope,
        damaged=damage is not None,
        reason=damage.reason if damage else None,
        certainty=certainty,
        doubts=(_LOST, *doubts) if damage else tuple(doubts),
        unit_hint=draft.unit,
    )


def _doubts(draft: Draft, clean: CleanText) -> Iterator[Text]:
    """What an officer should check about a figure before believing it."""
    if not draft.quantitative:
        return
    if draft.subject_support in ("none", "weak"):
        yield _WHOSE
    if draft.period_support == "guessed":
        yield _GUESSED_YEAR
    if _SPLIT_DIGITS.search(clean.text, max(0, draft.number_start - 2), draft.number_end + 2):
        yield _SPLIT_NUMBER
    if draft.period_support == "carried":
        yield _CARRIED_PERIOD
    counted = draft.kind in (ClaimKind.POLICY_COUNT, ClaimKind.PROJECT_COUNT)
    if not draft.known and not counted and not draft.title:
        yield _OWN_NAME


def _quantity(draft: Draft) -> Quantity | None:
    if draft.low is not None and draft.high is not None:
        return Quantity.between(draft.low, draft.high, draft.unit)
    if draft.value is None:
        return None
    return Quantity(draft.value, draft.unit, draft.qualifier)


def _damage(draft: Draft, clean: CleanText, damages: Sequence[Damage]) -> Damage | None:
    """The damage that touches the number (or the characters right before it), if any."""
    if not damages or draft.number_start < 0:
        return None
    for first, last in draft.numbers or [(draft.number_start, draft.number_end)]:
        start, end = clean.original(first, last)
        for damage in damages:
            # Right behind an open unit the damage took the rest of it: 28.7亿? was 28.7亿元.
            reach = end + 1 if clean.source[end - 1] in _OPEN_UNITS else end
            if damage.start < reach and damage.end >= start:
                return damage
    return None


def _restored(damage: Damage, draft: Draft, lexicon: Lexicon) -> tuple[str, str, str]:
    """What the likely reading of damaged words says: no subject, a hint at one, and the measured thing."""
    found = indicator_in(damage.suggestion, lexicon)
    if found is None:
        whole_sentence = _SENTENCE_SIGNS.search(damage.suggestion) is not None
        return (
            "",
            "" if whole_sentence else damage.suggestion,
            draft.indicator if draft.known else "（原文损坏）",
        )
    start, _, indicator = found
    hint = _PERIOD_WORDS.sub("", damage.suggestion[:start])
    return "", hint, "出口额" if indicator.name == "出口" else indicator.name


def _reaching(evidence: Evidence, damage: Damage, clean: CleanText) -> Evidence:
    start = (
        damage.start
        if damage.start > evidence.start and damage.end <= evidence.end
        else min(evidence.start, damage.start)
    )
    end = max(evidence.end, damage.end)
    return Evidence(start, end, clean.source[start:end])


def _merged(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Equal statements become one claim with several mentions."""
    first: dict[tuple[object, ...], int] = {}
    merged: list[Claim] = []
    again: dict[int, list[Claim]] = {}
    for claim in claims:
        key = _same(claim)
        if key is not None and key in first:
            index = first[key]
            again.setdefault(index, [merged[index]]).append(claim)
            continue
        if key is not None:
            first[key] = len(merged)
        merged.append(claim)
    for index, told in again.items():
        merged[index] = _with_mentions(told)
    return tuple(merged)


def _amount(quantity: Quantity | None) -> tuple[object, ...] | None:
    """The amount in its base unit, so that 12亿元 and 120000万元 are one."""
    if quantity is None:
        return None
    scale, unit = split_scale(quantity.unit)
    numbers = (quantity.value, quantity.low, quantity.high)
    return (unit, quantity.qualifier, *(None if n is None else n * scale for n in numbers))


def _same(claim: Claim) -> tuple[object, ...] | None:
    if claim.damaged or claim.kind in (ClaimKind.RANK, ClaimKind.DURATION):
        return None
    if claim.quantity is None and claim.change is None:
        return (claim.kind, claim.subject, claim.indicator, claim.title, claim.project, claim.sub_field)
    change = (claim.change.pct, claim.change.low, claim.change.high) if claim.change else None
    return (claim.subject, claim.indicator, _amount(claim.quantity), change, str(claim.period or ""))


def _with_mentions(told: Sequence[Claim]) -> Claim:
    """One claim for all that say the same: the first that is sure, where the first one stands."""
    first = told[0]
    sure = next((claim for claim in told if claim.certainty is Certainty.SURE), first)
    chosen = sure if first.certainty is Certainty.UNSURE else first
    return replace(chosen, evidence=first.evidence, mentions=tuple(claim.evidence for claim in told[1:]))
