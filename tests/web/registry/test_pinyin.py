"""Names read aloud: with few of the library's phrases as with all of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from lianzhang.web.registry.pinyin import syllables


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("重庆重型", "chong qing zhong xing"),
        ("东阿阿胶", "dong e e jiao"),
        ("莘县茌平", "shen xian chi ping"),
        ("银行", "yin hang"),
        ("绿源", "lv yuan"),
        ("金弹簧A3厂", "jin tan huang A3 chang"),
    ],
)
def test_names_are_read_as_people_read_them(name: str, said: str) -> None:
    assert " ".join(syllables(name)) == said


def test_a_server_keeps_only_the_phrases_that_tell() -> None:
    asked = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'lianzhang.web.settings.laptop'\n"
        "import django; django.setup()\n"
        "from lianzhang.web.registry.pinyin import prepare; prepare()\n"
        "from pypinyin.constants import PHRASES_DICT\n"
        "print(len(PHRASES_DICT), 'pypinyin.phrases_dict' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    count, whole = done.stdout.split()
    assert 1000 < int(count) < 10_000 and whole == "False"
