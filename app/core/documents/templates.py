"""The office's templates: which there are, which words they use, and what is wrong with one before it is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core.documents.dictionary import Word, WordType, dictionary
from app.core.documents.fill import Template
from app.core.documents.given import fitness
from app.core.documents.kinds import DocumentKind, kinds_in
from app.core.documents.lint import Complaint, inspect
from app.core.documents.mend import mend
from app.core.documents.package import read_package, read_template
from app.core.errors import TemplateFault

SHIPPED = Path(__file__).resolve().parents[2] / "templates"
LOCK_FILE = "~$"  # what Word leaves beside an open document


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """One template: the kind of document it makes (None for a file of no known kind), its path, whether we ship it."""

    kind: DocumentKind | None
    path: Path
    shipped: bool


def list_templates(desk: str, folders: Sequence[Path] = ()) -> tuple[TemplateFile, ...]:
    """One template for each kind of a folder (a desk or common), then the office's own files of no known kind.

    A file in one of `folders` (the first wins) stands in for the shipped one of the same name.
    """
    named = {each.template: each for each in kinds_in(desk)}
    own = _own_files(folders)
    files = []
    for name, kind in named.items():
        shipped = SHIPPED / desk / name
        if name in own:
            files.append(TemplateFile(kind, own[name], False))
        elif shipped.is_file():
            files.append(TemplateFile(kind, shipped, True))
    files += [TemplateFile(None, path, False) for name, path in own.items() if name not in named]
    return tuple(files)


def shipped_template(kind: DocumentKind) -> Path:
    """The template of a kind that came with the program."""
    return SHIPPED / kind.desk / kind.template


def find_template(kind: DocumentKind, folders: Sequence[Path] = ()) -> Path:
    """The template to use for a kind; TemplateFault when there is none."""
    for each in list_templates(kind.desk, folders):
        if each.kind is not None and each.kind.id == kind.id:
            return each.path
    raise TemplateFault(f"找不到《{kind.name}》的模板", do=f"请把 {kind.template} 放进模板文件夹")


def read_fields(path: Path) -> tuple[str, ...]:
    """The words a template uses, rows' words after their list's: 审查事项.结论. Faults are left out."""
    parts, _ = inspect(read_package(read_template(path), path.name), path.name)
    return tuple(dict.fromkeys(name for each in parts for name in each.use.paths()))


@dataclass(frozen=True, slots=True)
class Examined:
    """A template that was looked at: its bytes after mending, what was mended, and what is still wrong."""

    name: str
    raw: bytes
    mended: tuple[str, ...]
    complaints: tuple[Complaint, ...]

    @property
    def usable(self) -> bool:
        """Whether nothing forbids its use."""
        return not any(each.fatal for each in self.complaints)


def examine(path: Path, kind: DocumentKind | None = None) -> Examined:
    """Read a file of the office, mend what can safely be mended, and look at the rest.

    FileUnreadable or TemplateFault when it is no .docx at all.
    """
    raw, mended = mend(read_template(path), path.name)
    return Examined(path.name, raw, mended, check_bytes(path.name, raw, kind))


def check_template(path: Path, kind: DocumentKind | None = None) -> tuple[Complaint, ...]:
    """Everything wrong with a template, for a kind of document if given; empty when it can be used as it is."""
    return check_bytes(path.name, read_template(path), kind)


def check_bytes(name: str, raw: bytes, kind: DocumentKind | None = None) -> tuple[Complaint, ...]:
    """Everything wrong with the bytes of a template.

    Fields and marks are looked at first; when none of them forbids it, the template is filled on trial: with nothing,
    with everything, and with lists whose rows are empty.
    """
    parts, complaints = inspect(read_package(raw, name), name)
    if any(each.fatal for each in complaints):
        return tuple(complaints)
    if not parts:
        return (*complaints, Complaint("没有任何字段", "请在要填写的地方写上字段，如 {{ 姓名 }}", "正文", "", False))
    complaints += fitness(parts, kind) if kind is not None else ()
    template = Template(name, raw)
    for trial in trials():
        try:
            template.fill(trial)
        except TemplateFault as fault:
            complaints.append(Complaint(f"试填不成功：{fault.what}", fault.do, "正文", ""))
            break
    return tuple(complaints)


def trials() -> tuple[Mapping[str, object], ...]:
    """Words for filling on trial: nothing, everything, lists whose rows are empty."""
    words = dictionary().values()
    bare: dict[str, object] = {each.name: [{}, {}] for each in words if each.type is WordType.ROWS}
    return {}, {each.name: _sample(each) for each in words}, bare


def _sample(word: Word) -> object:
    match word.type:
        case WordType.TEXT:
            return f"〔{word.name}〕A&B<{word.name}>"
        case WordType.FLAG:
            return True
        case WordType.TEXTS:
            return [f"〔{word.name}一〕", f"〔{word.name}二〕"]
        case WordType.ROWS:
            return [{each.name: _sample(each) for each in word.inside.values()} for _ in range(2)]


def _own_files(folders: Iterable[Path]) -> dict[str, Path]:
    own: dict[str, Path] = {}
    for folder in folders:
        if folder.is_dir():
            for path in sorted(folder.glob("*.docx")):
                if not path.name.startswith(LOCK_FILE):
                    own.setdefault(path.name, path)
    return own
