"""Makes all samples: python -m installer.samples [FOLDER] (resources/samples when none is given)."""

from __future__ import annotations

import sys
from pathlib import Path

from installer.samples.desks import DESKS
from installer.samples.reduction import answers as reduction
from installer.samples.stories import answers as stories

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "samples"
REDUCTION = "减刑"


def write(folder: Path) -> None:
    """Write the folders of all desks below a folder."""
    reduction.write(folder / REDUCTION)
    for desk in DESKS:
        stories.write(folder / desk.name, desk, DESKS)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
