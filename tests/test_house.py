"""House rules a machine can see: sizes, docstrings, and nothing of one machine or one index in the files."""

from __future__ import annotations

import ast
import itertools
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 300
LONGEST_FUNCTION = 60
NOT_OURS = {".git", ".venv", "out", "build", "dist", "__pycache__"}
TWINS, TEN = ("reduction", "correction", "deprivation"), 10
LOCKS = ["requirements.txt", "requirements-dev.txt"]

# Written in pieces, so that this file does not find itself.
UNFINISHED = re.compile("|".join(["TO" + "DO", "FIX" + "ME"]))
MACHINE_PATH = re.compile(
    r"(?<![\w.~])/(tm" + r"p|wor" + r"k|roo" + r"t|hom" + r"e|op" + r"t)/\w|[A-Z]:\\User" + r"s\\"
)
INDEX = re.compile(
    "|".join(
        ["pypi\\." + "org", "python" + "hosted", "--(extra-)?index" + "-url", "--find" + "-links", "/sim" + "ple/?$"]
    )
)
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)")


def our_files() -> list[Path]:
    """Every file that is in git or would be; without git, every file that is not a known product."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode("utf-8")
    except (OSError, subprocess.CalledProcessError):
        walked = (each for each in ROOT.rglob("*") if not NOT_OURS & set(each.relative_to(ROOT).parts))
        return sorted(each for each in walked if each.is_file() and "_cache" not in str(each))
    return sorted(each for name in listed.split("\0") if name and (each := ROOT / name).is_file())


def text_of(file: Path) -> str | None:
    """The file's text, None for a picture, workbook or the like."""
    data = file.read_bytes()
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


FILES = our_files()
TEXTS = [file for file in FILES if text_of(file) is not None]
CODE = [file for file in FILES if file.suffix == ".py" and file.relative_to(ROOT).parts[0] in {"app", "installer"}]
APP = [file for file in CODE if file.relative_to(ROOT).parts[0] == "app"]


def name(file: Path) -> str:
    """The path below the checkout, as a test id."""
    return file.relative_to(ROOT).as_posix()


def too_long(source: str) -> Iterator[str]:
    """The file when it is too long, and each function that is."""
    if (lines := source.count("\n")) > LONGEST_FILE:
        yield f"file of {lines} lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{node.name} of {lines} lines"


def undocumented(source: str) -> Iterator[str]:
    """The module, and its public classes and functions, where a docstring is missing."""
    tree = ast.parse(source)
    if ast.get_docstring(tree) is None:
        yield "module"
    for node in tree.body:
        named = isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if named and not node.name.startswith("_") and ast.get_docstring(node) is None:
            yield node.name


def bare_excepts(source: str) -> Iterator[int]:
    """Lines with an except that names nothing."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            yield node.lineno


def dressed_formats(source: str) -> Iterator[int]:
    """Lines where a moment is formatted by directives among other than ASCII signs: Windows may refuse that."""
    for node in ast.walk(ast.parse(source)):
        spec = ""
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec = "".join(str(each.value) for each in ast.walk(node.format_spec) if isinstance(each, ast.Constant))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "strftime":
            spec = "".join(str(each.value) for each in node.args if isinstance(each, ast.Constant))
        if "%" in spec and not spec.isascii():
            yield node.lineno


def found(pattern: re.Pattern[str], text: str) -> list[str]:
    """Each line that holds the pattern, with its number."""
    return [f"{number}: {line.strip()}" for number, line in enumerate(text.splitlines(), 1) if pattern.search(line)]


def pins(lock: str) -> dict[str, str]:
    """Package → version of a lock's text."""
    return {match[1]: match[2] for line in lock.splitlines() if (match := PIN.match(line))}


def wrong_in_lock(lock: str) -> list[str]:
    """Lines of a lock that are neither a pin, a hash nor a comment without an address; pins without a hash."""
    said = [line for line in lock.splitlines() if "://" in line or "file:" in line or line.startswith("-")]
    blocks = re.split(r"\n(?=[a-z0-9])", lock)
    return said + [block.split()[0] for block in blocks if PIN.match(block) and "--hash=sha256:" not in block]


@pytest.mark.parametrize("file", CODE, ids=name)
def test_files_and_functions_stay_short(file: Path) -> None:
    assert list(too_long(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("file", APP, ids=name)
def test_every_module_says_what_it_is(file: Path) -> None:
    assert list(undocumented(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("file", CODE, ids=name)
def test_every_except_names_what_it_catches(file: Path) -> None:
    assert list(bare_excepts(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("file", CODE, ids=name)
def test_moments_are_formatted_by_plain_directives(file: Path) -> None:
    assert list(dressed_formats(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("pattern", [UNFINISHED, MACHINE_PATH, INDEX], ids=["unfinished", "machine path", "index"])
def test_nothing_of_the_kind_is_written_anywhere(pattern: re.Pattern[str]) -> None:
    assert {name(file): lines for file in TEXTS if (lines := found(pattern, text_of(file) or ""))} == {}


def test_nothing_ignored_is_in_git() -> None:
    command = ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.stdout.decode("utf-8") == ""


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_pins_and_hashes_only(lock: str) -> None:
    assert wrong_in_lock((ROOT / lock).read_text(encoding="utf-8")) == []


def test_development_lock_covers_the_runtime_lock() -> None:
    runtime, development = (pins((ROOT / lock).read_text(encoding="utf-8")) for lock in LOCKS)
    assert len(runtime) > 10
    assert runtime.items() <= development.items()


def test_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = pins((ROOT / LOCKS[1]).read_text(encoding="utf-8"))
    for wanted in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        package, _, version = wanted.lower().partition("==")
        assert package in locked
        assert version in {"", locked[package]}


def test_the_checks_can_fail() -> None:
    long_function = "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION
    assert list(too_long(long_function)) == [f"f of {LONGEST_FUNCTION + 1} lines"]
    assert list(too_long("x = 1\n" * (LONGEST_FILE + 1))) == [f"file of {LONGEST_FILE + 1} lines"]
    assert list(undocumented("def f(): ...\ndef _g(): ...\nclass C: ...")) == ["module", "f", "C"]
    assert sorted(dressed_formats("a = f'{x:%Y年}'\nb = x.strftime('%m月')\nc = f'{x:%Y}年'")) == [1, 2]
    assert list(bare_excepts("try:\n    pass\nexcept:\n    pass")) == [3]
    assert wrong_in_lock("-i " + "https" + "://x\na==1 \\\n    --hash=sha256:0\nb==2\n") == [
        "-i https" + "://x",
        "b==2",
    ]
    assert wrong_in_lock("a==1 \\\n    --hash=sha256:0\n    # via b\n") == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (UNFINISHED, "# TO" + "DO later"),
        (MACHINE_PATH, "open('/tm" + "p/x')"),
        (MACHINE_PATH, "C:\\User" + "s\\me"),
        (INDEX, "see pypi." + "org"),
        (INDEX, "pip --index" + "-url x"),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern: re.Pattern[str], text: str) -> None:
    assert found(pattern, text)


@pytest.mark.parametrize("text", ["app/home/x", "resources/work/x", "a/tmp/b", "PIP_INDEX" + "_URL"])
def test_the_patterns_leave_ordinary_text_alone(text: str) -> None:
    assert not found(MACHINE_PATH, text)
    assert not found(INDEX, text)


def written_twice(one: list[str], other: list[str], run: int) -> list[str]:
    """The first line of every run of lines that stands in both; blank lines, imports and lone brackets do not count."""

    def runs(lines: list[str]) -> dict[tuple[str, ...], str]:
        told = [line for each in lines if len(line := each.strip()) > 3 and not line.startswith(("from ", "import "))]
        return {tuple(told[at : at + run]): told[at] for at in range(len(told) - run + 1)}

    theirs = runs(other)
    return [first for key, first in runs(one).items() if key in theirs]


DESKS = {desk: sorted((ROOT / "app/core/checks" / desk).glob("*.py")) for desk in TWINS}


@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(DESKS, 2)])
def test_no_ten_lines_of_a_desk_stand_in_another(one: str, other: str) -> None:
    texts = [(file, (text_of(file) or "").splitlines()) for file in DESKS[one]]
    others = [(file, (text_of(file) or "").splitlines()) for file in DESKS[other]]
    assert [
        f"{file.name} ~ {twin.name}: {first}"
        for file, lines in texts
        for twin, theirs in others
        for first in written_twice(lines, theirs, TEN)
    ] == []


def test_lines_written_twice_are_seen() -> None:
    lines = [f"line number {each}" for each in range(12)]
    assert written_twice(lines, ["", *lines[1:11]], TEN) == ["line number 1"]
    assert written_twice(lines, lines[2:11], TEN) == []
