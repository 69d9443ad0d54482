"""`lianzhang assess`: judge one enterprise, written down in a file, by the rules of a pack."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from lianzhang.cli.speech import LanguageOption, console, help_text, language
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

if TYPE_CHECKING:
    from lianzhang.kernel.pack import Pack
    from lianzhang.policy import Facts

HELP = help_text(
    "按数据包的规则判断一家企业：符合、不符合、未知，每条都有条款、数值和差距。",
    "Judge one enterprise by the rules of a pack: yes, no or not known, each with clause, value and gap.",
)
#: A case is a page of facts; more is a mistake or an attack.
MOST_BYTES = 1_000_000


_PARTS = ("as_of", "fields", "holds", "item", "rule", "name", "note")
#: Other names under which the rules and the tables of sizes speak of a fact.
_ALSO = {"industry": "size_industry", "duration_days": "lapse_days"}


class CaseError(LianzhangError):
    """A case file that cannot be judged: says where, and what to write instead."""


def assess(
    case: Annotated[
        str,
        typer.Argument(
            metavar="CASE",
            help=help_text("案例文件（json 或 yaml；- 为标准输入）", "case file (json or yaml)"),
        ),
    ],
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            metavar="DATE",
            show_default=False,
            help=help_text(
                "按哪一天的规则；默认用案例里的 as_of，再默认今天", "rules of which day; default: the case's"
            ),
        ),
    ] = "",
    rule: Annotated[
        str,
        typer.Option(
            metavar="ID",
            show_default=False,
            help=help_text("只用这条规则、标准或事项；默认全部称号", "only this one"),
        ),
    ] = "",
    pack: Annotated[str, typer.Option(metavar="ID", help=help_text("数据包", "pack"))] = "liaocheng",
    size_class: Annotated[
        bool,
        typer.Option("--size-class", help=help_text("划分大、中、小、微型", "tell the size class instead")),
    ] = False,
    exemption: Annotated[
        bool,
        typer.Option(
            "--exemption", help=help_text("研判轻微免罚事项", "study items of minor exemption instead")
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=help_text("输出 JSON", "print JSON"))] = False,
    language_option: LanguageOption = "",
) -> None:
    """Judge one case by one rule or by all titles."""
    from lianzhang.cli.pack import pack_named

    if size_class and exemption:
        raise CaseError(
            Text("--size-class 与 --exemption 只能用一个。", "Use --size-class or --exemption, not both."),
            Text("请分两次运行。", "Run the command twice."),
        )
    opened, written = pack_named(pack), read_case(case)
    content = written.content
    given = _Given(opened, facts_of_case(written, opened), _day(as_of or content.get("as_of")))
    rule = rule or str(content.get("item" if exemption else "rule") or "")
    if size_class:
        _tell_size(given, rule, as_json=as_json)
    elif exemption:
        _tell_exemptions(given, rule, as_json=as_json)
    else:
        _tell_titles(given, rule, as_json=as_json)


class _Given(NamedTuple):
    """What is judged: by which pack, on which facts, on which day."""

    pack: Pack
    facts: Facts
    day: date


def _print(
    found: Sequence[Any],
    record: Callable[[Any], dict[str, Any]],
    show: Callable[[Sequence[Any], Any, str], None],
    *,
    single: bool,
    as_json: bool,
) -> None:
    if not as_json:
        show(found, console(), language())
        return
    told = [record(one) for one in found]
    json.dump(told[0] if single else told, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def _tell_titles(given: _Given, rule: str, *, as_json: bool) -> None:
    from lianzhang.cli.assess_records import rule_record
    from lianzhang.cli.assess_tables import print_evaluations
    from lianzhang.policy import RuleKind, evaluate, rule_book

    book = rule_book(given.pack)
    chosen = (book[rule],) if rule else book.of(RuleKind.TITLE)
    # What rests on memory counts as it reads, and the warnings say so: it never decides silently (ADR 0010).
    found = [evaluate(one, given.facts, on=given.day, trust_memory=True) for one in chosen]
    _print(found, rule_record, print_evaluations, single=bool(rule), as_json=as_json)


def _tell_size(given: _Given, standard: str, *, as_json: bool) -> None:
    from lianzhang.cli.assess_records import size_record
    from lianzhang.cli.assess_tables import print_sizes
    from lianzhang.policy import derive
    from lianzhang.policy.size_class import size_class, size_standard, standard_on

    chosen = size_standard(given.pack, standard) if standard else standard_on(given.pack, given.day)
    found = [size_class(chosen, derive(given.facts, on=given.day))]
    _print(found, size_record, print_sizes, single=True, as_json=as_json)


def _tell_exemptions(given: _Given, item: str, *, as_json: bool) -> None:
    from lianzhang.cli.assess_records import exemption_record
    from lianzhang.cli.assess_tables import print_exemptions
    from lianzhang.policy import exemption, exemption_list

    listed = exemption_list(given.pack)
    items = [item] if item else listed.items
    found = [exemption(listed, one, given.facts, trust_memory=True) for one in items]
    _print(found, exemption_record, print_exemptions, single=bool(item), as_json=as_json)


class Case(NamedTuple):
    """A case file: its name as the user gave it, its text, and what it says."""

    file: str
    text: str
    content: Mapping[str, Any]

    def line(self, name: str) -> int:
        """The line that states a fact, counted from 1."""
        stated = re.search(rf"""(?<![\w-])(["']?){re.escape(name)}\1\s*:""", self.text)
        return self.text.count("\n", 0, stated.start() if stated else 0) + 1


def read_case(file: str) -> Case:
    """A case file; raises CaseError with the way out."""
    from lianzhang.kernel.lined_yaml import read_lined_yaml

    try:
        data = sys.stdin.buffer.read(MOST_BYTES + 1) if file == "-" else _bytes(Path(file))
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise CaseError(
            Text(f"打不开“{file}”（{error.strerror}）。", f"“{file}” cannot be opened ({error.strerror})."),
            Text("请核对路径和文件名。", "Check the path and the name."),
        ) from error
    except UnicodeDecodeError as error:
        raise CaseError(
            Text(f"“{file}”不是UTF-8文本。", f"“{file}” is not UTF-8 text."),
            Text("请另存为UTF-8的 json 或 yaml。", "Save it as JSON or YAML in UTF-8."),
        ) from error
    if len(data) > MOST_BYTES:
        raise CaseError(
            Text("案例文件超过1 MB。", "The case file is larger than 1 MB."),
            Text("一个案例只写一家企业。", "A case holds one enterprise."),
        )
    # JSON is YAML, but for tabs and a few escapes; NaN and Infinity are refused by both readings.
    content = _json(text, file) if text.lstrip()[:1] in ("{", "[") else read_lined_yaml(text, file=file)
    if not isinstance(content, Mapping) or not isinstance(content.get("fields", {}), Mapping):
        raise CaseError(
            Text("案例应写成 {as_of, fields, holds}。", "A case is written {as_of, fields, holds}."),
            Text(
                "例如 {as_of: 2026-05-01, fields: {employees: 35}, holds: [srdi_sme]}。",
                "For example {as_of: 2026-05-01, fields: {employees: 35}, holds: [srdi_sme]}.",
            ),
        )
    _refuse_slips(content)
    return Case(file, text, content)


def _refuse_slips(content: Mapping[str, Any]) -> None:
    """A misspelt part would be an unknown fact; parts that are nothing like ours are the writer's own notes."""
    for part in content:
        near = get_close_matches(str(part), _PARTS, n=1, cutoff=0.7)
        if part not in _PARTS and near:
            raise CaseError(
                Text(f"案例里有不认识的项“{part}”。", f"“{part}” is not a part of a case."),
                Text(f"是否指：{near[0]}？", f"Is it {near[0]}?"),
            )


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _json(text: str, file: str) -> Any:
    def refuse(word: str) -> Any:
        raise CaseError(
            Text(f"“{file}”里有 {word}，不是数。", f"“{file}” has {word}, which is no number."),
            Text("不知道的值请写 null 或删去。", "Write null, or leave out what is not known."),
        )

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise CaseError(
                Text(f"“{file}”里“{twice}”写了两次。", f"“{twice}” stands twice in “{file}”."),
                Text("每项只写一次。", "State each once."),
            )
        return found

    try:
        return json.loads(
            text, parse_float=Decimal, parse_int=_whole, parse_constant=refuse, object_pairs_hook=once
        )
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise CaseError(
            Text(f"“{file}”第{line}行不是有效的 JSON。", f"“{file}”, line {line}, is not valid JSON."),
            Text("请改正该行。", "Correct that line."),
        ) from error


def _whole(digits: str) -> int | Decimal:
    """A whole number of JSON; pages of digits are left for the fact to refuse."""
    return int(digits) if len(digits) < 40 else Decimal(digits)


def facts_of_case(case: Case, pack: Pack) -> dict[str, Any]:
    """Typed facts of a case; `holds` is a fact like the others. Raises CaseError for what cannot be."""
    from lianzhang.kernel import fact_dictionary
    from lianzhang.kernel.fact import FactError

    content = case.content
    fields: dict[str, Any] = {}
    written: dict[str, str] = {}
    for name, value in (content.get("fields") or {}).items():
        fact = _ALSO.get(name, name)
        if fact == "size_industry" and str(value).isdigit():
            fact = "industry_code"
        if fact in fields:
            raise CaseError(
                Text(f"“{fact}”写了两次。", f"“{fact}” stands twice."),
                Text("每个事实只写一次。", "State each fact once."),
            )
        fields[fact] = str(value) if fact == "industry_code" else value
        written[fact] = str(name)
    if content.get("holds") is not None:
        fields["holds"] = content["holds"]
    facts = fact_dictionary(pack)
    known: dict[str, Any] = {}
    for name, raw in fields.items():
        try:
            known |= facts.read({name: raw})
        except FactError as error:
            line = case.line(written.get(name, name))
            raise CaseError(
                Text(
                    f"“{case.file}”第{line}行：{error.what.zh}",
                    f"“{case.file}”, line {line}: {error.what.en}",
                ),
                error.remedy,
            ) from error
    return known


def _day(raw: object) -> date:
    from lianzhang.kernel import clock

    if raw is None or raw == "":
        return clock.today()
    try:
        return raw if type(raw) is date else date.fromisoformat(str(raw))
    except ValueError as error:
        raise CaseError(
            Text(f"“{raw}”不是日期。", f"“{raw}” is not a date."),
            Text("请写成 2026-04-01。", "Write it like 2026-04-01."),
        ) from error
