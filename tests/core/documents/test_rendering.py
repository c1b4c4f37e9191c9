"""Every shipped template becomes pages: LibreOffice lays out each one, filled with every word, in a single start."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from app.core.actions.printing import office_suite
from app.core.documents.fill import compile_template
from app.core.documents.kinds import kinds
from app.core.documents.templates import find_template, trials
from app.core.errors import UserError

PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
MOST_PAGES = 12  # every word filled, with every branch printed; a loop that runs away gives far more
SECONDS = 600


def suite() -> str:
    try:
        return office_suite()
    except UserError:
        return ""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, int]:
    """How many pages each kind of document has."""
    folder = tmp_path_factory.mktemp("pages")
    made: list[Path] = []
    for each in kinds():
        made.append(folder / f"{each.id}.docx")
        made[-1].write_bytes(compile_template(find_template(each)).fill(trials()[1]))
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = [suite(), "--headless", own, "--convert-to", "pdf", "--outdir", str(folder), *map(str, made)]
    subprocess.run(words, check=True, capture_output=True, timeout=SECONDS, stdin=subprocess.DEVNULL)
    return {each.stem: len(PAGE.findall(each.read_bytes())) for each in folder.glob("*.pdf")}


@pytest.mark.skipif(not suite(), reason="LibreOffice is not installed: pages cannot be laid out")
def test_every_template_becomes_pages(pages: Mapping[str, int]) -> None:
    assert set(pages) == {each.id for each in kinds()}
    assert {name: count for name, count in pages.items() if not 1 <= count <= MOST_PAGES} == {}
    assert pages["hearing_card"] == pages["approval"] == 1
