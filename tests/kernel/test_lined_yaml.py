"""A rule file is read with its lines, and a hostile one is refused before it grows."""

from __future__ import annotations

import pytest

from lianzhang.kernel.errors import PackError
from lianzhang.kernel.lined_yaml import LinedMapping, read_lined_yaml

BOMB = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n"


def test_every_key_knows_its_line() -> None:
    content = read_lined_yaml("id: x\n\nrules:\n  - {a: 1}\n  - {b: 2}\n", file="rules.yaml")
    assert isinstance(content, LinedMapping)
    assert str(content.at("rules")) == "rules.yaml:3"
    assert str(content["rules"].at(1)) == "rules.yaml:5"
    assert content == {"id": "x", "rules": [{"a": 1}, {"b": 2}]}


def test_codes_and_words_stay_text_when_they_are_keys() -> None:
    assert list(read_lined_yaml("371502: a\nyes: b\n", file="f")) == ["371502", "yes"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOMB, "第1行：不允许使用锚点"),
        ("a: 1\nb: 2\na: 3\n", "第3行：“a”写了两次"),
        ("a: 1\nb: [1,\n", "第3行：格式有误"),
        ("a: !!python/object:os.system x\n", "第1行：“x”不是有效的值"),
        ("a: !mine x\n", "第1行：不允许使用标签"),
        ("a: 2025-02-30\n", "第1行：“2025-02-30”不是有效的值"),
        ("a: 1\nb: \x07\n", "第2行：含有不能用的字符"),
        ("[" * 60 + "]" * 60, "嵌套超过40层"),
        ("# " + "x" * 10_000_000, "超过1000000"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(PackError) as refused:
        read_lined_yaml(text, file="rules.yaml")
    assert "rules.yaml" in str(refused.value)
    assert words in str(refused.value)


def test_a_misspelt_key_is_not_silently_ignored() -> None:
    with pytest.raises(PackError, match="第2行：不认识的项“unti”。这里可用：name、unit"):
        read_lined_yaml("name: x\nunti: 万元\n", file="f").only(("name", "unit"))
