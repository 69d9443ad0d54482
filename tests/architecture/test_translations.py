"""Every Chinese sentence of the pages has its English one, and none is kept that nothing says any more."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from lianzhang.web.translations import sources
from tests.architecture.sources import HAN, ROOT, TEMPLATES, WEB, called_name, python_files, tree, where

#: Names under which gettext functions are imported and called.
SPEAKING = {
    "_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy",
    "npgettext", "npgettext_lazy",
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdif]|%(?!%|\()[sdif]")


@lru_cache(maxsize=1)
def catalogue() -> Catalog:
    [source] = sources()
    with source.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def said_in_templates() -> Iterator[tuple[str, str]]:
    """(place, message) of every translated sentence in a template."""
    keywords = {name: None for name in SPEAKING if name != "_"}
    for path in sorted(TEMPLATES.rglob("*.html")) + sorted(TEMPLATES.rglob("*.txt")):
        code = templatize(path.read_text("utf-8"), origin=str(path))
        found = extract_python(BytesIO(code.encode()), keywords, (), {"encoding": "utf-8"})
        for line, function, message, _ in found:
            parts = message if isinstance(message, tuple) else (message,)
            sentences = parts[1:2] if function.startswith(("pgettext", "npgettext")) else parts[:1]
            for sentence in sentences:
                if isinstance(sentence, str):
                    yield f"{path.relative_to(ROOT)}:{line}", sentence


def said_in_python() -> Iterator[tuple[str, str]]:
    """(place, message) of every sentence that Python code gives to gettext."""
    for path in python_files(WEB):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or called_name(node).split(".")[-1] not in SPEAKING:
                continue
            position = 1 if called_name(node).split(".")[-1].startswith(("pgettext", "npgettext")) else 0
            if len(node.args) <= position:
                continue
            argument = node.args[position]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield where(path, node.lineno), argument.value
            elif isinstance(argument, ast.JoinedStr | ast.BinOp):
                yield where(path, node.lineno), ""


def said() -> list[tuple[str, str]]:
    return [*said_in_templates(), *said_in_python()]


def test_sentences_for_translation_are_written_out_not_put_together() -> None:
    assert [place for place, message in said() if not message] == []


def test_every_sentence_of_the_pages_has_an_english_one() -> None:
    words = {
        (message.id[0] if isinstance(message.id, tuple) else message.id): message
        for message in catalogue()
        if message.id
    }
    missing = []
    for place, sentence in said():
        message = words.get(sentence)
        translation = message.string if message is not None else ""
        parts = translation if isinstance(translation, tuple) else (translation,)
        if message is None or message.fuzzy or not all(parts):
            missing.append(f"{place}: {sentence[:60]}")
    assert missing == []
    assert len(words) > 100


def test_english_sentences_keep_the_places_for_values_and_hold_no_chinese() -> None:
    wrong = []
    for message in catalogue():
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = {match.group() for text in ids for match in PLACEHOLDER.finditer(text)}
        for text in strings:
            places = {match.group() for match in PLACEHOLDER.finditer(text)}
            # The form for one may say “one” instead of the number; nothing may be added.
            if not places <= wanted or (len(strings) == 1 and places != wanted):
                wrong.append(ids[0])
        if any(HAN.search(text) for text in strings) and "“" not in "".join(strings):
            wrong.append(f"Chinese left in English: {ids[0]}")
    assert wrong == []


def test_no_sentence_is_translated_that_nothing_says() -> None:
    spoken = {sentence for _, sentence in said()}
    everything = "\n".join(path.read_text("utf-8") for path in python_files(WEB))
    unused = []
    for message in catalogue():
        sentence = message.id[0] if isinstance(message.id, tuple) else message.id
        if sentence and sentence not in spoken and sentence not in everything:
            unused.append(sentence)
    assert unused == []
