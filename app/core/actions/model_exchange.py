"""Models passed from office to office: one file with the model, its hash, the office's name and a seal of its key."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from app.core.actions.done import Done
from app.core.actions.leaving import hand_out
from app.core.actions.model_book import known
from app.core.actions.model_files import shipped
from app.core.actions.settings import read_office
from app.core.errors import UserError
from app.core.intake.declared import shipped_tables
from app.core.models.parts import Model
from app.core.models.read import read_model
from app.core.models.strict import MOST_BYTES
from app.core.store.database import Rooms, Store

KIND = "刑执智检监督模型"
SUFFIX = ".jdmx"
KEYS = {"kind", "format", "office", "sha256", "key", "seal", "content"}
KEY_SETTING = "models.key"
SHOWN = 16  # signs of the code that is compared by telephone
LONGEST_OFFICE = 60
ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Parcel:
    """A model file as it came: the model, its bytes, who says to have sent it, and what to look at before taking it.

    `ours` tells that the seal is of our own key; `code` is compared with the sender's.
    """

    model: Model
    content: bytes
    office: str
    code: str
    ours: bool
    warnings: tuple[str, ...]


def export_model(store: Store, model_id: str, path: Path) -> Done:
    """Write a model into one file; its value is the code to be told to whoever receives it."""
    model = known(store)[model_id].model
    content = model.text.encode("utf-8")
    office = read_office(store).name
    digest, key = hashlib.sha256(content).hexdigest(), _key(store)
    mark = hashlib.sha256(key).hexdigest()[:SHOWN]
    parcel = {
        "kind": KIND,
        "format": 1,
        "office": office,
        "sha256": digest,
        "key": mark,
        "seal": _seal(key, digest, office),
        "content": model.text,
    }
    hand_out(path, json.dumps(parcel, ensure_ascii=False, indent=1).encode("utf-8"), maskable=False)
    code = _code(mark, digest)
    return Done(f"已导出“{model.name}”：{path.name}，核对码 {code}，请另行告诉接收的单位", value=code)


def open_parcel(store: Rooms, path: Path) -> Parcel:
    """Read a model file without taking it in; UserError for one that is damaged, was changed or is no model file."""
    try:
        data = path.read_bytes()[: 4 * MOST_BYTES + 1]
    except OSError as error:
        raise UserError(f"读不了文件：{path.name}", do="请检查文件还在不在、U盘是否连好") from error
    if path.suffix == ".toml":
        return _opened(store, read_model(data, shipped_tables()), data, "", "", ours=False)
    given = _unpack(data, path.name)
    content = given["content"].encode("utf-8", "replace")
    digest = hashlib.sha256(content).hexdigest()
    if not hmac.compare_digest(digest, given["sha256"]):
        raise UserError(f"{path.name}的内容与它的校验值不符，可能在传递中被改动", do="请向发送的单位重新索取")
    key = store.settings.get(KEY_SETTING)
    ours = bool(key) and hmac.compare_digest(_seal(bytes.fromhex(key or ""), digest, given["office"]), given["seal"])
    code = _code(given["key"], digest)
    return _opened(store, read_model(content, shipped_tables()), content, given["office"], code, ours=ours)


def _opened(store: Rooms, model: Model, content: bytes, office: str, code: str, *, ours: bool) -> Parcel:
    warnings = [] if office else ["文件没有写明是哪个单位导出的"]
    for each in known(store).values():
        other = each.model
        if other.text.encode("utf-8") == content:
            warnings.append(f"与已有的“{other.name}”（{each.origin}）完全相同")
        elif other.id == model.id:
            warnings.append(f"编号与已有的“{other.name}”（{each.origin}，第 {other.version} 版）相同，采用后代替它")
        elif other.name == model.name or likeness(other, model) >= ALIKE:
            word = "随程序提供的" if other.id in shipped() else "已有的"
            warnings.append(f"与{word}“{other.name}”（{other.id}）查的是差不多的事，可能重复")
    return Parcel(model, content, office, code, ours, tuple(warnings))


def likeness(one: Model, other: Model) -> float:
    """How much of two models' tables and steps is the same, from 0 to 1."""
    sets = [
        {*((each.kind.name, field.name) for each in model.tables for field in each.kind.fields)}
        | {(each.do.value, each.start, each.done, each.table) for each in model.all_steps()}
        for model in (one, other)
    ]
    return len(sets[0] & sets[1]) / max(len(sets[0] | sets[1]), 1)


def _unpack(data: bytes, name: str) -> dict[str, str]:
    """The parts of a model file, every one of the kind it must be."""
    refused = UserError(f"{name}不是本程序导出的模型文件，或者已经损坏", do="请向发送的单位重新索取")
    if len(data) > 4 * MOST_BYTES:
        raise refused
    try:
        given = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise refused from error
    if not isinstance(given, dict) or set(given) != KEYS or (given["kind"], given["format"]) != (KIND, 1):
        raise refused
    texts = {name: given[name] for name in KEYS - {"format"}}
    if any(not isinstance(each, str) for each in texts.values()) or len(texts["office"]) > LONGEST_OFFICE:
        raise refused
    if any(not texts[each].isascii() for each in ("sha256", "key", "seal")):
        raise refused
    return texts


def _key(store: Store) -> bytes:
    """The office's own key, made when it is first needed; it never leaves the store."""
    found = store.settings.get(KEY_SETTING)
    if not found:
        found = secrets.token_hex(32)
        store.settings.set(KEY_SETTING, found)
    return bytes.fromhex(found)


def _seal(key: bytes, digest: str, office: str) -> str:
    return hmac.new(key, f"{digest}|{office}".encode(), hashlib.sha256).hexdigest()


def _code(key: str, digest: str) -> str:
    """What both offices read to each other: it changes with the sender's key and with every letter of the model."""
    code = hashlib.sha256(f"{key}|{digest}".encode()).hexdigest()[:12].upper()
    return "-".join(code[place : place + 4] for place in range(0, 12, 4))
