"""A reading as tables for people: what was read, what is damaged, what contradicts itself."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from lianzhang.kernel import Certainty, Claim, Text
from lianzhang.reading.reading import DocumentReading, Reading

#: Words and colours of certainty; the word alone is enough, the colour only helps.
CERTAINTY = {
    Certainty.SURE: (Text("确定", "sure"), "green"),
    Certainty.UNSURE: (Text("存疑", "unsure"), "yellow"),
    Certainty.DAMAGED: (Text("损坏", "damaged"), "red"),
}
SCRIPTS = {
    "simplified": Text("简体", "simplified"),
    "traditional": Text("繁体", "traditional"),
    "mixed": Text("简繁混用", "mixed"),
}
QUOTE_LENGTH = 40

#: Columns for an amount: the longest that is usual, 7300至8300万元, fits.
VALUE_WIDTH = 20


def print_reading(reading: Reading, console: Console, language: str) -> None:
    """Print the document's own facts, its sound claims, its damaged ones and its contradictions."""
    print_document(reading.document, console, language)
    sound = [claim for claim in reading.claims if not claim.damaged]
    damaged = [claim for claim in reading.claims if claim.damaged]
    if sound:
        console.print(claims_table(sound, console, language))
    if damaged:
        console.print(damaged_table(damaged, console, language))
    for contradiction in reading.contradictions:
        mark = Text("矛盾：", "Contradiction: ").say(language)
        console.print(Styled(mark + contradiction.what.say(language), style="yellow"))
    console.print(_count(sound, damaged).say(language))


def print_document(document: DocumentReading, console: Console, language: str) -> None:
    """Title, encoding, script, date and the number of damaged places, in one or two lines."""
    if document.title:
        console.print(Styled(document.title, style="bold"))
    script = SCRIPTS.get(document.script)
    undated = Text("未知", "unknown").say(language)
    published = document.published.label(language) if document.published else undated
    facts = [
        Text(f"格式 {document.format}", f"format {document.format}"),
        Text(f"编码 {document.encoding}", f"encoding {document.encoding}"),
        Text(f"字形 {script.zh}", f"script {script.en}") if script else Text("", ""),
        Text(f"发布 {published}", f"published {published}"),
        Text(f"损坏 {len(document.damaged)} 处", f"{len(document.damaged)} damaged places"),
    ]
    console.print(" · ".join(fact.say(language) for fact in facts if fact.zh))


def claims_table(claims: list[Claim], console: Console, language: str) -> Table:
    """One row for each claim, in the order of the document."""
    table = Table(show_lines=False, pad_edge=False)
    for name in (
        Text("主体", "Subject"),
        Text("指标", "Indicator"),
        Text("数值", "Value"),
        Text("变化", "Change"),
        Text("期间", "Period"),
        Text("把握", "Certainty"),
        Text("原文", "Source text"),
    ):
        number, quote = name.zh == "数值", name.zh == "原文"
        # A number is never torn in two; only the name of a project, which stands in the same column, is folded.
        table.add_column(
            name.say(language),
            justify="right" if number else "left",
            no_wrap=quote or name.zh in ("变化", "期间"),
            overflow="ellipsis" if quote else "fold",
            min_width=VALUE_WIDTH if number else None,
            max_width=quote_width(console) if quote else VALUE_WIDTH if number else None,
        )
    for claim in claims:
        table.add_row(
            Styled(claim.subject or "—"),
            Styled(indicator(claim, language)),
            Styled(value(claim, language)),
            Styled(claim.change.label(language) if claim.change else ""),
            Styled(claim.period.label(language) if claim.period else ""),
            certainty_word(claim.certainty, language),
            Styled(short(claim.evidence.quote)),
        )
    return table


def damaged_table(claims: list[Claim], console: Console, language: str) -> Table:
    """The claims whose number cannot be trusted: only a person with the source may type it in."""
    title = Text("损坏，须由人核对原件后填写", "Damaged: to be typed in by a person from the original")
    table = Table(title=title.say(language), title_justify="left", title_style="red", pad_edge=False)
    for name in (
        Text("主体", "Subject"),
        Text("指标", "Indicator"),
        Text("原因", "Reason"),
        Text("原文", "Source text"),
    ):
        quote = name.zh == "原文"
        table.add_column(
            name.say(language),
            overflow="fold",
            max_width=quote_width(console) if quote else None,
        )
    for claim in claims:
        guess = Text(f"{claim.subject_hint}（推测）", f"{claim.subject_hint} (a guess)")
        table.add_row(
            Styled(claim.subject or (guess.say(language) if claim.subject_hint else "—")),
            Styled(indicator(claim, language)),
            Styled(claim.reason.say(language) if claim.reason else ""),
            Styled(short(claim.evidence.quote)),
        )
    return table


def indicator(claim: Claim, language: str) -> str:
    """The indicator, marked when it is planned rather than reached."""
    planned = Text("（计划）", " (planned)").say(language) if claim.planned else ""
    return (claim.indicator or claim.title or claim.sub_field) + planned


def value(claim: Claim, language: str) -> str:
    """The quantity, or what stands in its place: a title, a sub-field, the name of a project."""
    if claim.quantity is not None:
        return claim.quantity.label(language)
    return claim.title or claim.sub_field or claim.project


def certainty_word(certainty: Certainty, language: str) -> Styled:
    """The word for a certainty in its colour."""
    word, colour = CERTAINTY[certainty]
    return Styled(word.say(language), style=colour)


def quote_width(console: Console) -> int:
    """Columns for the source text: it must not push subject and indicator into slivers."""
    return max(16, console.width // 4)


def short(quote: str) -> str:
    """A quote on one line, cut where a table would become unreadable."""
    line = " ".join(quote.split())
    return line if len(line) <= QUOTE_LENGTH else line[: QUOTE_LENGTH - 1] + "…"


def _count(sound: list[Claim], damaged: list[Claim]) -> Text:
    sure = sum(claim.certainty is Certainty.SURE for claim in sound)
    unsure = len(sound) - sure
    return Text(
        f"共{len(sound) + len(damaged)}条：确定{sure}条，存疑{unsure}条，损坏{len(damaged)}条。",
        f"{len(sound) + len(damaged)} claims: {sure} sure, {unsure} unsure, {len(damaged)} damaged.",
    )
