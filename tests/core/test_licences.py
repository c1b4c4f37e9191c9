"""Every library the program is shipped with is named, with its licence and the whole text of it."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest

from app.core.licences import FOLDER, Library, shipped

ROOT = Path(__file__).parents[2]
NOT_SHIPPED = {"pip", "tzdata"}  # asked for by others, left out of the program


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_the_lock_file_holds_is_listed_and_nothing_else() -> None:
    locked = set(re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M))
    listed = {plain(each.name) for each in shipped() if each.of_python}
    assert listed == {plain(each) for each in locked} - NOT_SHIPPED


@pytest.mark.parametrize("library", shipped(), ids=lambda each: each.name)
def test_each_has_the_whole_text_of_its_licence(library: Library) -> None:
    assert len(library.text()) > 500
    assert library.version
    assert library.use


def test_licences_are_those_the_libraries_say_of_themselves() -> None:
    words = {"MIT": "MIT", "BSD": "BSD", "Apache": "Apache", "LGPL": "LGPL"}
    for each in shipped():
        if not each.of_python:
            continue
        about = metadata.metadata(each.name)
        said = f"{about.get('License-Expression', '')} {about.get('License', '')} {about.get_all('Classifier', [])}"
        known = [name for name, word in words.items() if word in said]
        assert not known or any(name in each.licence for name in known), (each.name, each.licence)


def test_no_text_lies_there_unused() -> None:
    used = {text for each in shipped() for text in each.texts}
    assert {each.name for each in FOLDER.iterdir()} - {"libraries.toml"} == used
