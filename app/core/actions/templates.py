"""The templates documents are made with: the office's own where there is one, the shipped one otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.core.actions.case_files import CaseFiles
from app.core.actions.done import Done
from app.core.actions.drafts import Drafting
from app.core.actions.leaving import hand_out
from app.core.actions.paper_copies import COPY, SIGNED, copies_of, signers_of
from app.core.actions.rights import needs
from app.core.actions.settings import read_office
from app.core.documents.dictionary import WordType
from app.core.documents.fill import Template, compile_template
from app.core.documents.given import NUMBER, words_for
from app.core.documents.kinds import DocumentKind, Rests, kind, kinds
from app.core.documents.lint import Complaint
from app.core.documents.package import read_template
from app.core.documents.templates import Examined, check_bytes, examine, find_template, list_templates, shipped_template
from app.core.documents.templates import trials as trial_words
from app.core.errors import UserError
from app.core.files import safe_name, unique_path
from app.core.jobs import Ticket
from app.core.store.database import Rooms, Store
from app.core.store.templates import OwnTemplate

TRIAL, TRIAL_NUMBER = "试填", "〔试填，没有编号〕"
SHIPPED_NAME, OWN_NAME = "出厂模板", "本院模板"
TYPES = {
    WordType.TEXT: "文字",
    WordType.FLAG: "如果（成立与否）",
    WordType.TEXTS: "清单（逐行）",
    WordType.ROWS: "清单（逐项）",
}


@dataclass(frozen=True, slots=True)
class InUse:
    """The template in use for a kind of document: the office's own, or None for the shipped one."""

    kind: DocumentKind
    own: OwnTemplate | None


@dataclass(frozen=True, slots=True)
class Said:
    """One word a template may use: how it is written, what it stands for, what it means."""

    written: str
    type: str
    says: str


def template_for(store: Rooms, wanted: DocumentKind, folders: Sequence[Path] = ()) -> Template:
    """The template of a kind, compiled: from one of these folders, else the office's own, else the shipped one.

    TemplateFault, with the first fault, when it cannot be used.
    """
    listed = list_templates(wanted.desk, folders) if folders else ()
    if any(each.kind == wanted and not each.shipped for each in listed):
        return compile_template(find_template(wanted, folders))
    own = store.templates.current(wanted.id)
    if own is not None:
        return Template(own.file, store.templates.content(own.id))
    return compile_template(find_template(wanted))


def in_use(store: Rooms) -> list[InUse]:
    """Every kind of document with the template in use, in the order of the kinds."""
    return [InUse(each, store.templates.current(each.id)) for each in kinds()]


def bytes_in_use(store: Rooms, wanted: DocumentKind) -> bytes:
    """The template in use as a file."""
    own = store.templates.current(wanted.id)
    return store.templates.content(own.id) if own is not None else read_template(shipped_template(wanted))


def look_at(kind_id: str, path: Path, *, ticket: Ticket) -> Examined:
    """Look at a file the office wants to use for a kind; FileUnreadable or TemplateFault when it is no .docx at all."""
    ticket.step(0, 0, f"检查模板 {path.name}")
    return examine(path, kind(kind_id))


def check_in_use(store: Rooms, kind_id: str, *, ticket: Ticket) -> tuple[Complaint, ...]:
    """What is wrong with the template in use; empty when nothing is."""
    wanted = kind(kind_id)
    ticket.step(0, 0, f"检查模板 {wanted.name}")
    return check_bytes(wanted.template, bytes_in_use(store, wanted), wanted)


@needs("templates")
def use_template(store: Store, kind_id: str, examined: Examined, *, now: str, who: str) -> Done:
    """Put a template that was looked at into use; UserError when something forbids it."""
    wanted = kind(kind_id)
    fatal = [each for each in examined.complaints if each.fatal]
    if fatal:
        raise UserError(f"模板还不能用：{fatal[0].place}{fatal[0].what}", do=fatal[0].do, where=examined.name)
    store.templates.use(wanted.id, examined.name, examined.raw, now=now, who=who)
    return Done(f"《{wanted.name}》已换成本院模板“{examined.name}”", frozenset({"templates"}))


@needs("templates")
def restore_shipped(store: Store, kind_id: str, *, now: str, who: str) -> Done:
    """Go back to the shipped template; the office's own stays in the history."""
    wanted = kind(kind_id)
    ended = store.templates.end(wanted.id, now=now, who=who)
    says = "已恢复出厂模板，本院模板仍保存在“以前的模板”里" if ended else "用的就是出厂模板"
    return Done(f"《{wanted.name}》{says}", frozenset({"templates"}))


@needs("templates")
def restore_earlier(store: Store, number: int, *, now: str, who: str) -> Done:
    """Put an earlier template of the office into use again; it is looked at again before."""
    found = [each for one in kinds() for each in store.templates.history(one.id) if each.id == number]
    if not found:
        raise KeyError(number)
    raw = store.templates.content(number)
    examined = Examined(found[0].file, raw, (), check_bytes(found[0].file, raw, kind(found[0].kind)))
    return use_template(store, found[0].kind, examined, now=now, who=who)


def save_copy(store: Rooms, kind_id: str, path: Path, *, shipped: bool, number: int = 0) -> Done:
    """Write a template into a file, to be changed in Word: the shipped one, the one in use, or an earlier one."""
    wanted = kind(kind_id)
    if shipped:
        raw = read_template(shipped_template(wanted))
    else:
        raw = store.templates.content(number) if number else bytes_in_use(store, wanted)
    hand_out(path, raw)
    return Done(f"已保存模板：{path.name}", value=path)


def try_template(
    store: Rooms,
    kind_id: str,
    folder: Path,
    day: date,
    *,
    case_id: int = 0,
    examined: Examined | None = None,
    ticket: Ticket,
) -> Done:
    """Fill the template in use, or one that is only looked at, on trial: with a case, or with the words' own names.

    No number is taken and nothing is entered; its value is the file. UserError when the case bears no such document.
    """
    wanted = kind(kind_id)
    ticket.step(0, 0, f"试填 {wanted.name}")
    raw = examined.raw if examined is not None else bytes_in_use(store, wanted)
    template = Template(wanted.template, raw)
    words = dict(_words_of(store, wanted, case_id, day) if case_id else trial_words()[1])
    words |= {NUMBER: TRIAL_NUMBER, SIGNED: signers_of(store, wanted), COPY: next(iter(copies_of(store, wanted)), "")}
    path = unique_path(folder, safe_name(f"{TRIAL}_{wanted.name}"), ".docx")
    hand_out(path, template.fill(words))
    return Done(f"已试填：{path.name}", value=path)


def word_list(kind_id: str) -> list[Said]:
    """The words a template of a kind may use, each as it is written there; those of a list after it."""
    said: list[Said] = []
    for each in words_for(kind(kind_id)):
        match each.type:
            case WordType.TEXT:
                said.append(Said(f"{{{{ {each.name} }}}}", TYPES[each.type], each.says))
            case WordType.FLAG:
                said.append(Said(f"{{%p if {each.name} %}} … {{%p endif %}}", TYPES[each.type], each.says))
            case _:
                said.append(Said(f"{{%p for 项 in {each.name} %}} … {{%p endfor %}}", TYPES[each.type], each.says))
                inside = each.inside.values() or ()
                said += [Said(f"　　{{{{ 项.{one.name} }}}}", TYPES[one.type], one.says) for one in inside]
                if each.type is WordType.TEXTS:
                    said.append(Said("　　{{ 项 }}", TYPES[WordType.TEXT], "清单里的一行"))
    return said


def _words_of(store: Rooms, wanted: DocumentKind, case_id: int, day: date) -> dict[str, object]:
    """The words of the first document of a kind a case would make."""
    files = CaseFiles(store, day, [case_id])
    file = files.open(case_id)
    drafting = Drafting(files, read_office(store), day)
    if wanted.rests is Rests.PAPER and file.reduction is not None:
        return dict(drafting.whole(file))
    if wanted.rests is Rests.PAPER or not wanted.desks:
        raise UserError(f"《{wanted.name}》不能用案件试填", do="请用样例试填")
    draft = next(drafting.drafts(file, wanted, None), None)
    if draft is None:
        raise UserError(f"这件案件没有《{wanted.name}》", do="请换一件案件，或者用样例试填")
    return dict(draft.words)
