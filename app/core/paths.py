"""Where the program keeps its things on this computer: the store, the settings, the log, and what ships with it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

NAME = "刑执智检"
HOME_VARIABLE = "XZZJ_HOME"  # one folder for everything, e.g. of a test
PORTABLE = ("portable", "portable.txt")  # a file of this name beside the program: everything is kept beside it too
BESIDE = "刑执智检数据"
PRACTICE = "练习库"
APP = Path(__file__).resolve().parent.parent
RESOURCES = APP.parent / "resources"


def data_folder() -> Path:
    """The folder of the store; it need not exist yet."""
    return _home() or Path(platformdirs.user_data_dir(NAME, appauthor=False))


def settings_file() -> Path:
    """The file the choices of this user are kept in."""
    return (_home() or Path(platformdirs.user_config_dir(NAME, appauthor=False))) / "设置.toml"


def log_folder() -> Path:
    """The folder of the rotating log."""
    return (_home() or Path(platformdirs.user_log_dir(NAME, appauthor=False))) / "日志"


def documents_folder() -> Path:
    """Where documents go unless the user chose another folder."""
    carried = portable_folder()
    return carried / "文书" if carried else Path(platformdirs.user_documents_dir()) / NAME


def default_store() -> Path:
    """The store that is opened when no other was named."""
    return data_folder() / f"{NAME}.db"


def store_to_open(last: str) -> Path:
    """The store the user opened last, given as it was noted; "" for none.

    A stick has another drive letter on the next computer, so a portable program then looks beside itself.
    """
    if last and (portable_folder() is None or Path(last).exists()):
        return Path(last)
    return default_store()


def practice_store() -> Path:
    """The store of artificial people; all that belongs to it lies in its folder, and nothing else does."""
    return data_folder() / PRACTICE / f"{PRACTICE}.db"


def portable_folder() -> Path | None:
    """The folder beside the built program that holds everything, when a marker beside it asks for that."""
    if not getattr(sys, "frozen", False):
        return None
    place = Path(sys.executable).resolve().parent
    return place / BESIDE if any((place / each).exists() for each in PORTABLE) else None


def _home() -> Path | None:
    home = os.environ.get(HOME_VARIABLE, "")
    return Path(home) if home else portable_folder()
