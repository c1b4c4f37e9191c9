"""Makes the models' sample workbooks: python -m installer.samples.models [FOLDER]."""

from __future__ import annotations

import sys
from pathlib import Path

from installer.samples.models.books import FOLDER, write

if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
