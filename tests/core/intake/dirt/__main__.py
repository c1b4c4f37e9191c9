"""Write the dirty workbooks with what must be read from them: `python -m tests.core.intake.dirt OUT`."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from tests.core.intake.dirt.kit import every


def main() -> None:
    """One file a dirt, and expected.json."""
    parser = argparse.ArgumentParser(prog="python -m tests.core.intake.dirt", description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder to write to")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    cases = every()
    for each in cases:
        (out / each.name).write_bytes(each.data)
    expected = {each.name: [asdict(sheet) for sheet in each.expected] for each in cases}
    (out / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"{len(cases)} workbooks")


if __name__ == "__main__":
    main()
