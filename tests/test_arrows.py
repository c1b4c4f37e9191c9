"""The arrows between the rooms of design.md: who may import whom, and what may stand only in one room."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"

# Every room may import itself, `errors`, `jobs` (a ticket is plain data), `untrusted` (how files from outside are read)
# and the program's own version in `app`.
EVERYWHERE = {"errors", "jobs", "untrusted"}
ALL_OF_CORE = {"*"}
ROOMS = {
    "errors": set(),
    "jobs": set(),
    "untrusted": set(),
    "offline": {"offline_windows"},
    "offline_windows": set(),
    "self_check": {"offline", "paths"},
    "values": set(),
    "paths": set(),
    "log": {"paths"},
    "licences": {"paths"},
    "manual": {"paths"},
    "memory": set(),
    "side_by_side": {"memory"},
    "workbook": set(),
    "law": {"values"},
    "records": {"values"},
    "findings": {"values"},
    "life": {"findings"},
    "answerable": {"records", "findings"},
    "rights": set(),
    "files": {"values"},
    "settings": {"values", "files", "paths"},
    "sentence": {"values", "law"},
    "people": {"records", "values", "findings.Match"},
    "intake": {"records", "values", "people.id_number", "workbook"},
    "checks": {"records", "findings", "answerable", "people", "sentence", "law", "values", "memory"},
    "models": {"records", "findings", "law", "values", "sentence"},
    "documents": {"records", "findings", "answerable", "files", "values"},
    "store": {"records", "findings", "life", "rights", "files", "values", "memory"},
    "reports": {"records", "findings", "store.views", "workbook"},
    "actions": ALL_OF_CORE,
    "batch": ALL_OF_CORE,
    "ui": ALL_OF_CORE,
    "console": set(),
    "smoke": ALL_OF_CORE | {"ui"},
    "__main__": ALL_OF_CORE | {"ui"},
}
NOT_UPWARD = {"actions": {"batch", "ui"}, "batch": {"ui"}, "ui": {"batch"}}
SHARED_IN_CHECKS = {"reduction", "correction", "deprivation"}  # the desks: none looks into another
SOCKETS = ["socket", "socketserver", "ssl", "http", "urllib", "urllib3", "requests", "httpx", "aiohttp", "webbrowser"]
SERVICES = ["ftplib", "smtplib", "poplib", "imaplib", "telnetlib", "xmlrpc"]
QT_ONLINE = [f"PySide6.Qt{each}" for each in ("Network", "WebEngineCore", "WebEngineWidgets", "WebSockets", "Qml")]
NOWHERE = [*SOCKETS, *SERVICES, *QT_ONLINE]
ONLY_IN = {
    "sqlite3 sqlite_utils sqlcipher3": {"store"},
    "openpyxl python_calamine xlrd": {"intake", "reports"},
    "xlsxwriter": {"workbook", "intake", "reports"},
    "docx docxtpl jinja2": {"documents"},
    "pandas numpy": {"intake", "models", "reports"},
    "PySide6 shiboken6": {"ui", "__main__"},
}
HOME = {library: rooms for libraries, rooms in ONLY_IN.items() for library in libraries.split()}
CLOCK_CALLS = {"today", "now", "utcnow"}
CLOCK_OF_TIME = {"time", "time_ns", "localtime", "gmtime", "ctime"}
CLOCK_IN_SQL = re.compile(r"CURRENT_(DATE|TIME|TIMESTAMP)|\(\s*'now'", re.IGNORECASE)
SQL = re.compile(
    r"\s*(SELECT\s.+\sFROM\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s"
    r"|(CREATE|DROP|ALTER)\s+(TABLE|INDEX|UNIQUE|VIEW|TRIGGER|VIRTUAL|TEMP)\s|PRAGMA\s|ATTACH\s+DATABASE)",
    re.DOTALL,
)


def room_of(parts: tuple[str, ...]) -> str:
    """The room of a module given by its dotted parts: ("app", "core", "law", "book") → "law"."""
    if len(parts) == 1:
        return "app"
    if parts[1] != "core":
        return parts[1]
    return parts[2] if len(parts) > 2 else "core"


def imports_of(tree: ast.AST, module: tuple[str, ...], *, package: bool) -> Iterator[tuple[int, str]]:
    """Every imported name with its line, in functions too: `from a.b import c` gives a.b.c, relative ones made full."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(module if package else module[:-1])
            base = base[: len(base) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{stem}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__"} and node.args:
            name = node.args[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield node.lineno, name.value


def breaches(source: str, path: str) -> list[str]:
    """Everything in one module that goes against the arrows; `path` as in the tree, e.g. app/core/law/book.py."""
    parts = tuple(Path(path).with_suffix("").parts)
    package = parts[-1] == "__init__"
    module = parts[:-1] if package else parts
    room = room_of(module)
    tree = ast.parse(source)
    said = [] if room in {*ROOMS, "app", "core"} else [f"{path}: which room is this? {room} is not in design.md"]
    for line, name in imports_of(tree, module, package=package):
        said += [f"{path}:{line}: {text}" for text in (_inner(module, room, name) or _outer(room, name))]
    if module[:2] == ("app", "core"):
        said += [f"{path}:{line}: the clock ({text}); the day is an argument" for line, text in _clock(tree)]
    if room != "store":
        said += [f"{path}:{line}: SQL outside store" for line in _sql(tree)]
    if module != ("app", "ui", "talk"):
        said += [f"{path}:{line}: QMessageBox outside ui/talk.py" for line in _message_boxes(tree)]
    return said


def _inner(module: tuple[str, ...], room: str, name: str) -> list[str]:
    """Breaches by an import of ours; empty for anything else."""
    target = tuple(name.split("."))
    if target[0] != "app" or target[1:] in {(), ("__version__",)}:
        return []
    goal = room_of(target)
    inside = ".".join(target[2:])
    if room == "store" and module[3:4] and module[3].startswith("migration") and goal != "errors":
        return _unless(inside.startswith("store.migration"), f"a migration imports the live {name}")
    if goal == room:
        return _sideways(module, target)
    if goal in {"core", "app"}:
        return [f"{name} is too wide: import the room"]
    if goal in NOT_UPWARD.get(room, set()):
        return [f"{room} → {goal}"]
    allowed = ROOMS.get(room, set()) | (EVERYWHERE if room != "errors" else set())
    if goal == "ui":
        return _unless("ui" in allowed, f"{room} → ui")
    wide = "*" in allowed or any(inside == each or inside.startswith(each + ".") for each in allowed)
    return _unless(wide, f"{room} → {inside}")


def _sideways(module: tuple[str, ...], target: tuple[str, ...]) -> list[str]:
    """Within a room: one desk's checks do not use another's, one tab not another."""
    if module[:3] == ("app", "core", "checks"):
        ours, theirs = module[3:4], target[3:4]
        desks = {each[0] for each in (ours, theirs) if each and each[0] in SHARED_IN_CHECKS}
        return _unless(len(desks) < 2, f"{'.'.join(module)} → another desk's {'.'.join(target)}")
    if module[:3] == target[:3] == ("app", "ui", "tabs") and len(module) > 3 and len(target) > 3:
        return _unless(module[3] == target[3], f"tab {module[3]} → tab {target[3]}")
    return []


def _outer(room: str, name: str) -> list[str]:
    """Breaches by an import of somebody else's library."""
    if any(name == each or name.startswith(each + ".") for each in NOWHERE):
        return [f"{name} is used nowhere: the program is offline"]
    rooms = HOME.get(name.partition(".")[0])
    return _unless(rooms is None or room in rooms, f"{name} only in {'、'.join(sorted(rooms or ()))}")


def _clock(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK_CALLS:
            yield node.lineno, f".{node.func.attr}()"
        elif isinstance(node, ast.Attribute) and node.attr in CLOCK_CALLS and _last(node.value) in {"date", "datetime"}:
            yield node.lineno, f"{_last(node.value)}.{node.attr}"
        elif isinstance(node, ast.Attribute) and node.attr in CLOCK_OF_TIME and _last(node.value) == "time":
            yield node.lineno, f"time.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from ((node.lineno, f"time.{each.name}") for each in node.names if each.name in CLOCK_OF_TIME)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and CLOCK_IN_SQL.search(node.value):
            yield node.lineno, "in SQL"


def _sql(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
            yield node.lineno


def _message_boxes(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        named = isinstance(node, ast.Name | ast.Attribute) and _last(node) == "QMessageBox"
        if named or (isinstance(node, ast.ImportFrom) and any(each.name == "QMessageBox" for each in node.names)):
            yield node.lineno


def _called(node: ast.Call) -> str:
    return _last(node.func)


def _last(node: ast.AST) -> str:
    """The last word of a dotted expression."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _unless(fine: bool, text: str) -> list[str]:
    return [] if fine else [text]


MODULES = sorted(APP.rglob("*.py"))


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_module_keeps_the_arrows(file: Path) -> None:
    path = file.relative_to(ROOT).as_posix()
    assert breaches(file.read_text(encoding="utf-8"), path) == []


def test_there_are_modules_to_look_at() -> None:
    assert len(MODULES) > 10


BREACHES = {
    "core never knows Qt": ("app/core/jobs.py", "from PySide6.QtCore import QObject", "PySide6"),
    "core never knows the window": ("app/core/actions/review.py", "from app.ui import talk", "actions → ui"),
    "law knows values only": ("app/core/law/book.py", "from app.core.records import Record", "law → records"),
    "values know nothing of ours": ("app/core/values/term.py", "import app.core.law.book", "values → law"),
    "errors know nothing at all": ("app/core/errors.py", "from app.core.jobs import Ticket", "errors → jobs"),
    "import inside a function": (
        "app/core/intake/sheets.py",
        "def f():\n    from app.core import store",
        "intake → store",
    ),
    "import by name": ("app/core/checks/rule.py", "import_module('sqlite3')", "sqlite3"),
    "relative import": ("app/core/documents/fill.py", "from ..store import views", "documents → store"),
    "relative import from a package": (
        "app/core/documents/__init__.py",
        "from ..store import views",
        "documents → store",
    ),
    "checks never read the store": ("app/core/checks/rule.py", "from app.core.store import views", "checks → store"),
    "one desk, one house": (
        "app/core/checks/reduction/timing.py",
        "from app.core.checks.correction import register",
        "another desk",
    ),
    "intake sees one module of people": (
        "app/core/intake/cleaning.py",
        "from app.core.people import names",
        "intake → people.names",
    ),
    "reports see the views only": (
        "app/core/reports/ledger.py",
        "from app.core.store.casebook import put",
        "reports → store.casebook",
    ),
    "a migration outlives the classes": ("app/core/store/migrations.py", "from app.core.records import Record", "live"),
    "actions stand below the headless run": ("app/core/actions/issue.py", "import app.core.batch", "actions → batch"),
    "core as a whole": ("app/core/batch.py", "from app import core", "too wide"),
    "tab to tab": ("app/ui/tabs/reduction.py", "from app.ui.tabs.correction import Tab", "tab reduction"),
    "a new room": ("app/core/helpers/text.py", "", "which room"),
    "a new storey": ("app/tools.py", "", "which room"),
    "sqlite in the window": ("app/ui/record_table.py", "import sqlite3", "sqlite3 only in store"),
    "openpyxl in the window": ("app/ui/finding_panel.py", "import openpyxl.styles", "openpyxl"),
    "calamine in an action": ("app/core/actions/receive.py", "import python_calamine", "python_calamine"),
    "docx in an action": ("app/core/actions/issue.py", "from docx import Document", "docx"),
    "pandas in the checks": ("app/core/checks/quality.py", "import pandas as pd", "pandas"),
    "network": ("app/core/files.py", "import urllib.request", "offline"),
    "network of Qt": ("app/ui/start.py", "from PySide6 import QtNetwork", "offline"),
    "date.today()": ("app/core/checks/rule.py", "day = date.today()", "clock"),
    "datetime.now()": ("app/core/store/audit.py", "at = datetime.datetime.now(tz)", "clock"),
    "today handed on": ("app/core/store/audit.py", "field(default_factory=date.today)", "clock"),
    "time.time()": ("app/core/log.py", "import time\ntime.time()", "clock"),
    "from time import time": ("app/core/log.py", "from time import time", "clock"),
    "the clock of SQL": ("app/core/store/audit.py", "text = \"VALUES (datetime('now'))\"", "clock"),
    "SQL in the window": ("app/ui/record_table.py", "q = 'SELECT id FROM finding'", "SQL"),
    "SQL put together": ("app/core/reports/ledger.py", "q = f'DELETE FROM {table}'", "SQL"),
    "a message box": ("app/ui/desk_tab.py", "from PySide6.QtWidgets import QMessageBox", "QMessageBox"),
    "a message box by its module": ("app/ui/desk_tab.py", "QtWidgets.QMessageBox.question(a, b, c)", "QMessageBox"),
}


@pytest.mark.parametrize("case", BREACHES)
def test_breach_is_caught(case: str) -> None:
    path, source, text = BREACHES[case]
    assert any(text in said for said in breaches(source, path)), breaches(source, path)


LAWFUL = {
    "a ticket everywhere": ("app/core/documents/fill.py", "from app.core.jobs import Ticket"),
    "id numbers in intake": ("app/core/intake/cleaning.py", "from app.core.people.id_number import read_id_number"),
    "id numbers in intake, as a module": ("app/core/intake/cleaning.py", "from app.core.people import id_number"),
    "views in reports": ("app/core/reports/ledger.py", "from app.core.store import views"),
    "store imports itself": ("app/core/store/views.py", "from app.core.store.database import Store"),
    "shared machinery of checks": ("app/core/checks/reduction/timing.py", "from app.core.checks.rule import rule"),
    "the desks are gathered": ("app/core/checks/__init__.py", "from app.core.checks import reduction, correction"),
    "migrations import each other": (
        "app/core/store/migrations/v2.py",
        "from app.core.store.migrations.v1 import up\nfrom app.core.errors import StoreDamaged",
    ),
    "actions join the rooms": (
        "app/core/actions/review.py",
        "from app.core.store import views\nfrom app.core.checks.rule import run",
    ),
    "the window": ("app/ui/start.py", "from PySide6.QtWidgets import QWidget\nfrom app.core.actions import review"),
    "boxes in talk": ("app/ui/talk.py", "from PySide6.QtWidgets import QMessageBox"),
    "the door": ("app/__main__.py", "from app.ui.start import start\nfrom app.core import batch\nday = date.today()"),
    "the version": ("app/core/batch.py", "from app import __version__"),
    "a day that is called today": ("app/core/checks/rule.py", "def f(self, today): return self.today < today"),
    "words that look like SQL": ("app/core/log.py", "text = 'select one from the list'"),
}


@pytest.mark.parametrize("case", LAWFUL)
def test_lawful_import_is_left_alone(case: str) -> None:
    path, source = LAWFUL[case]
    assert breaches(source, path) == []
