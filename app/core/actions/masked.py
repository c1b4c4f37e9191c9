"""De-identified copies of documents that were made, and the key to them kept in another place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.core.actions.done import Done
from app.core.actions.leaving import hand_out, must_hold
from app.core.actions.rights import needs
from app.core.actions.templates import template_for
from app.core.documents.fill import Template
from app.core.documents.identity import Kind, Mask, Masks, left_over, scrubbed
from app.core.documents.kinds import PROPOSAL, kind
from app.core.documents.package import write_package
from app.core.errors import Cancelled, UserError
from app.core.files import drop, safe_name, unique_path, write_whole
from app.core.jobs import Ticket
from app.core.reports.tables import Sheet, tables_workbook
from app.core.store.database import Rooms, Store
from app.core.store.rows import Paper, PaperState

KEY_STEM = "去标识副本对照表"
AWAY = "请把对照表放到另一个文件夹，例如另一个磁盘或者只有本人能打开的文件夹"
MASK_COLUMNS = {"类别": 10, "原来的内容": 40, "副本中写作": 24}
FILE_COLUMNS = {"副本": 50, "文书": 24, "文号": 30, "原文件": 50}


@dataclass(slots=True)
class Masked:
    """What was written: the copies, where the key lies, and what could not be copied and why."""

    files: list[Path] = field(default_factory=list)
    key: Path | None = None
    problems: list[UserError] = field(default_factory=list)


def newest_papers(store: Rooms, case_ids: Sequence[int], *, ticket: Ticket) -> list[int]:
    """The documents made for these cases, of those made twice on the same findings the newer one."""
    found: list[int] = []
    for case_id in case_ids:
        ticket.step(0, 0, "查找已生成的文书")
        issued = store.papers.all(case_id=case_id, state=PaperState.ISSUED)
        found += {(each.kind, each.finding_keys): each.id for each in issued}.values()
    return found


@needs("papers")
def masked_copies(
    store: Store, paper_ids: Sequence[int], folder: Path, key_folder: Path, *, now: str, who: str, ticket: Ticket
) -> Done:
    """Write documents a second time without names, numbers and places, and the key to them into another folder.

    UserError when the key would lie beside the copies, or nothing could be copied. A copy in which a name can still
    be read is not written. When it is stopped, or the key cannot be written, no copy is left either.
    """
    if _beside(folder, key_folder):
        raise UserError("对照表不能与去标识副本放在一起", do=AWAY)
    must_hold(key_folder, "对照表")
    done = Masked()
    try:
        _write_all(store, paper_ids, folder, key_folder, done, ticket)
        store.audit.note("制作去标识副本", {"papers": len(done.files), "folder": str(folder)}, at=now, who=who)
    except (Cancelled, UserError):
        for each in (*done.files, *filter(None, (done.key,))):  # copies without their key are of no use to anybody
            drop(each)
        raise
    failed = f"，{len(done.problems)} 份没有写出" if done.problems else ""
    return Done(f"去标识副本 {len(done.files)} 份{failed}；对照表另存在 {key_folder}", value=done)


def _write_all(
    store: Store, paper_ids: Sequence[int], folder: Path, key_folder: Path, done: Masked, ticket: Ticket
) -> None:
    """The copies, then the key."""
    masks, rows = Masks(), []
    templates: dict[str, Template] = {}
    for number, paper_id in enumerate(paper_ids):
        ticket.step(number, len(paper_ids), f"去标识副本 {number + 1}/{len(paper_ids)}")
        paper = store.papers.paper(paper_id)
        try:
            path = _copy(store, paper, folder, masks, templates)
        except UserError as fault:
            done.problems.append(fault)
            continue
        done.files.append(path)
        rows.append((path.name, kind(paper.kind).name, paper.number, paper.file))
    if not done.files:
        raise done.problems[0] if done.problems else UserError("没有可以制作副本的文书", do="请先生成文书")
    key = unique_path(key_folder, safe_name(KEY_STEM), ".xlsx")
    write_whole(key, _key(masks, rows))
    done.key = key


def _copy(store: Store, paper: Paper, folder: Path, masks: Masks, templates: dict[str, Template]) -> Path:
    """One copy; UserError when it cannot be made."""
    wanted, words = kind(paper.kind), store.runs.words_of(paper.id)
    if words is None:
        raise UserError(f"《{wanted.name}》{paper.number}没有保存填写的内容", do="请重新生成以后再制作副本")
    if wanted.id not in templates:
        run = store.runs.run_of(paper.id)
        folders = [] if run is None else [Path(each) for each in run.asked["templates"]]
        templates[wanted.id] = template_for(store, wanted, folders)
    pieces = {**_of_case(store, paper, masks), **masks.gather(words)}
    shown = masks.words(words, pieces)
    parts = scrubbed(templates[wanted.id].members(shown), pieces)
    if left := left_over(parts, pieces):
        what = f"《{wanted.name}》{paper.number}里的“{left[0]}”被格式拆开或者印在图里，没有遮住"
        raise UserError(what, do="请改模板：固定文字里不要写具体的单位、姓名，或者把这几个字设成同一格式")
    title = wanted.title_for(str(words.get(PROPOSAL) or "减刑"))
    who = next((each.shown for each in pieces.values() if each.kind is Kind.PERSON), "")
    path = unique_path(folder / safe_name(wanted.name), safe_name("_".join(filter(None, (who, title)))), ".docx")
    hand_out(path, write_package(parts))
    return path


def _of_case(store: Store, paper: Paper, masks: Masks) -> Mapping[str, Mask]:
    """Who the case is about, whether the document has a word for it or not."""
    review = None if paper.case_id is None else store.casebook.review_of(paper.case_id)
    if review is None:
        return {}
    person = review.person
    said = {"姓名": person.name, "罪犯编号": person.prisoner_no, "身份证号码": person.id_number, "单位": review.unit}
    return masks.gather({**said, "案件编号": review.case})


def _beside(folder: Path, key_folder: Path) -> bool:
    one, other = folder.resolve(), key_folder.resolve()
    return one == other or one in other.parents or other in one.parents


def _key(masks: Masks, rows: Sequence[tuple[str, ...]]) -> bytes:
    told = [(each.kind.value, each.original, each.shown) for each in masks.all()]
    return tables_workbook([Sheet("对照", MASK_COLUMNS, told), Sheet("文书", FILE_COLUMNS, rows)])
