"""Templates: all used, all translatable, nothing that the browser's content policy would refuse."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from tests.architecture.sources import HAN, TEMPLATES, WEB, python_files

COTTON = TEMPLATES / "cotton"
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?%}.*?{%\s*endcomment\s*%}|<!--.*?-->", re.DOTALL)
BLOCK_TRANSLATION = re.compile(r"{%\s*blocktranslate\b.*?%}.*?{%\s*endblocktranslate\s*%}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)


def templates() -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt", ".xml"})


def name(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def test_there_are_templates_to_look_at() -> None:
    assert templates()


def test_every_template_is_used() -> None:
    python = "\n".join(path.read_text("utf-8") for path in python_files(WEB))
    markup = {path: path.read_text("utf-8") for path in templates()}
    unused = []
    for path in markup:
        others = "\n".join(text for other, text in markup.items() if other != path)
        if path.is_relative_to(COTTON):
            component = path.relative_to(COTTON).with_suffix("").as_posix().replace("/", ".")
            spellings = {component, component.replace("_", "-"), component.removesuffix(".index")}
            used = any(re.search(rf"<c-{re.escape(word)}[\s/>]", others) for word in spellings)
        else:
            quoted = re.compile(rf"""["']{re.escape(name(path))}["']""")
            used = bool(quoted.search(python) or quoted.search(others))
        # Pages of refusals are found by the number of the answer.
        if not used and not re.fullmatch(r"[45]\d\d(_csrf)?\.html", name(path)):
            unused.append(name(path))
    assert unused == []


def test_every_component_that_is_used_exists() -> None:
    missing = set()
    for path in templates():
        for word in re.findall(r"<c-([a-z0-9_.-]+)", path.read_text("utf-8")):
            if word in {"vars", "slot"}:
                continue
            relative = word.replace(".", "/")
            candidates = {relative, relative.replace("-", "_"), f"{relative}/index"}
            if not any((COTTON / f"{candidate}.html").is_file() for candidate in candidates):
                missing.add(f"{name(path)}: <c-{word}>")
    assert missing == set()


def test_no_chinese_stands_outside_a_translation() -> None:
    found = []
    for path in templates():
        text = path.read_text("utf-8")
        text = BLOCK_TRANSLATION.sub(_same_lines, COMMENT.sub(_same_lines, text))
        text = TAG.sub(_translation_or_text, text)
        for number, line in enumerate(text.splitlines(), start=1):
            if HAN.search(line):
                found.append(f"{name(path)}:{number}: {line.strip()[:60]}")
    assert found == []


def _same_lines(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n")


def _translation_or_text(match: re.Match[str]) -> str:
    """A tag vanishes when it translates what it holds; other tags with Chinese in them stay visible."""
    inner = match.group()
    translates = re.match(r"{%\s*translate\s", inner) or re.match(r"{{\s*_\(", inner) or "_(" in inner
    return _same_lines(match) if translates or not HAN.search(inner) else inner


class InlineCode(HTMLParser):
    """Collects what `default-src 'self'` refuses: style attributes, handlers, inline scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        line = self.getpos()[0]
        self.found += [f"{line}: {key}" for key in attributes if key == "style" or key.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in attributes):
            self.found.append(f"{line}: <{tag}>")
        for key in ("src", "href", "action"):
            value = attributes.get(key) or ""
            if value.startswith(("http://", "https://", "//", "javascript:", "data:")) and tag != "a":
                self.found.append(f"{line}: {key} leaves the site")


def test_no_template_has_code_or_styles_that_the_content_policy_refuses() -> None:
    found = []
    for path in templates():
        reader = InlineCode()
        reader.feed(TAG.sub("", COMMENT.sub(_same_lines, path.read_text("utf-8"))))
        found += [f"{name(path)}:{item}" for item in reader.found]
    assert found == []


def test_every_form_that_changes_something_carries_a_token() -> None:
    found = []
    for path in templates():
        for form in re.findall(r"<form\b.*?</form>", path.read_text("utf-8"), re.DOTALL | re.IGNORECASE):
            if re.search(r"""method=["']post["']""", form, re.IGNORECASE) and "csrf_token" not in form:
                found.append(name(path))
    assert found == []
