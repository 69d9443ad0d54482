"""Every Chinese sentence of the pages has its English, and the two ask for the same parts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

WEB = Path(__file__).resolve().parents[3] / "src" / "lianzhang" / "web"
#: The shell's own catalogue, and one inside each noun that keeps its words to itself.
CATALOGUES = sorted(WEB.glob("**/locale/en/LC_MESSAGES/django.po"))
HAN = re.compile(r"[\u3400-\u9fff]")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")

#: Functions that mark a sentence, and the positions of context, singular and plural among their arguments.
MARKS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "npgettext": (0, 1, 2),
}
_TEXT = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
IN_TEMPLATE = re.compile(rf"\b(_|n?p?gettext)\(\s*((?:{_TEXT}\s*,\s*)*{_TEXT})", re.DOTALL)

Wanted = tuple[str, str, bool]


def wanted_by_templates() -> Iterator[tuple[Wanted, str]]:
    """(context, sentence, has a plural) of every translatable tag, and the template it stands in."""
    for path in sorted((WEB / "templates").rglob("*.html")):
        for match in IN_TEMPLATE.finditer(templatize(path.read_text("utf-8"))):
            texts = list(ast.literal_eval(f"({match[2]},)"))
            context, sentence, plural = MARKS[match[1]]
            if len(texts) > sentence:
                said = texts[sentence]
                yield (texts[context] if context is not None else "", said, plural is not None), path.name


def wanted_by_python() -> Iterator[tuple[Wanted, str]]:
    """The same for the Python files of the pages."""
    for path in sorted(WEB.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = _called(node)
            if name not in MARKS or not isinstance(node, ast.Call):
                continue
            context, sentence, plural = MARKS[name]
            texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
            if len(texts) > sentence and isinstance(texts[sentence], str):
                said = str(texts[sentence])
                yield (
                    (str(texts[context]) if context is not None else "", said, plural is not None),
                    path.name,
                )


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")


def wanted() -> dict[Wanted, str]:
    """Every sentence that needs English, with one place where it is used."""
    return dict([*wanted_by_templates(), *wanted_by_python()])


def catalogue() -> dict[tuple[str, str], Message]:
    """The English catalogues by context and sentence."""
    return {key: message for path in CATALOGUES for key, message in messages_in(path)}


def messages_in(path: Path) -> Iterator[tuple[tuple[str, str], Message]]:
    """The messages of one catalogue by context and sentence."""
    with path.open("rb") as file:
        for message in read_po(file, locale="en"):
            if message.id:
                sentence = message.id[0] if isinstance(message.id, tuple) else message.id
                yield (message.context or "", sentence), message


def _said(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_there_are_sentences_in_templates_and_in_python() -> None:
    assert len(dict(wanted_by_templates())) > 50
    assert len(dict(wanted_by_python())) > 50


def test_every_sentence_of_the_pages_has_its_english() -> None:
    known = catalogue()
    missing = {
        f"{place}: {context + ' | ' if context else ''}{sentence}"
        for (context, sentence, _), place in wanted().items()
        if (context, sentence) not in known or not all(_said(known[context, sentence]))
    }
    assert missing == set()


def test_sentences_with_a_plural_have_both_english_forms() -> None:
    known = catalogue()
    single = {
        sentence
        for (context, sentence, plural), _ in wanted().items()
        if plural and (context, sentence) in known and len(_said(known[context, sentence])) != 2
    }
    assert single == set()


def test_english_asks_for_the_same_parts_as_chinese() -> None:
    wrong = []
    for (_, sentence), message in catalogue().items():
        asked = set(PLACEHOLDER.findall(sentence))
        for english in _said(message):
            given = set(PLACEHOLDER.findall(english))
            # A singular may leave its number out: "1 item" or "one item".
            if not given <= asked or (not isinstance(message.string, tuple) and given != asked):
                wrong.append(f"{sentence} -> {english}")
    assert wrong == []


def test_no_english_is_left_in_chinese() -> None:
    left = [english for message in catalogue().values() for english in _said(message) if HAN.search(english)]
    assert left == []


def test_the_catalogue_holds_nothing_that_no_page_says() -> None:
    needed = {(context, sentence) for context, sentence, _ in wanted()}
    assert set(catalogue()) - needed == set()


def test_no_sentence_is_translated_in_two_catalogues() -> None:
    keys = [key for path in CATALOGUES for key, _ in messages_in(path)]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []
