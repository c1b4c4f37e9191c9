"""Settings: they come back as they were kept, and a damaged file costs nothing but the choices."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.settings import LARGEST_FONT, SMALLEST_FONT, Settings, Theme, read_settings, write_settings


def test_first_day(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "无此文件.toml") == Settings()


@given(
    store=st.text(st.characters(exclude_categories=["Cs"])),
    size=st.integers(SMALLEST_FONT, LARGEST_FONT),
    theme=st.sampled_from(Theme),
)
def test_kept_and_read_back(tmp_path_factory: pytest.TempPathFactory, store: str, size: int, theme: Theme) -> None:
    path = tmp_path_factory.mktemp("设置") / "设置.toml"
    settings = Settings(store=store, desk="correction", font_size=size, theme=theme)
    write_settings(path, settings)
    assert read_settings(path) == settings


def test_every_line_stands_under_its_words(tmp_path: Path) -> None:
    write_settings(tmp_path / "设置.toml", Settings())
    assert "# 字号（磅）\nfont_size = 11\n" in (tmp_path / "设置.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    ["不是 TOML", "font_size = 'x'\ntheme = 3", "theme = '彩虹'", "font_size = true", "\udcff"],
)
def test_what_cannot_be_used_is_as_on_the_first_day(tmp_path: Path, text: str) -> None:
    (tmp_path / "设置.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert read_settings(tmp_path / "设置.toml") == Settings()


def test_a_font_out_of_bounds_is_brought_back(tmp_path: Path) -> None:
    (tmp_path / "设置.toml").write_text("font_size = 500", encoding="utf-8")
    assert read_settings(tmp_path / "设置.toml").font_size == LARGEST_FONT
