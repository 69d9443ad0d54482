"""Every colour of words is legible on every ground it stands on (WCAG 2.2: 4.5 to 1)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parents[3] / "src" / "lianzhang" / "web" / "static" / "lianzhang" / "css"
TEXT = 4.5
CONTROL = 3.0

PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-soft", "ink-faint", "accent") for ground in
      ("paper", "surface", "surface-quiet", "surface-marked")),
    ("accent-deep", "accent-wash"), ("on-accent", "accent"), ("on-accent", "accent-deep"),
    ("on-accent", "sure"),
    ("seal", "surface"), ("sure", "sure-wash"), ("unsure", "unsure-wash"), ("danger", "danger-wash"),
    ("planned", "planned-wash"), ("ink-soft", "damaged-wash"), ("danger", "surface"), ("ink", "focus"),
]  # fmt: skip


def tokens() -> dict[str, str]:
    """The colours of `tokens.css` by name."""
    text = (STYLES / "tokens.css").read_text("utf-8")
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", text))


def brightness(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Ratio of the lighter to the darker, 1 to 21."""
    light, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_are_legible(ink: str, ground: str) -> None:
    assert contrast(tokens()[ink], tokens()[ground]) >= TEXT


def test_edges_of_controls_can_be_seen() -> None:
    for ground in ("paper", "surface"):
        assert contrast(tokens()["control-edge"], tokens()[ground]) >= CONTROL


def test_the_tiles_of_counties_carry_legible_words() -> None:
    text = (STYLES / "pages.css").read_text("utf-8")
    grounds = re.findall(r"\.tile--field-\d \{[^}]*background: (#[0-9a-f]{6})", text)
    assert len(grounds) == 8
    assert min(contrast(tokens()["ink"], ground) for ground in grounds) >= TEXT


def test_colours_and_fonts_are_decided_in_one_file_only() -> None:
    found = []
    for path in STYLES.glob("*.css"):
        if path.name in {"tokens.css", "print.css"}:
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if "font-family" in line and "var(--font" not in line:
                found.append(f"{path.name}:{number}")
            # The tiles are a scale of their own, eight steps that nothing else uses.
            if re.search(r"#[0-9a-f]{3,6}\b", line) and ".tile--field" not in line:
                found.append(f"{path.name}:{number}: {line.strip()[:50]}")
    assert found == []


def test_nothing_is_set_in_italics() -> None:
    assert not [path.name for path in STYLES.glob("*.css") if "italic" in path.read_text("utf-8")]
