"""The list of materials names what is shipped, by version, licence and hash, and says the same each time."""

from __future__ import annotations

import json
from pathlib import Path

from app.core.licences import shipped
from installer import bom


def test_every_library_is_there_with_version_licence_and_hashes() -> None:
    said = bom.materials()
    assert (said["bomFormat"], said["specVersion"]) == ("CycloneDX", "1.6")
    assert [each["name"] for each in said["components"]] == [each.name for each in shipped()]
    for each in said["components"]:
        assert each["licenses"][0]["license"]["id"]
        if each["name"] != "CPython":
            assert each["version"] == bom.pinned()[bom.plain(each["name"])][0]
            assert all(len(one["content"]) == 64 for one in each["externalReferences"][0]["hashes"])
    assert set(said["dependencies"][0]["dependsOn"]) == {each["bom-ref"] for each in said["components"]}


def test_the_same_sources_give_the_same_list(tmp_path: Path) -> None:
    bom.write(tmp_path)
    first = (tmp_path / bom.FILE).read_bytes()
    bom.write(tmp_path)
    assert (tmp_path / bom.FILE).read_bytes() == first
    assert json.loads(first) == bom.materials()


def test_a_lock_file_is_read_with_all_its_hashes(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text(
        f"One_Thing==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:{'a' * 64} \\\n    --hash=sha256:{'b' * 64}\n"
        f"two==2 \\\n    --hash=sha256:{'c' * 64}\n",
        encoding="utf-8",
    )
    assert bom.pinned(lock) == {"one-thing": ("1.0", ["a" * 64, "b" * 64]), "two": ("2", ["c" * 64])}
