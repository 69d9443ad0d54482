"""A pack's faults are told by file and line, so that whoever keeps it can mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianzhang.kernel import PackError
from lianzhang.kernel.pack import Pack, open_pack, required


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    (tmp_path / "chains").mkdir()
    (tmp_path / "chains" / "b.yaml").write_text("name: 轴承\n", encoding="utf-8")
    (tmp_path / "chains" / "a.yaml").write_text("name: 电机\n", encoding="utf-8")
    (tmp_path / "chains" / "notes.txt").write_text("no chain\n", encoding="utf-8")
    return Pack("sample", tmp_path)


def test_a_file_of_the_pack_is_read(pack: Pack) -> None:
    assert pack.read_yaml("chains/b.yaml") == {"name": "轴承"}
    assert pack.read_text("chains/b.yaml") == "name: 轴承\n"


def test_the_files_of_a_folder_come_sorted_and_only_with_the_wanted_ending(pack: Pack) -> None:
    assert pack.files("chains") == ("chains/a.yaml", "chains/b.yaml")
    assert pack.files("chains", ".txt") == ("chains/notes.txt",)
    assert pack.files("nowhere") == ()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("name: [轴承\nlevel: county\n", 2),
        ("a: 1\nb: 2\n\tc: 3\n", 3),
        ("a: 1\n\nb: 'open\nc: 3\n", 5),
        ("a: &x 1\nb: *y\n", 2),
        ("a: !!python/object:os.system x\n", 1),
    ],
)
def test_a_malformed_file_is_told_by_pack_file_and_line(pack: Pack, content: str, line: int) -> None:
    (Path(str(pack.root)) / "chains" / "bad.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        pack.read_yaml("chains/bad.yaml")
    assert f"sample/chains/bad.yaml 第{line}行" in caught.value.say("zh")
    assert f"sample/chains/bad.yaml, line {line}," in caught.value.say("en")
    assert "改正该行" in caught.value.say("zh")


@pytest.mark.parametrize("path", ["missing.yaml", "chains", "chains/missing.yaml"])
def test_a_file_that_is_not_there_is_told_by_name(pack: Pack, path: str) -> None:
    with pytest.raises(PackError) as caught:
        pack.read_yaml(path)
    assert "sample" in caught.value.say("zh") and path in caught.value.say("zh")
    assert "sample" in caught.value.say("en") and path in caught.value.say("en")


def test_an_unknown_pack_is_told_with_those_there_are() -> None:
    with pytest.raises(PackError) as caught:
        open_pack("atlantis")
    assert "“atlantis”" in caught.value.say("zh") and "liaocheng" in caught.value.say("zh")
    assert "“atlantis”" in caught.value.say("en") and "demo" in caught.value.say("en")


@pytest.mark.parametrize("pack_id", ["liaocheng", "demo"])
def test_each_bundled_pack_opens_and_is_kept(pack_id: str) -> None:
    assert open_pack(pack_id) is open_pack(pack_id)
    assert open_pack(pack_id).read_yaml("pack.yaml")


def test_a_missing_key_is_told_with_the_place_it_is_missing_from() -> None:
    assert required({"name": "轴承"}, "name", "chains/a.yaml") == "轴承"
    with pytest.raises(PackError) as caught:
        required({}, "name", "chains/a.yaml")
    assert caught.value.say("zh") == "chains/a.yaml 缺少“name”。"
    assert caught.value.say("en") == "chains/a.yaml lacks “name”."


@pytest.mark.parametrize("content", [b"a: 1\nb: \x07\n", "a: 1\nb: 轴承\n".encode("gb18030")])
def test_a_file_with_strange_bytes_is_told_by_name_too(pack: Pack, content: bytes) -> None:
    (Path(str(pack.root)) / "chains" / "bad.yaml").write_bytes(content)
    with pytest.raises(PackError) as caught:
        pack.read_yaml("chains/bad.yaml")
    assert "sample/chains/bad.yaml" in caught.value.say("zh")
