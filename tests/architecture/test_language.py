"""Chinese first, English beside: nothing speaks to a reader in one language only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import HAN, PACKAGE, WEB, called_name, python_files, tree, where

CORE_AND_COMMANDS = [PACKAGE / room for room in ("kernel", "reading", "casework", "cli")]


def fixed_words(node: ast.expr) -> str | None:
    """The written-out part of a string or f-string; None for anything computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value
            for part in node.values
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = fixed_words(node.left), fixed_words(node.right)
        return None if left is None or right is None else left + right
    return None


def bilingual_calls() -> Iterator[tuple[Path, ast.Call]]:
    for path in python_files(PACKAGE):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and called_name(node).split(".")[-1] in {"Text", "help_text"}:
                yield path, node


def test_every_message_of_the_core_is_said_in_both_languages() -> None:
    found = []
    seen = 0
    for path, call in bilingual_calls():
        if any(keyword.arg is None for keyword in call.keywords):
            continue  # both languages come together, from a row that kept them
        arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
        if len(arguments) != 2:
            found.append(f"{where(path, call.lineno)}: one language only")
            continue
        chinese, english = (fixed_words(argument) for argument in arguments)
        if chinese is None or english is None:
            continue
        seen += 1
        if bool(chinese.strip()) != bool(english.strip()):
            found.append(f"{where(path, call.lineno)}: one of the two is empty")
        elif chinese != english and len(chinese) > 3 and not HAN.search(chinese):
            found.append(f"{where(path, call.lineno)}: the first is not Chinese: {chinese[:40]}")
    assert found == []
    assert seen > 30


def test_an_error_is_raised_with_a_text_not_with_a_bare_sentence() -> None:
    errors = {"LianzhangError", "UnreadableDocument", "PackError", "Conflict", "NotAllowed", "SettingsError"}
    found = [
        where(path, node.lineno)
        for path in python_files(PACKAGE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and called_name(node).split(".")[-1] in errors
        and node.args
        and isinstance(node.args[0], ast.Constant | ast.JoinedStr)
    ]
    assert found == []


def test_the_pages_speak_through_gettext() -> None:
    """A Chinese string given to a response, a message or a form label passes through gettext."""
    speaking = {
        "HttpResponse",
        "messages.success",
        "messages.error",
        "messages.info",
        "messages.warning",
        "ValidationError",
    }
    found = [
        f"{where(path, node.lineno)}: {words[:40]}"
        for path in python_files(WEB)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and called_name(node) in speaking
        for argument in node.args
        if (words := fixed_words(argument)) and HAN.search(words)
    ]
    assert found == []


def test_sentences_for_translation_are_written_out_not_put_together() -> None:
    """What is glued from parts is found in no catalogue, and word order differs between languages."""
    speaking = {"gettext", "gettext_lazy", "ngettext", "pgettext", "npgettext"}
    found = [
        where(path, node.lineno)
        for path in python_files(WEB)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and called_name(node).split(".")[-1] in speaking
        and any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in node.args[:1])
    ]
    assert found == []
