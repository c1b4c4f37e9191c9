"""Mappings as a file people can read, mend and hand on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.core.errors import UserError
from app.core.intake.declared import tables
from app.core.intake.mapping import BETWEEN, Remembered
from app.core.untrusted import read_bytes, read_json


def read_mapping_file(path: Path) -> tuple[Remembered, ...]:
    """Mappings from a file; UserError, in plain words, when it is none.

    Either {"mappings": [{"table": "R1", "columns": {"列名": "field"}}]}, where "fingerprint" and "unit" may stand
    beside the columns, or {"R1": {"列名": "field"}}; other
    keys are fingerprints of headers, and their fields are written "R1.field". A field may be given by its Chinese
    name. The second form leaves columns it does not name to be recognised.
    """
    data = read_json(read_bytes(path), path.name)
    if not isinstance(data, dict):
        raise _fault(path, "最外层应当是一个对象")
    if "mappings" in data:
        return tuple(_entry(path, each) for each in _list(path, data["mappings"]))
    return tuple(_keyed(path, key, columns) for key, columns in data.items())


def write_mappings(mappings: Sequence[Remembered]) -> bytes:
    """The same file, written out."""
    listed = [
        {"table": each.table, "columns": dict(each.columns)}
        | ({"fingerprint": each.fingerprint} if each.fingerprint else {})
        | ({"unit": each.unit} if each.unit else {})
        for each in mappings
    ]
    return json.dumps({"mappings": listed}, ensure_ascii=False, indent=1).encode()


def _entry(path: Path, data: Any) -> Remembered:
    if not isinstance(data, dict) or not isinstance(data.get("table"), str):
        raise _fault(path, "每一项要有 table 和 columns")
    read = _checked(path, data["table"], _columns(path, data.get("columns")), str(data.get("fingerprint") or ""))
    return replace(read, unit=str(data.get("unit") or ""))


def _keyed(path: Path, key: str, data: Any) -> Remembered:
    columns = _columns(path, data)
    if key in tables():
        fields = {label: wanted.removeprefix(f"{key}.") for label, wanted in columns.items()}
        return replace(_checked(path, key, fields, ""), partial=True)
    named = {wanted.partition(".")[0] for wanted in columns.values() if "." in wanted}
    if len(named) != 1:
        raise _fault(path, f"“{key}”不是表的编号，其中的字段要写成“R1.字段”")
    table = named.pop()
    return _checked(path, table, {label: each.removeprefix(f"{table}.") for label, each in columns.items()}, key)


def _checked(path: Path, table_id: str, columns: Mapping[str, str], fingerprint: str) -> Remembered:
    table = tables().get(table_id)
    if table is None:
        raise _fault(path, f"没有编号为“{table_id}”的表")
    known = {each.id for each in table.fields} | {each.name for each in table.fields}
    for wanted in columns.values():
        for part in wanted.split(BETWEEN) if wanted else ():
            if part not in known:
                raise _fault(path, f"《{table.name}》没有字段“{part}”")
    return Remembered(table_id, columns, fingerprint)


def _columns(path: Path, data: Any) -> dict[str, str]:
    if not isinstance(data, dict) or not data:
        raise _fault(path, "列名和字段要成对写")
    if not all(isinstance(wanted, str | None) for wanted in data.values()):
        raise _fault(path, "字段要写成文字")
    return {str(label): wanted or "" for label, wanted in data.items()}


def _list(path: Path, data: Any) -> list[Any]:
    if not isinstance(data, list):
        raise _fault(path, "mappings 应当是一个列表")
    return data


def _fault(path: Path, why: str) -> UserError:
    return UserError(f"映射文件无法使用：{path.name}（{why}）", do="请使用本程序导出的映射文件，或者按说明改正")
