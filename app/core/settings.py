"""What one user chose on one computer: a dataclass kept as a small TOML file, each field with its words."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path

from app.core.files import write_whole


class Theme(StrEnum):
    """The colours of the window."""

    LIGHT = "浅色"
    DARK = "深色"
    CONTRAST = "高对比"


SMALLEST_FONT, USUAL_FONT, LARGEST_FONT = 9, 11, 22  # points


USUAL_REST, LONGEST_REST = 15, 240  # minutes


@dataclass(slots=True)
class Settings:
    """The choices; what the whole office shares (its names, its mappings) is in the store instead."""

    store: str = field(default="", metadata={"words": "上次使用的数据文件"})
    desk: str = field(default="reduction", metadata={"words": "上次打开的页面"})
    font_size: int = field(default=USUAL_FONT, metadata={"words": "字号（磅）"})
    theme: Theme = field(default=Theme.LIGHT, metadata={"words": "颜色"})
    folder: str = field(default="", metadata={"words": "上次存放文书的文件夹"})
    lock_minutes: int = field(default=USUAL_REST, metadata={"words": "多少分钟不用就锁定（0 为不锁定）"})
    columns: str = field(default="{}", metadata={"words": "各页面列表的列"})
    backup_folder: str = field(default="", metadata={"words": "第二备份文件夹（例如U盘）"})
    exercises: str = field(default="", metadata={"words": "答对的练习"})

    def columns_of(self, desk: str) -> str:
        """How the columns of a desk's list were placed, as `keep_columns` took it; "" when nobody moved them."""
        return self._columns().get(desk, "")

    def keep_columns(self, desk: str, placed: str) -> None:
        """Remember how the columns of a desk's list are placed."""
        self.columns = json.dumps({**self._columns(), desk: placed}, ensure_ascii=False)

    def _columns(self) -> dict[str, str]:
        try:
            found = json.loads(self.columns)
        except ValueError:
            return {}
        return {str(desk): str(placed) for desk, placed in found.items()} if isinstance(found, dict) else {}


def read_settings(path: Path) -> Settings:
    """The settings of a file; what is missing, unreadable or out of bounds is as on the first day."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    chosen = Settings()
    for each in fields(Settings):
        value = data.get(each.name)
        if type(value) is (int if isinstance(each.default, int) else str):
            setattr(chosen, each.name, value)
    chosen.theme = Theme(chosen.theme) if chosen.theme in set(Theme) else Theme.LIGHT
    chosen.font_size = min(max(chosen.font_size, SMALLEST_FONT), LARGEST_FONT)
    chosen.lock_minutes = min(max(chosen.lock_minutes, 0), LONGEST_REST)
    return chosen


def write_settings(path: Path, settings: Settings) -> None:
    """Keep the settings; each line stands under its words. UserError when nothing can be written there."""
    lines = []
    for each in fields(Settings):
        value = getattr(settings, each.name)
        lines += [f"# {each.metadata['words']}", f"{each.name} = {value if isinstance(value, int) else _quoted(value)}"]
    write_whole(path, ("\n".join(lines) + "\n").encode("utf-8"))


def _quoted(text: str) -> str:
    return '"' + "".join(f"\\u{ord(each):04x}" if _special(each) else each for each in text) + '"'


def _special(char: str) -> bool:
    return char in '"\\' or ord(char) < 0x20 or ord(char) == 0x7F
