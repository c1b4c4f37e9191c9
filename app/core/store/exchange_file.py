"""An exchange file: what one office hands another, locked with a passphrase both agreed on by telephone.

A line of plain JSON stands first: what the file is, its version, the salt, the SHA-256 of what follows and a seal over
all of it. Then comes an encrypted database that holds the parts as texts. Thus a file of a newer version, one that was
damaged on its way and a wrong passphrase can be told apart before anything is opened.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.core.errors import FileUnreadable, StoreDamaged, StoreTooNew, UserError, WrongPassphrase
from app.core.files import drop, explain
from app.core.jobs import Ticket
from app.core.store import keys
from app.core.store.keys import StoreKey
from app.core.store.link import Link
from app.core.store.whole import whole
from app.core.untrusted import read_bytes, read_json

KIND, VERSION, SUFFIX = "刑执智检交换文件", 1, ".jhwj"
LARGEST, LONGEST_HEAD, LARGEST_PART = 1 << 30, 4096, 512 << 20
SHORTEST = 8  # letters of a passphrase
PIECE = 4 << 20
INNER = "parts.db"
MADE = "CREATE TABLE parts (name TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT"
AGAIN = "请让对方重新导出、重新拷贝后再试"


def write(path: Path, passphrase: str, parts: Mapping[str, Any], *, ticket: Ticket) -> str:
    """Write the parts (plain JSON values) as one locked file; its code, which both sides can read to each other.

    UserError for a passphrase that is too short, errors as of any file that cannot be written.
    """
    if len(passphrase.strip()) < SHORTEST:
        raise UserError(f"交换口令太短，至少 {SHORTEST} 个字", do="请与对方另约一个长一些的口令")
    key, sealing = _keys(passphrase, keys.random_key().salt)
    try:
        with tempfile.TemporaryDirectory(prefix="xzzj-", ignore_cleanup_errors=True) as folder:
            inner = Path(folder) / INNER
            _fill(inner, key, parts, ticket)
            head = {"kind": KIND, "version": VERSION, "salt": key.salt.hex(), "sha256": _digest(inner)}
            line = json.dumps(head | {"seal": _seal(sealing, head)}, ensure_ascii=False).encode() + b"\n"
            with whole(path) as beside, inner.open("rb") as reading, beside.open("wb") as writing:
                writing.write(line)
                while piece := reading.read(PIECE):
                    ticket.step(0, 0, f"写出 {path.name}")
                    writing.write(piece)
                writing.flush()
                os.fsync(writing.fileno())
    except OSError as fault:
        raise explain(fault, path) from fault
    return code_of(str(head["sha256"]))


def read(path: Path, passphrase: str, *, ticket: Ticket) -> tuple[dict[str, Any], str]:
    """The parts of a file, unlocked, and its code; nothing of it is believed but that they are JSON.

    FileUnreadable for what is no exchange file or was damaged, StoreTooNew, WrongPassphrase.
    """
    ticket.step(0, 0, f"读 {path.name}")
    data = read_bytes(path, LARGEST)
    head, body = _opened(data, path.name)
    if hashlib.sha256(body).hexdigest() != head["sha256"]:
        raise FileUnreadable(f"交换文件不完整或者被改动过：{path.name}", do=AGAIN)
    ticket.step(0, 0, "核对口令")
    key, sealing = _keys(passphrase, bytes.fromhex(head["salt"]))
    seal = head.pop("seal")
    if not hmac.compare_digest(_seal(sealing, head), seal):
        raise WrongPassphrase("交换口令不正确，文件没有打开", do="请与对方核对口令，注意大小写和输入法")
    try:
        with tempfile.TemporaryDirectory(prefix="xzzj-", ignore_cleanup_errors=True) as folder:
            inner = Path(folder) / INNER
            inner.write_bytes(body)
            try:
                return _parts(inner, key, path.name, ticket), code_of(head["sha256"])
            except StoreDamaged as fault:
                raise FileUnreadable(f"交换文件里面已损坏：{path.name}", do=AGAIN) from fault
            finally:
                drop(inner)
    except OSError as fault:
        raise explain(fault, path) from fault


def code_of(digest: str) -> str:
    """What both offices compare by telephone."""
    code = digest[:12].upper()
    return "-".join(code[place : place + 4] for place in range(0, 12, 4))


def _opened(data: bytes, name: str) -> tuple[dict[str, Any], bytes]:
    """The head, every word of it of the kind it must be, and what follows it."""
    no = FileUnreadable(f"这不是本程序的交换文件，或者文件开头已损坏：{name}", do="请选择对方用“交换文件”导出的文件")
    line, newline, _ = data[: LONGEST_HEAD + 1].partition(b"\n")
    if not newline:
        raise no
    try:
        head = read_json(line, name)
    except FileUnreadable as fault:
        raise no from fault
    if not isinstance(head, dict) or head.get("kind") != KIND or type(head.get("version")) is not int:
        raise no
    if head["version"] > VERSION:
        raise StoreTooNew(f"交换文件是由更新版本的程序写成的：{name}", do="请安装新版程序再导入，或者让对方用旧版导出")
    lengths = {"salt": 2 * keys.SALT_BYTES, "sha256": 64, "seal": 64}
    for each, length in lengths.items():
        text = head.get(each)
        if not isinstance(text, str) or len(text) != length or set(text) - set("0123456789abcdef"):
            raise no
    return {each: head[each] for each in ("kind", "version", *lengths)}, data[len(line) + 1 :]


def _keys(passphrase: str, salt: bytes) -> tuple[StoreKey, bytes]:
    raw = keys.stretch(passphrase, salt, 2 * keys.KEY_BYTES)
    return StoreKey(raw[: keys.KEY_BYTES], salt), raw[keys.KEY_BYTES :]


def _seal(sealing: bytes, head: Mapping[str, Any]) -> str:
    return hmac.digest(sealing, json.dumps(head, ensure_ascii=False, sort_keys=True).encode(), "sha256").hex()


def _fill(path: Path, key: StoreKey, parts: Mapping[str, Any], ticket: Ticket) -> None:
    link = Link(path, key, alone=True)
    try:
        link.change(MADE)
        for number, (name, value) in enumerate(parts.items()):
            ticket.step(number, len(parts), "加密")
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            link.change("INSERT INTO parts (name, content) VALUES (?, ?)", (name, text))
    finally:
        link.close()


def _parts(path: Path, key: StoreKey, name: str, ticket: Ticket) -> dict[str, Any]:
    link = Link(path, key, writes=False, alone=True)
    try:
        kinds = link.rows("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
        if kinds != [("table", "parts")]:
            raise FileUnreadable(f"交换文件里面已损坏：{name}", do=AGAIN)
        found: dict[str, Any] = {}
        for part, size in link.rows("SELECT name, length(content) FROM parts LIMIT 100"):
            ticket.step(len(found), 0, "解密")
            if size > LARGEST_PART:
                raise FileUnreadable(f"交换文件里的内容太多：{name}", do="请让对方分几次导出")
            (text,) = link.row("SELECT content FROM parts WHERE name = ?", (part,)) or ("",)
            found[str(part)] = read_json(str(text).encode("utf-8", "replace"), name)
        return found
    finally:
        link.close()


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
