"""How many copies of a kind of document this office prints, what each is called, and who signs under the date."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.actions.done import Done
from app.core.actions.rights import needs
from app.core.documents.kinds import DocumentKind, kind, kinds
from app.core.errors import UserError
from app.core.store.database import Rooms, Store

COPIES, SIGNERS = "papers.copies", "papers.signers"
COPY, SIGNED = "联名", "署名栏"  # the words of templates
MOST = 6
LONGEST_COPY, LONGEST_SIGNER = 8, 24  # characters
BETWEEN = re.compile(r"[、，,；;\n]+")


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One kind of document: its copies by name (none: one without a name), the lines of signature under its date."""

    id: str
    name: str
    copies: tuple[str, ...]
    signers: tuple[str, ...]


def copies_of(store: Rooms, wanted: DocumentKind) -> tuple[str, ...]:
    """The copies of a kind by name; empty for a single one without a name."""
    return _read(store, COPIES).get(wanted.id, ())


def signers_of(store: Rooms, wanted: DocumentKind) -> tuple[str, ...]:
    """The lines of signature of a kind."""
    return _read(store, SIGNERS).get(wanted.id, ())


def copy_lines(store: Rooms) -> list[CopyLine]:
    """Every kind made of cases."""
    copies, signers = _read(store, COPIES), _read(store, SIGNERS)
    return [
        CopyLine(each.id, each.name, copies.get(each.id, ()), signers.get(each.id, ()))
        for each in kinds()
        if each.desks
    ]


@needs("templates")
def keep_copies(store: Store, kind_id: str, copies: str, signers: str, *, now: str, who: str) -> Done:
    """Print a kind in these copies with these lines of signature from now on, names with 、 between; "" for none.

    UserError for what cannot be meant.
    """
    wanted = kind(kind_id)
    chosen = {
        COPIES: _names(copies, "联", LONGEST_COPY, "例如“正本、副本、存根”"),
        SIGNERS: _names(signers, "署名", LONGEST_SIGNER, "例如“检察官：、书记员：”"),
    }
    with store.atomic():
        for key, names in chosen.items():
            own = {**_read(store, key)}
            own.pop(kind_id, None)
            if names:
                own[kind_id] = names
            store.settings.set(key, json.dumps(own, ensure_ascii=False))
        what = {"文书": wanted.name, "联": list(chosen[COPIES]), "署名栏": list(chosen[SIGNERS])}
        store.audit.note("修改联和署名", what, at=now, who=who)
    printed = "、".join(chosen[COPIES]) or "一份，不印联名"
    signed = "、".join(chosen[SIGNERS]) or "没有"
    return Done(f"《{wanted.name}》印{printed}；署名栏：{signed}", frozenset({"settings"}))


def _names(text: str, what: str, longest: int, example: str) -> tuple[str, ...]:
    names = tuple(each.strip() for each in BETWEEN.split(text) if each.strip())
    if len(names) > MOST:
        raise UserError(f"{what}太多，最多 {MOST} 个", do=f"请用顿号隔开，{example}")
    if any(len(each) > longest for each in names):
        raise UserError(f"{what}的名称太长，每个最多 {longest} 个字", do=f"请用顿号隔开，{example}")
    if len(set(names)) < len(names):
        raise UserError(f"{what}的名称有重复", do=f"请改成不同的名称，{example}")
    return names


def _read(store: Rooms, key: str) -> Mapping[str, tuple[str, ...]]:
    text = store.settings.get(key)
    raw: Mapping[str, Sequence[str]] = json.loads(text) if text else {}
    return {name: tuple(each) for name, each in raw.items()}
