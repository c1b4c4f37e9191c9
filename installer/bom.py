"""The list of materials of the program, CycloneDX 1.6: each library it is shipped with, its licence and hashes."""

from __future__ import annotations

import json
import re
import uuid
from pathlib import Path
from typing import Any

from app import __version__
from app.core.licences import Library, shipped
from installer import contents

FILE = "sbom.cdx.json"
LOCK = contents.ROOT / "requirements-build.txt"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)")
HASHED = re.compile(r"--hash=sha256:([0-9a-f]{64})")
SPACE = uuid.UUID("6e2f3c52-7d0b-5c0a-9a39-5f6a2f4c1b11")  # ours; the serial number follows from what is listed


def pinned(lock: Path = LOCK) -> dict[str, tuple[str, list[str]]]:
    """What the lock file holds: plain name → version and the hashes it may have."""
    found: dict[str, tuple[str, list[str]]] = {}
    hashes: list[str] = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        if start := PINNED.match(line):
            hashes = []
            found[plain(start[1])] = (start[2], hashes)
        hashes += HASHED.findall(line)
    return found


def plain(name: str) -> str:
    """A name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def materials() -> dict[str, Any]:
    """The list as CycloneDX has it; the same sources give the same list."""
    locked = pinned()
    components = [_component(each, *locked.get(plain(each.name), (each.version, []))) for each in shipped()]
    serial = uuid.uuid5(SPACE, json.dumps(components, sort_keys=True) + __version__)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": contents.PROGRAM,
                "name": contents.PROGRAM,
                "version": __version__,
                "description": contents.SHOWN,
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": components,
        "dependencies": [{"ref": contents.PROGRAM, "dependsOn": [each["bom-ref"] for each in components]}],
    }


def _component(library: Library, version: str, hashes: list[str]) -> dict[str, Any]:
    """One library; the hashes are of the packages it may have been taken from, one for each system and Python."""
    name = plain(library.name)
    kind = "generic" if name == "cpython" else "pypi"
    return {
        "type": "library",
        "bom-ref": f"{name}@{version}",
        "name": library.name,
        "version": version,
        "purl": f"pkg:{kind}/{name}@{version}",
        "licenses": [{"license": {"id": library.licence}}],
        "externalReferences": [
            {
                "type": "distribution",
                "url": f"pkg:{kind}/{name}@{version}",
                "hashes": [{"alg": "SHA-256", "content": each} for each in sorted(hashes)],
            }
        ]
        if hashes
        else [],
    }


def write(folder: Path) -> None:
    """Put the list beside the built program."""
    text = json.dumps(materials(), ensure_ascii=False, indent=1)
    (folder / FILE).write_text(text + "\n", encoding="utf-8", newline="\n")
