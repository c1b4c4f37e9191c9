"""Compare what two runs of the program wrote, byte by byte: `python -m installer.compare FOLDER FOLDER`.

Word files and workbooks are compared part by part, since only their parts say something; the moments at which a
workbook was made and a list was imported are the only thing passed over.
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

PACKED = (".docx", ".xlsx")
MOMENT = re.compile(rb'<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>|"imported_at": "[^"]*"')


def differences(one: Path, other: Path) -> Iterator[str]:
    """Each file, or part of one, that is not the same in both folders."""
    names = sorted(
        {each.relative_to(top).as_posix() for top in (one, other) for each in top.rglob("*") if each.is_file()}
    )
    for name in names:
        first, second = parts(one / name), parts(other / name)
        for part in sorted(first.keys() | second.keys()):
            if part not in first or part not in second:
                yield f"{name} {part}: only in {one if part in first else other}"
            elif first[part] != second[part]:
                yield f"{name} {part}: not the same"


def parts(file: Path) -> dict[str, bytes]:
    """What a file consists of; nothing when it is not there."""
    if not file.exists():
        return {}
    if file.suffix not in PACKED:
        return {"": MOMENT.sub(b"", file.read_bytes())}
    with zipfile.ZipFile(file) as packed:
        return {name: MOMENT.sub(b"", packed.read(name)) for name in packed.namelist()}


def main(folders: list[str]) -> int:
    """Print what differs; 1 when something does, or when there is nothing to compare."""
    one, other = map(Path, folders)
    files = [each for each in one.rglob("*") if each.is_file()]
    found = list(differences(one, other))
    print(*found[:50], sep="\n", end="\n" if found else "")
    print(f"{len(files)} files, {len(found)} differences")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
