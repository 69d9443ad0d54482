"""Other tools that find figures in Chinese text, each in its own best shape, behind one small face.

Models are built once, texts are handed over whole (both tools are faster so than sentence by sentence), and
only the models that can find a figure are asked. A tool that is not installed is reported, never imitated.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from mentions import Found

_JIONLP_HEDGES = {"blur": "about", "blur+": "over", "blur-": "near"}


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool ready to read: `read` returns the figures it found."""

    name: str
    package: str
    read: Callable[[str], list[Found]]

    @property
    def version(self) -> str:
        """The installed version."""
        return version(self.package)


def available() -> tuple[list[Peer], list[str]]:
    """The peers that are installed, and a sentence on each that is not."""
    peers: list[Peer] = []
    missing: list[str] = []
    for make in (_recognizers, _jionlp, _jionlp_money):
        try:
            peers.append(make())
        except (ImportError, PackageNotFoundError) as error:
            missing.append(
                f"{make.__name__.strip('_')} is not measured: {error}. "
                "Install it with: pip install -r benchmarks/requirements.txt"
            )
    return peers, missing


def _recognizers() -> Peer:
    from recognizers_number import NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer
    from recognizers_text import Culture

    numbers = NumberRecognizer(Culture.Chinese)
    money = NumberWithUnitRecognizer(Culture.Chinese).get_currency_model()
    percent, plain = numbers.get_percentage_model(), numbers.get_number_model()

    def read(text: str) -> list[Found]:
        found = [_recognized(item, "元") for item in money.parse(text)]
        found += [_recognized(item, "%") for item in percent.parse(text)]
        found += [_recognized(item, "") for item in plain.parse(text)]
        return [item for item in found if item is not None]

    return Peer("recognizers (currency+percentage+number)", "recognizers-text-suite", read)


def _recognized(item: Any, unit: str) -> Found | None:
    value = (item.resolution or {}).get("value")
    if not value:
        return None
    dollars = unit == "元" and item.resolution.get("isoCurrency") == "USD"
    try:
        amount = float(value.rstrip("%"))
    except ValueError:
        return None
    return Found(item.start, item.end + 1, amount, "美元" if dollars else unit)


def _jionlp() -> Peer:
    import jionlp

    logging.disable(logging.ERROR)  # it logs a traceback for each word it takes for a time and cannot read

    def read(text: str) -> list[Found]:
        jionlp.ner.extract_time(text)
        return _jionlp_amounts(jionlp.ner.extract_money(text))

    return Peer("jionlp (money+time)", "jionlp", read)


def _jionlp_money() -> Peer:
    import jionlp

    return Peer(
        "jionlp (money alone)", "jionlp", lambda text: _jionlp_amounts(jionlp.ner.extract_money(text))
    )


def _jionlp_amounts(items: list[dict[str, Any]]) -> list[Found]:
    found = []
    for item in items:
        stated = item["detail"]["num"]
        detail = item["detail"]
        stated, hedge = detail["num"], _JIONLP_HEDGES.get(detail["definition"], "exact")
        if isinstance(stated, list):  # 3000多万 is given as 3000万 to 4000万: the lower end and "over"
            stated, hedge = stated[0], "over"
        unit = "美元" if "美元" in detail["case"] else "元"
        found.append(Found(*item["offset"], float(stated), unit, hedge))
    return found
