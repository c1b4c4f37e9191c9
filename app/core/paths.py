"""Where the program keeps its things on this computer: the store, the settings, the log, and what ships with it."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

NAME = "刑执智检"
HOME_VARIABLE = "XZZJ_HOME"  # one folder for everything: a stick, a test
APP = Path(__file__).resolve().parent.parent


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
    return Path(platformdirs.user_documents_dir()) / NAME


def default_store() -> Path:
    """The store that is opened when no other was named."""
    return data_folder() / f"{NAME}.db"


def _home() -> Path | None:
    home = os.environ.get(HOME_VARIABLE, "")
    return Path(home) if home else None
