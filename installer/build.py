"""Build the program for the system this runs on: `python installer/build.py`; the products lie in dist/.

Needs Python 3.11 with requirements-build.txt installed. On Windows the setup program is made, too, when NSIS is there.
`--program` and `--setup` do one of the two; `--setup` runs on any system, with the Windows program in dist/windows.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app import __version__  # noqa: E402 - only now can it be found
from installer import contents  # noqa: E402

SYSTEM = "windows" if sys.platform == "win32" else "linux"
FOLDER = f"{contents.PROGRAM}-folder"
SETUP = f"{contents.PROGRAM}-setup.exe"
SUMS = "SHA256SUMS.txt"


def main(argv: list[str]) -> int:
    """Do what was asked for; the exit status."""
    parser = argparse.ArgumentParser(prog="python installer/build.py")
    parser.add_argument("--program", action="store_true", help="the program as one file and as one folder")
    parser.add_argument("--setup", action="store_true", help="the setup program around the folder")
    words = parser.parse_args(argv)
    everything = not (words.program or words.setup)
    if words.program or everything:
        program(ROOT / "dist" / SYSTEM)
    if words.setup or (everything and SYSTEM == "windows" and shutil.which("makensis")):
        setup(ROOT / "dist" / "windows")
    return 0


def program(dist: Path) -> None:
    """One file and one folder, looked into before they are given out."""
    from PyInstaller.__main__ import run

    from installer import bom

    begun = time.monotonic()
    work = ROOT / "build" / SYSTEM
    for each in (dist, work):
        shutil.rmtree(each, ignore_errors=True)
    spec = ROOT / "installer" / "app.spec"
    run([str(spec), "--noconfirm", "--clean", "--distpath", str(dist), "--workpath", str(work)])
    for file in (one_file(dist), next((dist / FOLDER).glob(f"{contents.PROGRAM}*"))):
        complain(file, names_in(file) + names_below(file.parent if file.parent != dist else None))
    bom.write(dist)
    write_sums(dist)
    print(f"{one_file(dist).stat().st_size / 1e6:.1f} MB, {time.monotonic() - begun:.0f} s", flush=True)


def one_file(dist: Path) -> Path:
    """The program as one file."""
    return dist / (contents.PROGRAM + (".exe" if dist.name == "windows" else ""))


def names_in(file: Path) -> list[str]:
    """Everything a built program carries inside its own file: libraries, data, and modules by their dotted names."""
    from PyInstaller.archive.readers import CArchiveReader

    archive = CArchiveReader(str(file))
    modules = [
        name for each in archive.toc if each.endswith(".pyz") for name in archive.open_embedded_archive(each).toc
    ]
    return [*archive.toc, *modules]


def names_below(folder: Path | None) -> list[str]:
    """The files that lie beside a program in its folder, by their place inside."""
    inner = folder / "_internal" if folder else None
    return [each.relative_to(inner).as_posix() for each in inner.rglob("*") if each.is_file()] if inner else []


def complain(file: Path, names: list[str]) -> None:
    """Stop with an error when the program lacks a file of ours or holds what must not be in it."""
    if lacking := contents.missing(names):
        raise SystemExit(f"{file.name} lacks {lacking}")
    if present := contents.unwanted(names):
        raise SystemExit(f"{file.name} holds {present}")


def setup(dist: Path) -> None:
    """The setup program for one user, by NSIS."""
    values = {
        "VERSION": __version__,
        "NUMBERS": ".".join(map(str, contents.version_numbers(__version__))),
        "FOLDER": str(dist / FOLDER),
        "OUT": str(dist / SETUP),
    }
    defined = [f"-D{name}={value}" for name, value in values.items()]
    script = str(ROOT / "installer" / "setup.nsi")
    subprocess.run(["makensis", "-V2", "-INPUTCHARSET", "UTF8", *defined, script], check=True)
    write_sums(dist)


def write_sums(dist: Path) -> None:
    """A list of the SHA-256 of each file that is given out, as sha256sum checks it."""
    files = sorted(each for each in dist.iterdir() if each.is_file() and each.name != SUMS)
    lines = [f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n" for each in files]
    (dist / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
