"""Reading keeps its floors on the bundled samples, the labelled corpus, and found articles where they lie."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from lianzhang.kernel.pack import open_pack
from lianzhang.reading import read
from lianzhang.reading.record import as_json
from tests.reading.agreement import Agreement, judge, labels_of, publication_dates

HERE = Path(__file__).resolve().parent
CORPUS = HERE / "corpus"
SAMPLES = CORPUS / "samples"
FOUND = HERE.parents[2] / "shared" / "bulletins"

WHOLE_FLOOR, NUMBER_FLOOR, EXTRA_CEILING = 0.90, 0.95, 0.05
#: The main sample carries every public figure of the first real bulletin.
MAIN_SAMPLE, MAIN_FIGURES = "01_equipment_press_meeting", 18

needs_found_articles = pytest.mark.skipif(
    not (FOUND / "index.csv").is_file(),
    reason="the found articles (../shared/bulletins) do not lie beside this checkout",
)


def _agreement(text: bytes, labels: Path, published: str) -> Agreement:
    reading = read(text, name=labels.stem + ".txt", published=published or None)
    return judge(as_json(reading)["claims"], labels_of(labels))


@cache
def _folder(folder: Path) -> dict[str, Agreement]:
    dates = publication_dates(folder)
    return {
        path.stem: _agreement(path.with_suffix(".txt").read_bytes(), path, dates[path.stem])
        for path in sorted(folder.glob("*.json"))
    }


@cache
def _samples() -> dict[str, Agreement]:
    pack = open_pack("demo")
    return {
        Path(entry["file"]).stem: _agreement(
            pack.read_text(f"bulletins/{entry['file']}").encode(),
            SAMPLES / f"{Path(entry['file']).stem}.json",
            entry["published"],
        )
        for entry in pack.read_yaml("bulletins/index.yaml")["bulletins"]
    }


def _report(agreements: dict[str, Agreement]) -> str:
    lines: list[str] = []
    for name, agreement in agreements.items():
        lines += [f"{name}: {agreement}", *(f"    {remark}" for remark in agreement.remarks)]
    total = sum(agreements.values(), Agreement())
    return "\n".join([*lines, f"TOTAL: {total}"])


def _assert_floors(agreements: dict[str, Agreement]) -> None:
    report = _report(agreements)
    print(report)
    total = sum(agreements.values(), Agreement())
    assert total.labels > 0, "no labels were found"
    assert total.silent == 0, report
    assert total.number_share >= NUMBER_FLOOR, report
    assert total.whole_share >= WHOLE_FLOOR, report
    assert total.extra_share <= EXTRA_CEILING, report


@pytest.mark.parametrize("name", sorted(path.stem for path in SAMPLES.glob("*.json")))
def test_every_fact_of_a_bundled_sample_is_read_whole(name: str) -> None:
    agreement = _samples()[name]
    report = _report({name: agreement})
    assert agreement.whole == agreement.labels > 0, report
    assert agreement.extra_share <= EXTRA_CEILING, report
    assert agreement.silent == 0, report


def test_the_main_sample_states_all_the_public_figures() -> None:
    assert _samples()[MAIN_SAMPLE].labels >= MAIN_FIGURES
    assert set(_samples()) == {path.stem for path in SAMPLES.glob("*.json")}


@pytest.mark.parametrize(("parity", "part"), [(1, "development"), (0, "held out")])
def test_reading_keeps_its_floors_on_each_half_of_the_corpus(parity: int, part: str) -> None:
    print(f"{part} half of the corpus")
    _assert_floors({name: a for name, a in _folder(CORPUS).items() if int(name[:2]) % 2 == parity})


def test_the_corpus_is_large_and_damaged_enough_to_judge_by() -> None:
    agreements = _folder(CORPUS)
    assert len(agreements) >= 16
    assert sum(agreement.labels for agreement in agreements.values()) >= 300
    damaged = [
        name
        for name in agreements
        if any(label.get("damaged") for label in labels_of(CORPUS / f"{name}.json"))
    ]
    assert len(damaged) >= 3


def test_a_quote_of_every_label_stands_in_its_text() -> None:
    pack = open_pack("demo")
    for path in [*CORPUS.glob("*.json"), *SAMPLES.glob("*.json")]:
        bundled = path.parent == SAMPLES
        text = (
            pack.read_text(f"bulletins/{path.stem}.txt")
            if bundled
            else path.with_suffix(".txt").read_text(encoding="utf-8")
        )
        assert [label["quote"] for label in labels_of(path) if label["quote"] not in text] == []


@needs_found_articles
def test_reading_keeps_its_floors_on_found_articles() -> None:
    _assert_floors(_folder(FOUND))


@needs_found_articles
def test_the_first_real_bulletin_is_read_whole() -> None:
    seed = _folder(FOUND)["seed"]
    assert (seed.whole, seed.labels) == (MAIN_FIGURES, MAIN_FIGURES), _report({"seed": seed})
