"""One connection to the store file: it opens, locks, commits and tells what went wrong."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from app.core.errors import Cancelled, FileInUse, FolderUnwritable, StoreDamaged
from app.core.jobs import Ticket
from app.core.store.faults import told
from app.core.store.keys import StoreKey

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")
Row = tuple[Any, ...]
Values = Sequence[Any] | dict[str, Any]  # for ? and for :name

SECONDS_TO_WAIT_FOR_A_LOCK = 5
PAGE_BYTES = 8192  # a record of 25 cells fills half a page of 4096 and wastes the rest
CACHE_KIBIBYTES = 64 * 1024  # every page that is not at hand must be decrypted again
JOURNAL_BYTES_KEPT = 16 * 1024 * 1024
CHUNK = 1000
PAGES_AT_ONCE = 1024
INSTRUCTIONS_BETWEEN_LOOKS = 20_000
INTERRUPTED = 9


class Link:
    """A connection with its lock, usable from any thread.

    `writes` is false for the window's connection; `durable` is false where a power cut may cost the last commits;
    `alone` is for a copy, which is to be one file and to be read where nothing can be written.
    """

    def __init__(
        self, path: Path, key: StoreKey, *, writes: bool = True, durable: bool = True, alone: bool = False
    ) -> None:
        self.path = path
        self._key = key
        self._writes = writes
        self._durable = durable
        self._journal = "DELETE" if alone else "WAL"
        self._lock = threading.RLock()
        self._open()

    def _open(self) -> None:
        with without("pandas", "numpy"):  # it loads them wherever they are installed, for columns nobody makes here
            from sqlite_utils import Database

        with told(self.path):
            self._conn = _connect(self.path, self._key)
            try:
                self._settle()
                self.db: Database = Database(self._conn, strict=True, execute_plugins=False)
            except BaseException:
                self._conn.close()
                raise

    def _settle(self) -> None:
        run = self._conn.execute
        run("SELECT count(*) FROM sqlite_master")  # a wrong key or a damaged first page shows here
        run(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
        run("PRAGMA temp_store = MEMORY")  # sorting must not spill names into a plain temporary file
        run("PRAGMA foreign_keys = ON")
        if not self._writes:
            run("PRAGMA query_only = ON")
            return
        run(f"PRAGMA journal_mode = {self._journal}")
        run(f"PRAGMA journal_size_limit = {JOURNAL_BYTES_KEPT}")
        run(f"PRAGMA synchronous = {'FULL' if self._durable else 'NORMAL'}")

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All changes inside are kept, or none; joins the transaction that is already open, as a savepoint."""
        if not self._writes:
            raise RuntimeError("the window's connection does not write")
        with self._lock:
            if self._conn.in_transaction:
                with self.db.atomic():
                    yield
                return
            self._run("BEGIN IMMEDIATE")
            try:
                yield
                self._run("COMMIT")
            except BaseException:
                if self._conn.in_transaction:  # a full disk may have ended it already
                    self._run("ROLLBACK")
                raise

    @contextmanager
    def alone(self) -> Iterator[None]:
        """As `atomic`, but never part of a larger transaction: what was done inside is committed afterwards."""
        with self._lock:
            if self._conn.in_transaction:
                raise RuntimeError("this must be committed before anything follows: not inside atomic()")
            with self.atomic():
                yield

    def _run(self, sql: str) -> None:
        with told(self.path):
            self._conn.execute(sql)

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query. One that meets a damaged page fails, and leaves a connection that reads the others."""
        with self._lock:
            try:
                with told(self.path):
                    return list(self.db.execute(sql, values).fetchall())
            except StoreDamaged:
                if not self._conn.in_transaction:
                    with self.away():
                        pass
                raise

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query, if any."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Add one row; returns its rowid."""
        with self.atomic(), told(self.path):
            return int(self.db.table(table).insert(dict(values)).last_rowid or 0)

    def change(self, sql: str, values: Values = ()) -> None:
        """Run one statement that changes the data."""
        with self.atomic(), told(self.path):
            self._conn.execute(sql, values)

    def change_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for many rows, the fast way; within a transaction it is for its owner to take all back."""
        with self._lock, told(self.path):
            if self._conn.in_transaction:  # a savepoint for each portion would cost as much as the rows
                self._conn.executemany(sql, rows)
                return
        with self.atomic(), told(self.path):
            self._conn.executemany(sql, rows)

    @contextmanager
    def bare(self, table: str) -> Iterator[None]:
        """Inside, a table has no indexes but those that keep a thing single; one transaction with what is done there.

        Made anew from all rows an index takes a second; kept in step while most rows change it takes minutes, for
        every row touches a page of each that must be decrypted and encrypted again.
        """
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql LIKE 'CREATE INDEX %'"
        with self.atomic():
            indexes = self.rows(sql, (table,))
            for name, _ in indexes:
                self.change(f'DROP INDEX "{name}"')
            yield
            for _, made in indexes:
                self.change(made)

    def next_id(self, table: str) -> int:
        """The id the next row of a table gets; ids are never given twice."""
        found = self.row("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
        return 1 if found is None else int(found[0]) + 1

    def copy_to(self, path: Path, key: StoreKey, told_how_far: Callable[[int, int], None] | None = None) -> None:
        """Copy the whole store, as it stands, into a new file under a key; tells pages done and all of them."""
        with self._lock, told(path):
            self._conn.execute("PRAGMA wal_checkpoint(PASSIVE)")
            other = _connect(path, key)
            try:
                _copy(self._conn, other, told_how_far)
            finally:
                other.close()

    def become(self, other: Link, told_how_far: Callable[[int, int], None] | None = None) -> None:
        """Take over the whole content of another store, all or nothing; the key stays."""
        with self._lock, other._lock, told(self.path):
            _copy(other._conn, self._conn, told_how_far)

    def fold(self) -> None:
        """Fold the journal into the file as far as can be; the file alone may hold half a page of a full disk."""
        try:
            self.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        except (FileInUse, FolderUnwritable):
            return  # the journal goes on being read

    def rewrite(self) -> None:
        """Write the whole file anew, so that nothing that was freed is left in it, and empty the journal.

        FileInUse when somebody reads so long that the journal cannot be emptied.
        """
        with self._lock, told(self.path):
            self._conn.execute("VACUUM")
            busy, *_ = self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise FileInUse("数据正在被读取，日志文件没有清空", do="请等其他工作做完，再试一次")

    @contextmanager
    def away(self) -> Iterator[None]:
        """The connection is closed inside, so that the file can be exchanged, and opened again afterwards."""
        with self._lock:
            self._conn.close()
            try:
                yield
            finally:
                self._open()

    def changed(self) -> bool:
        """Whether anything was changed through this connection."""
        with self._lock:
            return bool(self._conn.total_changes)

    @contextmanager
    def stoppable(self, ticket: Ticket) -> Iterator[None]:
        """Queries inside end by Cancelled soon after the user asked for it."""

        def look() -> int:
            try:
                ticket.step(*ticket.seen)
            except Cancelled:
                return 1
            return 0

        from sqlcipher3 import dbapi2

        self._conn.set_progress_handler(look, INSTRUCTIONS_BETWEEN_LOOKS)
        try:
            yield
        except dbapi2.OperationalError as error:
            if error.sqlite_errorcode == INTERRUPTED:
                raise Cancelled from error
            raise
        finally:
            self._conn.set_progress_handler(None, 0)

    def close(self) -> None:
        """Close the connection; the last one to close folds the journal back into the file."""
        with self._lock, told(self.path):
            self._conn.close()


def _connect(path: Path, key: StoreKey) -> Any:
    from sqlcipher3 import dbapi2

    conn = dbapi2.connect(str(path), timeout=SECONDS_TO_WAIT_FOR_A_LOCK, check_same_thread=False)
    conn.execute("PRAGMA cipher_log_level = NONE")  # it would write to the console; errors are raised anyway
    conn.execute(f'PRAGMA key = "{key.literal()}"')
    conn.execute(f"PRAGMA cipher_page_size = {PAGE_BYTES}")
    return conn


def _copy(source: Any, target: Any, told_how_far: Callable[[int, int], None] | None) -> None:
    def tell(_: int, left: int, total: int) -> None:
        if told_how_far is not None and left:  # with the last page it is committed, and too late to stop
            told_how_far(total - left, total)

    source.backup(target, pages=PAGES_AT_ONCE, progress=tell)


@contextmanager
def without(*modules: str) -> Iterator[None]:
    """What is imported inside finds none of these modules, unless they are loaded already."""
    hidden = [each for each in modules if each not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for each in hidden:
            sys.modules.pop(each, None)


def in_chunks(things: Iterable[T]) -> Iterator[list[T]]:
    """Cut a stream into lists, so that whoever makes it may use the store between two of them."""
    stream = iter(things)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk
