"""The store: one encrypted file, the rooms inside it, and the ways to make, open, upgrade and close it."""

from __future__ import annotations

import tempfile
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from app.core.errors import UserError, WrongPassphrase
from app.core.files import explain
from app.core.jobs import Ticket
from app.core.rights import FIRST_ROLES, Account
from app.core.store import backup, health, keyring, keys, migrations, recovery, repair, restore
from app.core.store.audit import Audit
from app.core.store.batches import Batches
from app.core.store.casebook import Casebook
from app.core.store.destruction import Destruction
from app.core.store.endings import Endings
from app.core.store.exchanges import Exchanges
from app.core.store.faults import told
from app.core.store.judgements import Judgements
from app.core.store.law import Law
from app.core.store.link import Link
from app.core.store.lives import Lives
from app.core.store.lock import Lock
from app.core.store.locks import Locks, first_ring
from app.core.store.model_book import ModelBook
from app.core.store.model_rows import ModelRows
from app.core.store.office import Mappings, Settings
from app.core.store.overviews import Overviews
from app.core.store.paper_lives import PaperLives
from app.core.store.papers import Papers
from app.core.store.people import checked_name
from app.core.store.repeats import Repeats
from app.core.store.runs import Runs
from app.core.store.statistics import Statistics
from app.core.store.templates import Templates
from app.core.store.views import Views
from app.core.store.whole import whole

TEMPORARY_FILE = "store.db"


class Rooms:
    """What a connection gives access to: imports, cases, findings, papers, views, log, settings, law, and more."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self.path = link.path
        self.audit = Audit(link)
        self.papers = Papers(link, self.audit)
        self.runs = Runs(link)
        self.batches = Batches(link, self.audit, self.papers)
        self.repeats = Repeats(link, self.audit)
        self.destruction = Destruction(link, self.audit, self.batches)
        self.exchanges = Exchanges(link, self.audit, self.batches)
        self.casebook = Casebook(link)
        self.lives = Lives(link, self.audit)
        self.paper_lives = PaperLives(link, self.audit, self.papers, self.lives)
        self.endings = Endings(link, self.audit)
        self.judgements = Judgements(link, self.audit)
        self.overviews = Overviews(link)
        self.views = Views(link)
        self.statistics = Statistics(link)
        self.mappings = Mappings(link)
        self.settings = Settings(link)
        self.law = Law(link)
        self.templates = Templates(link, self.audit)
        self.models = ModelBook(link, self.audit)
        self.model_rows = ModelRows(link, self.batches)
        self.locks: Locks

    @property
    def account(self) -> Account:
        """Who signed in."""
        return self.locks.account

    @property
    def people(self) -> tuple[Account, ...]:
        """Everybody who may open the store."""
        return self.locks.people

    def problems(self) -> tuple[str, ...]:
        """What is wrong with the file, one sentence each; () when it is sound. Reads the whole file."""
        return health.problems(self._link)

    def quick_check(self, ticket: Ticket) -> tuple[str, ...]:
        """What is wrong with the structure or a page in use; () when all is well."""
        return health.quick(self._link, ticket)

    def close(self) -> None:
        """Close the connection."""
        self._link.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Reader(Rooms):
    """The window's own connection: every room, but nothing can be written through it."""

    def __init__(self, link: Link, locks: Locks) -> None:
        """`locks` are those of the store it belongs to: whoever signed in there signed in here."""
        super().__init__(link)
        self.locks = locks


class Store(Rooms):
    """The writing connection; one a store. `upgrade_copy` is where the copy lies that was made before an upgrade."""

    def __init__(self, path: Path, key: keys.StoreKey, *, slot: str = "", durable: bool = True) -> None:
        """`slot` is the place in the key file that gave the key, "" where none did."""
        self._lock = Lock(path) if durable else None
        try:
            link = Link(path, key, durable=durable)
            try:
                self.upgrade_copy = _upgrade(link, key)
                super().__init__(link)
                self.locks = Locks(link, key, self.audit, slot)
            except BaseException:
                link.close()
                raise
        except BaseException:
            self._let_go()
            raise
        self._key = key
        self._readers: list[Reader] = []
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.lasting = True  # whether copies of it are worth making

    @classmethod
    def create(cls, path: Path, passphrase: str, name: str = keyring.FIRST) -> Store:
        """Make a new store; it appears under its name only when it is whole. UserError when the name is taken."""
        if path.exists():
            raise UserError(f"这里已有数据文件：{path.name}", do="请直接打开它，或者换一个文件名")
        key = keys.random_key()
        first = Account(keyring.FIRST_SLOT, checked_name(name, ()), FIRST_ROLES)
        ring = first_ring(key, passphrase, first)
        with keyring.beside_new(path, ring), whole(path) as beside:
            cls(beside, key).close()
        return cls(path, key, slot=keyring.FIRST_SLOT)

    @classmethod
    def open(cls, path: Path, passphrase: str) -> Store:
        """Open a store and bring it up to date, for the account that the passphrase belongs to.

        WrongPassphrase, FileInUse (and by whom), StoreDamaged (not a store, or broken), StoreTooNew or FileUnreadable
        when that cannot be.
        """
        salt = keyring.salt_of(path)
        ring = keyring.read_ring(path, salt)
        slot, key = ring.opened(passphrase, ring.accounts())
        return cls(path, key, slot=slot)

    @classmethod
    def recover(cls, path: Path, typed: str) -> Store:
        """Open a store by its printed recovery key; errors as `open`."""
        salt = keyring.salt_of(path)
        ring = keyring.read_ring(path, salt)
        only = [each for each in ring.slots if each.id == keyring.RECOVERY]
        slot, key = ring.opened(recovery.read_key(typed), only)
        return cls(path, key, slot=slot)

    @classmethod
    def temporary(cls) -> Store:
        """Make an encrypted store in a temporary folder; nobody has its key, and closing removes it."""
        try:
            folder = tempfile.TemporaryDirectory(prefix="xzzj-", ignore_cleanup_errors=True)
        except OSError as error:
            raise explain(error, Path(tempfile.gettempdir()) / TEMPORARY_FILE) from error
        try:
            store = cls(Path(folder.name) / TEMPORARY_FILE, keys.random_key(), durable=False)
        except BaseException:
            folder.cleanup()
            raise
        store._folder, store.lasting = folder, False
        return store

    @property
    def left_by(self) -> str:
        """Who had the store open last and did not close it in good order: user, computer, since when; "" for nobody."""
        return self._lock.left_by if self._lock is not None else ""

    def atomic(self) -> AbstractContextManager[None]:
        """All changes inside are kept, or none when an exception leaves it (Cancelled too); may be nested."""
        return self._link.atomic()

    def reader(self) -> Reader:
        """Open a second, read-only connection for the window; it sees what was committed."""
        reader = Reader(Link(self.path, self._key, writes=False), self.locks)
        self._readers.append(reader)
        return reader

    def back_up(self, why: backup.Why, *, now: str, ticket: Ticket) -> backup.Backup:
        """Copy the whole store into the folder 备份 beside it, and prove the copy by opening it."""
        return backup.make(self._link, self._key, why=why, now=now, ticket=ticket)

    def needs_backup(self) -> bool:
        """Whether the store holds something that its newest copy does not."""
        return self.lasting and backup.needed(self._link)

    def knows_key_of(self, copy: Path) -> bool:
        """Whether a copy opens with this store's own key; UserError when it is no copy at all."""
        try:
            return restore.key_of(copy, self._key) == self._key
        except WrongPassphrase:
            return False

    def check_backup(self, copy: backup.Backup, *, now: str, ticket: Ticket) -> backup.Backup:
        """Open a copy and look through all of it."""
        return backup.check(copy, restore.key_of(copy.path, self._key), now=now, ticket=ticket)

    def become(self, copy: Path, passphrase: str, note: restore.Note, ticket: Ticket) -> restore.Restored:
        """Become what a copy holds, all or nothing; see `restore`."""
        return restore.put_back(self._link, self._reading(), self._key, copy, passphrase, note, ticket)

    def examine(self, ticket: Ticket) -> health.Report:
        """Check everything that can be checked; reads the whole file."""
        return health.examine(self._link, ticket)

    def repair(self, found: health.Report, note: restore.Note, ticket: Ticket) -> repair.Mended:
        """Mend what was found; the files as they are are kept aside first."""
        return repair.repair(self._link, self._reading(), self._key, found, note, ticket)

    def _reading(self) -> list[Link]:
        return [each._link for each in self._readers]

    def log_against_copy(self) -> tuple[str, ...]:
        """What of the log the newest copy made since the last restoring tells otherwise; () when all agrees."""
        return restore.log_against_copy(self._link, self.audit, self._key) if self.lasting else ()

    def close(self) -> None:
        """Close the readers, then the store; a temporary one is removed."""
        for each in self._readers:
            each.close()
        super().close()
        self._let_go()
        if self._folder is not None:
            self._folder.cleanup()

    def _let_go(self) -> None:
        if self._lock is not None:
            self._lock.release()


def _upgrade(link: Link, key: keys.StoreKey) -> Path | None:
    """Take the steps the store lacks; a store in use is copied first, and the copy is checked."""
    with told(link.path):
        lacking = migrations.pending(link.db)
        last = migrations.newest_done(link.db)
    copy = _copy_before_upgrade(link, key, last) if lacking and last else None
    if lacking:
        with told(link.path):
            migrations.steps().apply(link.db)
    return copy


def _copy_before_upgrade(link: Link, key: keys.StoreKey, last: str) -> Path:
    copy = backup.folder_of(link.path) / f"{link.path.stem}_{backup.Why.UPGRADE}-{last}{link.path.suffix}"
    backup.write_copy(link, key, copy, Ticket())
    return copy
