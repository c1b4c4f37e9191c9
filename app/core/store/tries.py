"""How often a wrong passphrase was given, kept beside the store so that starting the program anew does not help."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

from app.core.errors import UserError
from app.core.files import write_whole

ENDING = ".tries"
FREE = 3  # so many wrong ones cost nothing: everybody mistypes
WAITS = (10, 30, 60, 120, 300, 600)  # seconds after the next ones, the last one for all that follow
LARGEST_FILE = 1 << 12


class TooSoon(UserError):
    """Too many wrong passphrases; `wrong` in a row, `seconds` must pass before the next."""

    def __init__(self, wrong: int, seconds: int) -> None:
        super().__init__(f"口令已连续输错 {wrong} 次，{in_words(seconds)}后才能再试", do="请稍候，想好以后再输入")
        self.wrong, self.seconds = wrong, seconds


class Tries:
    """The wrong tries at one store; where nothing can be written they count until the program ends."""

    def __init__(self, store: Path) -> None:
        self._path = store.with_name(store.name + ENDING)
        self.wrong, self._last = self._read()

    def seconds_left(self, now: datetime) -> int:
        """How long to wait; never longer than the wait itself, should the clock have been set back."""
        wait = wait_after(self.wrong)
        if not wait or self._last is None:
            return 0
        passed = max((now - self._last).total_seconds(), 0)
        return max(0, -int(-(wait - passed) // 1))

    def allow(self, now: datetime) -> None:
        """TooSoon when the next try must wait."""
        left = self.seconds_left(now)
        if left:
            raise TooSoon(self.wrong, left)

    def failed(self, now: datetime) -> None:
        """A wrong one was given."""
        self.wrong, self._last = self.wrong + 1, now
        text = json.dumps({"wrong": self.wrong, "last": now.isoformat(timespec="seconds")})
        try:
            write_whole(self._path, text.encode())
        except UserError:
            return  # a store that cannot be written to is slow to guess at all the same

    def succeeded(self) -> None:
        """The right one was given: what went before is forgotten."""
        self.wrong, self._last = 0, None
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            return

    def _read(self) -> tuple[int, datetime | None]:
        try:
            with self._path.open("rb") as file:
                said = json.loads(file.read(LARGEST_FILE))
            return max(0, int(said["wrong"])), datetime.fromisoformat(said["last"]).replace(tzinfo=None)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return 0, None


def wait_after(wrong: int) -> int:
    """The seconds to wait after so many wrong passphrases in a row."""
    return 0 if wrong < FREE else WAITS[min(wrong - FREE, len(WAITS) - 1)]


def in_words(seconds: int) -> str:
    """A length of time as it is said."""
    minutes, rest = divmod(max(seconds, 0), timedelta(minutes=1).seconds)
    return f"{minutes} 分" + (f" {rest} 秒" if rest else "钟") if minutes else f"{rest} 秒"
