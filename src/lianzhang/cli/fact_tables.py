"""A demonstration in the terminal: accepted figures, what is damaged, who can sign in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from lianzhang.cli.demo_city import City
from lianzhang.cli.demo_registry import Registry
from lianzhang.cli.reading_tables import VALUE_WIDTH, quote_width, short
from lianzhang.cli.speech import language, worded
from lianzhang.kernel import Change, Period, Qualifier, Quantity, Text

if TYPE_CHECKING:
    from lianzhang.web.people.actions import Account

SOURCE = Text("原文", "Source text")
PLACE = Text("出处（第几字起）", "Source (from character)")


def print_city(city: City, console: Console) -> None:
    """Print each bulletin's outcome, then its accepted figures and its damaged places."""
    from lianzhang.web.facts.queries import visible_to

    facts = visible_to(city.officer).select_related("claim__document").order_by("claim__ordinal")
    for document in city.documents:
        claims = list(document.claims.all())
        own = [fact for fact in facts if fact.claim.document_id == document.pk]
        console.print()
        console.print(Styled(document.title or document.name, style="bold"))
        console.print(worded(_outcome(document, claims)))
        if own:
            console.print(facts_table(own, console))
        damaged = [claim for claim in claims if claim.damaged]
        if damaged:
            console.print(damaged_table(damaged, console))
    console.print()
    console.print(worded(_firms(city.registry)))


def _firms(registry: Registry) -> Text:
    samples = registry.samples
    return Text(
        f"企业库：公开报道里的{registry.real}家（存疑处有标记），程序生成、标明“样例”的{samples}家。",
        f"Registry: {registry.real} firms of public reports (doubts marked), {samples} generated and marked 样例.",
    )


def _outcome(document: Any, claims: list[Any]) -> Text:
    accepted = sum(claim.state == "accepted" for claim in claims)
    damaged = sum(claim.damaged for claim in claims)
    waiting = len(claims) - accepted - damaged
    published = Period.parse(document.published) if document.published else None
    day = Text(published.label("zh"), published.label("en")) if published else Text("未知", "unknown")
    return Text(
        f"发布 {day.zh} · 编码 {document.encoding} · 已接受{accepted}条，待审核{waiting}条，"
        f"原文损坏须人工录入{damaged}条",
        f"published {day.en} · encoding {document.encoding} · {accepted} accepted, "
        f"{waiting} waiting for review, {damaged} damaged and to be typed in by a person",
    )


def facts_table(facts: Iterable[Any], console: Console) -> Table:
    """Accepted figures: who, what, how much with unit and qualifier, change, period, and where it says so."""
    table = _table(
        console,
        (
            Text("主体", "Subject"),
            Text("指标", "Indicator"),
            Text("数值", "Value"),
            Text("变化", "Change"),
            Text("期间", "Period"),
            PLACE,
        ),
    )
    for fact in facts:
        planned = worded(Text("（计划）", " (planned)")) if fact.planned else ""
        table.add_row(
            Styled(fact.subject),
            Styled((fact.indicator or fact.title) + planned),
            Styled(_value(fact)),
            Styled(_change(fact)),
            Styled(Period.parse(fact.period).label(language()) if fact.period else ""),
            Styled(f"{fact.claim.start} {short(fact.claim.quote)}"),
        )
    return table


def damaged_table(claims: Iterable[Any], console: Console) -> Table:
    """Numbers that nobody accepted because the text is broken there."""
    table = _table(
        console,
        (
            Text("主体", "Subject"),
            Text("指标", "Indicator"),
            Text("原因", "Reason"),
            SOURCE,
        ),
        title=Text(
            "原文损坏，程序没有采纳，须由人对照原件录入",
            "Damaged: not accepted by the program, to be typed in by a person from the original",
        ),
    )
    for claim in claims:
        guess = worded(Text("（推测）", " (a guess)"))
        subject = claim.subject or (claim.subject_hint + guess if claim.subject_hint else "—")
        reason = Text(**claim.reason) if claim.reason else Text("", "")
        table.add_row(
            Styled(subject), Styled(claim.indicator), Styled(worded(reason)), Styled(short(claim.quote))
        )
    return table


def print_accounts(accounts: Iterable[Account], console: Console) -> None:
    """The accounts of this demonstration with the passwords made for it; they are shown only here."""
    table = _table(
        console,
        (
            Text("角色", "Role"),
            Text("账号", "Account"),
            Text("口令（仅本次演示有效）", "Password (this run only)"),
        ),
        title=Text("登录账号", "Accounts"),
    )
    for account in accounts:
        table.add_row(worded(account.role.label), account.person.username, account.password)
    console.print()
    console.print(table)


def _table(console: Console, columns: Iterable[Text], *, title: Text | None = None) -> Table:
    table = Table(title=worded(title) if title else None, title_justify="left", pad_edge=False)
    for column in columns:
        value, quote = column.en == "Value", column in (SOURCE, PLACE)
        # A number is never torn in two; only the name of a project, which stands in the same column, is folded.
        table.add_column(
            worded(column),
            justify="right" if value else "left",
            no_wrap=quote or column.en in ("Change", "Period"),
            overflow="ellipsis" if quote else "fold",
            min_width=VALUE_WIDTH if value else None,
            max_width=quote_width(console) if quote else VALUE_WIDTH if value else None,
        )
    return table


def _value(fact: Any) -> str:
    if fact.value is None and fact.low is None:
        return str(fact.title or fact.sub_field or fact.project)
    qualifier = Qualifier(fact.qualifier or "exact")
    if qualifier is Qualifier.RANGE:
        return Quantity.between(fact.low, fact.high, fact.unit).label(language())
    return Quantity(fact.value, fact.unit, qualifier).label(language())


def _change(fact: Any) -> str:
    if fact.change_pct is None and fact.change_low is None:
        return ""
    qualifier = Qualifier(fact.change_qualifier or "exact")
    return Change(fact.change_pct, qualifier, fact.change_low, fact.change_high, fact.change_base).label(
        language()
    )
