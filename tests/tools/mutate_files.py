"""Changes files from outside at random and looks whether the program stays polite: a value or a sentence.

Run as `python -m tests.tools.mutate_files [--files 10000] [--seed N]`. Mapping files, law files, the office's changes
of the law, models, signed models, exchange files (from outside and what is locked inside them) and copies of data are
mutated: bytes, lines, values, structure. Each is read with a limit of time and in a folder that is looked at
afterwards. A traceback, a file that was not there before or a reading that takes too long is a fault.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from app.core.errors import UserError
from app.core.intake.mapping import Remembered
from app.core.intake.mapping_file import read_mapping_file, write_mappings
from app.core.law import book
from app.core.law.book import LawBook, load, shipped
from app.core.law.changes import AddRow, AddVersion, EndRow, SetYear, Source, write_change
from app.core.law.edition import lay_over
from tests.tools.sent_files import Kind, sent_kinds

LONGEST = 10.0  # seconds for one file, on a machine that is busy with other things
ODD = (
    None, True, False, 0, -1, 10**30, 1.5, "", "x", "R1", "2026-02-30", "2026-11-21", "../../x", "\ud800", "甲" * 5000,
    [], {}, [[]], {"a": {"b": {}}}, "R1.name", "\x00",
)  # fmt: skip
SPLICES = (
    b"\xff\xfe",
    b"\x00",
    b"[" * 3000,
    b"{" * 3000,
    b'"',
    b"'''",
    b"=",
    b".a" * 2000,
    b"9" * 5000,
    b"\n[[row]]\n",
    b"\\u",
)
VALUE, SENTENCE = "read", "refused in words"


def mapping_examples() -> list[bytes]:
    """Mapping files as the program writes them and as a person may."""
    known = [
        Remembered("R1", {"罪犯编号": "prisoner_no", "姓名": "name", "刑期": ""}, "abc", unit="例县监狱"),
        Remembered("R2", {"罪犯姓名": "name"}, "def"),
    ]
    by_hand = {"R1": {"罪犯编号": "prisoner_no", "姓名": "name"}, "abc": {"姓名": "R1.name"}}
    return [write_mappings(known), json.dumps(by_hand, ensure_ascii=False).encode(), b"{}"]


def change_examples() -> list[bytes]:
    """The office's changes of the law, as the store keeps them."""
    law = shipped()
    number = next(iter(law.parameters))
    row = law.rows[0]
    cite = next(iter(law.provisions))
    day = date(2026, 1, 1)
    changes = (
        AddRow(number, 3, day, None, Source("例省规定", "第三条", day, True), "试验"),
        AddRow(number, 3, day, date(2026, 12, 31), cite, "试验", closes=False),
        AddVersion(row.name, {"wait": 20}, day, cite, "试验"),
        EndRow(number, None, day),
        SetYear(2027, frozenset({date(2027, 1, 1)}), frozenset({date(2027, 1, 2)})),
    )
    return [json.dumps(write_change(each), ensure_ascii=False).encode() for each in changes]


def read_law(path: Path) -> LawBook:
    """The mutated file in the place of the one it was made from; what the program itself does at its start."""
    try:
        return load(path if each == path.name else book.HERE / each for each in book.FILES)
    except ValueError as fault:
        raise UserError("法律数据文件前后不一致", do="请重新安装程序") from fault


def read_change_file(path: Path) -> LawBook:
    """A mutated change laid over the law; what is no JSON was never kept."""
    try:
        kind, content = json.loads(path.read_bytes())
    except (ValueError, TypeError, RecursionError) as fault:
        raise UserError("不是 JSON", do="无") from fault
    if not isinstance(kind, str) or not isinstance(content, dict):
        raise UserError("不是修改", do="无")
    return lay_over(shipped(), [(1, kind, content)])


def kinds() -> dict[str, Kind]:
    """All kinds of files."""
    small = [name for name in book.FILES if (book.HERE / name).stat().st_size < 60_000]
    found = {
        "mapping": Kind("json", mapping_examples(), read_mapping_file),
        "change": Kind("json", change_examples(), read_change_file),
    }
    laws = {f"law {name}": Kind("toml", [(book.HERE / name).read_bytes()], read_law) for name in small[:3]}
    return found | laws | sent_kinds()


def mutated(data: bytes, suffix: str, chance: random.Random) -> bytes:
    """The same file, changed in one or a few ways."""
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        way = chance.randrange(6)
        place = chance.randrange(len(data) + 1)
        if way == 0 and data:
            changed = bytearray(data)
            changed[place % len(data)] ^= 1 << chance.randrange(8)
            data = bytes(changed)
        elif way == 1:
            data = data[:place] + chance.choice(SPLICES) + data[place:]
        elif way == 2:
            data = data[:place]
        elif way == 3:
            end = min(len(data), place + chance.randrange(200))
            data = data[:place] + data[end:]
        elif way == 4:
            lines = data.splitlines(keepends=True)
            chance.shuffle(lines)
            data = b"".join(lines[: chance.randrange(len(lines) + 1)] if len(lines) > 1 else lines)
        elif suffix == "json":
            data = _other_value(data, chance)
        else:
            data = _other_line(data, chance)
    return data


def _other_value(data: bytes, chance: random.Random) -> bytes:
    """JSON with one value exchanged for an odd one."""
    try:
        tree: Any = [json.loads(data)]
    except (ValueError, RecursionError):
        return data
    node = tree = copy.deepcopy(tree)
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return data
        key = chance.choice(keys)
        if isinstance(node[key], dict | list) and node[key] and chance.random() < 0.8:
            node = node[key]
            continue
        node[key] = chance.choice(ODD)
        return json.dumps(tree[0]).encode()


def _other_line(data: bytes, chance: random.Random) -> bytes:
    """TOML with the value of one line exchanged."""
    lines = data.split(b"\n")
    place = chance.randrange(len(lines))
    name, equals, _ = lines[place].partition(b"=")
    odd = chance.choice(
        (b"1", b'"x"', b"[]", b"{}", b"true", b"2026-01-01", b"[1, 2]", b'["a"]', b"1.5", b"2026-01-01T00:00:00")
    )
    lines[place] = name + equals + b" " + odd if equals else b""
    return b"\n".join(lines)


def once(kind: Kind, name: str, folder: Path, chance: random.Random) -> tuple[str, str]:
    """One mutated file; how it ended, and what was wrong."""
    data = mutated(chance.choice(kind.examples), kind.suffix, chance)
    path = folder / (name.removeprefix("law ") if name.startswith("law ") else f"{name}.{kind.suffix}")
    path.write_bytes(data)
    begun = time.monotonic()
    try:
        kind.read(path)
        outcome = VALUE
    except UserError as fault:
        outcome = SENTENCE
        if not str(fault).endswith("。"):
            return outcome, f"{name}: {fault}"
    except Exception as fault:
        return "traceback", f"{name}: {type(fault).__name__} {fault}\n{data[:2000]!r}"
    if time.monotonic() - begun > LONGEST:
        return "slow", f"{name}: {time.monotonic() - begun:.0f} s\n{data[:2000]!r}"
    if [each.name for each in folder.iterdir()] != [path.name]:
        return "a file", f"{name}: {sorted(each.name for each in folder.iterdir())}"
    path.unlink()
    return outcome, ""


def mutate(files: int, chance: random.Random, folder: Path) -> tuple[dict[str, Counter[str]], list[str]]:
    """So many mutated files of all kinds in turn; how they ended, and every fault."""
    known = kinds()
    names = [*["mapping", "change"] * 3, *list(known)[2:]]
    seen: dict[str, Counter[str]] = {each: Counter() for each in known}
    wrong = []
    for number in range(files):
        name = names[number % len(names)]
        outcome, fault = once(known[name], name, folder, chance)
        seen[name][outcome] += 1
        wrong += [fault] if fault else []
        for left in folder.iterdir():
            left.unlink()
    return seen, wrong


def main(argv: Sequence[str]) -> int:
    """Mutate so many files; 1 when the program was impolite to one of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=20_261_122)
    words = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        seen, wrong = mutate(words.files, random.Random(words.seed), Path(folder))
    for each in wrong[:20]:
        print(each)
    for name, outcomes in seen.items():
        print(f"{name}: " + ", ".join(f"{count} {how}" for how, count in outcomes.most_common()))
    print(f"{words.files} files: {len(wrong)} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
