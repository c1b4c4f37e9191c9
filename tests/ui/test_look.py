"""Colours: readable in every theme, one for every word that has a meaning."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette

from app.core.findings import Conclusion, Level, Outcome, State
from app.core.settings import Theme
from app.ui import look


@pytest.mark.parametrize("theme", Theme)
def test_every_text_is_readable_on_every_surface(theme: Theme) -> None:
    tones = look.TONES[theme]
    poor = {
        f"{name} on {surface}": round(look.contrast(colour, getattr(tones, surface)), 2)
        for name, colour in tones.texts().items()
        for surface in ("window", "base", "stripe", "button")
        if look.contrast(colour, getattr(tones, surface)) < look.LEAST_CONTRAST
    }
    assert poor == {}
    assert look.contrast(tones.on_accent, tones.accent) >= look.LEAST_CONTRAST


@pytest.mark.parametrize("theme", Theme)
def test_the_palette_is_readable_too(theme: Theme) -> None:
    palette = look.palette(look.TONES[theme])
    role = QPalette.ColorRole
    for text, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.PlaceholderText, role.Base),
        (role.ToolTipText, role.ToolTipBase),
        (role.Link, role.Base),
        (role.Link, role.Window),
        (role.LinkVisited, role.Base),
        (role.BrightText, role.Button),
        (role.WindowText, role.Base),
        (role.ButtonText, role.Window),
    ):
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
            colours = palette.color(group, text).name(), palette.color(group, ground).name()
            assert look.contrast(*colours) >= look.LEAST_CONTRAST, (text, group, colours)


@pytest.mark.parametrize("theme", Theme)
def test_every_word_with_a_meaning_is_readable(theme: Theme) -> None:
    tones = look.TONES[theme]
    poor = {
        f"{word} on {surface}"
        for word, tone in look.TONE_OF.items()
        for surface in ("window", "base", "stripe", "button")
        if look.contrast(getattr(tones, tone), getattr(tones, surface)) < look.LEAST_CONTRAST
    }
    assert poor == set()


def test_no_letters_are_written_in_a_colour_of_their_own() -> None:
    """Colours stand in the themes, where they are reckoned; the day strip paints boxes and marks, no letters."""
    own = [
        each.name
        for each in sorted(Path(look.__file__).parent.glob("*.py"))
        if re.search(r"#[0-9a-fA-F]{6}\b|GlobalColor|setStyleSheet", each.read_text(encoding="utf-8"))
    ]
    assert own == ["day_strip.py", "look.py"]


@pytest.mark.parametrize("word", [*Level, *Conclusion, *Outcome, *State, look.NOT_REVIEWED])
def test_every_word_has_its_colour(word: str) -> None:
    assert word in look.TONE_OF or word == Outcome.FOUND


def test_contrast_is_reckoned_as_usual() -> None:
    assert look.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert look.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert look.contrast("#123456", "#123456") == 1
