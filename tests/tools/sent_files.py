"""What people send each other on sticks, for the tool that mutates files: models, exchange files, copies of data."""

from __future__ import annotations

import atexit
import json
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from app.core.actions.exchange_in import preview_of, take_back, take_in
from app.core.actions.exchange_out import send
from app.core.actions.exchange_read import offer_of, open_offer
from app.core.actions.log_book import check_exported
from app.core.actions.model_exchange import export_model, open_parcel
from app.core.actions.model_files import FOLDER
from app.core.actions.settings import write_office
from app.core.documents.context import Office
from app.core.errors import UserError
from app.core.intake.declared import shipped_tables
from app.core.jobs import Ticket
from app.core.models.read import read_model
from app.core.rights import FIRST_ROLES, Account
from app.core.store import backup, exchange_file, keyring, keys, people
from app.core.store.audit_proof import written
from app.core.store.backup import Why
from app.core.store.database import Store
from app.core.store.keyring import salt_of
from app.core.store.locks import first_ring
from app.core.untrusted import read_bytes, read_json
from tests.tools.kill_base import quick_stretching
from tests.tools.power_cut import NOW, WHO, prepared

KEY, PHRASE, CASES = keys.random_key(), "电话里约定的口令", 3
MODELS = 4
FIRST = Account(keyring.FIRST_SLOT, "测试甲", FIRST_ROLES)


class Kind(NamedTuple):
    """A kind of file: sound examples of it, and how it is read."""

    suffix: str
    examples: Sequence[bytes]
    read: Callable[[Path], object]


def sent_kinds() -> dict[str, Kind]:
    """The kinds of files that come from other offices, and the copies of our own data; stretching takes no time."""
    with tempfile.TemporaryDirectory() as name, quick_stretching(), Store(Path(name) / "数据.db", KEY) as store:
        folder = Path(name)
        prepared(store, folder, CASES)
        write_office(store, Office(name="例县人民检察院"), now=NOW, who=WHO)
        ids = store.views.case_ids("reduction")
        file = folder / "a.jhwj"
        send(store, ids, file, PHRASE, words=True, papers=True, now=NOW, who=WHO, ticket=Ticket())
        parts = read_json(exchange_parts(file), "a")
        models = [each.read_bytes() for each in islice(sorted(FOLDER.glob("MX-*.toml")), MODELS)]
        parcel = folder / "a.jdmx"
        export_model(store, next(iter(sorted(each.stem for each in FOLDER.glob("MX-*.toml")))), parcel)
        copy = store.back_up(Why.ASKED, now=NOW, ticket=Ticket()).path
        assert parts["records"]
        return {
            "model": Kind("toml", models, _model),
            "signed model": Kind("json", [parcel.read_bytes()], lambda path: open_parcel(other(), path)),
            "exchange": Kind("jhwj", [file.read_bytes()], _exchange),
            "inside an exchange": Kind("json", [exchange_parts(file)], _inside),
            "log": Kind("txt", ["".join(written(store.audit.entries())).encode()], _log),
            "key file": Kind("json", [keyring.text_of(first_ring(KEY, PHRASE, FIRST))], _key_file),
            "copy": Kind("db", [copy.read_bytes()], _copy),
        }


def exchange_parts(file: Path) -> bytes:
    """What is locked inside an exchange file, as JSON."""
    return json.dumps(exchange_file.read(file, PHRASE, ticket=Ticket())[0], ensure_ascii=False).encode()


@cache
def other() -> Store:
    """The store files are taken into; it goes with the process."""
    store = Store.temporary()
    atexit.register(store.close)
    return store


def _exchange(path: Path) -> object:
    with quick_stretching():
        return open_offer(path, PHRASE, ticket=Ticket())


def _model(path: Path) -> object:
    return read_model(read_bytes(path), shipped_tables())


def _inside(path: Path) -> object:
    """Taken in as a whole and taken back: whoever knows the passphrase may send anything."""
    parts = read_json(read_bytes(path), path.name)
    if not isinstance(parts, dict):
        raise UserError("不是交换文件的内容", do="无")
    shown = preview_of(other(), offer_of(parts, path.name, "0000"), ticket=Ticket())
    take_in(other(), shown, now=NOW, who=WHO, ticket=Ticket())
    assert shown.offer.rows == shown.accepted + shown.rejected
    return take_back(other(), other().exchanges.all()[-1].id, now=NOW, who=WHO)


def _log(path: Path) -> object:
    """A log with a fault is answered with the fault."""
    done = check_exported(path)
    if done.value:
        raise UserError(done.says, do="请核对")
    return done


def _key_file(path: Path) -> object:
    """The key file of a store, with the check sum of whoever changed it: opened, then asked who the people are."""
    with suppress(ValueError, TypeError, AttributeError, RecursionError):
        said = json.loads(path.read_bytes())
        said.pop("check", None)
        path.write_text(json.dumps({**said, "check": keyring._digest(said)}), encoding="utf-8")
    with quick_stretching():
        ring = keyring._read(path)
        _, key = ring.opened(PHRASE, ring.accounts())
        return people.told(ring, key)


def _copy(path: Path) -> object:
    salt_of(path)
    found = backup.problems_of(path, KEY, Ticket())
    if found:
        raise UserError(found[0], do="请用另一份备份")
    return found
