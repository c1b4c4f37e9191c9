"""Colours: readable in every theme, one for every word that has a meaning."""

from __future__ import annotations

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
    ):
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Disabled):
            colours = palette.color(group, text).name(), palette.color(group, ground).name()
            assert look.contrast(*colours) >= look.LEAST_CONTRAST, (text, group, colours)


@pytest.mark.parametrize("word", [*Level, *Conclusion, *Outcome, *State, look.NOT_REVIEWED])
def test_every_word_has_its_colour(word: str) -> None:
    assert word in look.TONE_OF or word == Outcome.FOUND


def test_contrast_is_reckoned_as_usual() -> None:
    assert look.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert look.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert look.contrast("#123456", "#123456") == 1
