"""What every part of the window shares: the store, its reader, the jobs, the settings; and the clock."""

from __future__ import annotations

import getpass
import logging
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.errors import UserError
from app.core.jobs import Jobs, Ticket
from app.core.log import place_of
from app.core.settings import Settings, write_settings

if TYPE_CHECKING:  # the passphrase is asked for without it
    from app.core.store.database import Reader, Store

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Session:
    """One open store. The window itself reads through `reader` only; whatever writes is a job on the writing lane."""

    store: Store
    jobs: Jobs
    settings: Settings
    settings_file: Path | None = None
    practice_day: date | None = None  # in the store of artificial people: the day its lists were drawn up
    reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = self.store.reader()
        self.jobs.around = self._at_the_door

    def _at_the_door(self, ticket: Ticket) -> AbstractContextManager[None]:
        """Files a job hands out are looked through before they leave."""
        from app.core.actions.leaving import Door, own_folders, watched

        return watched(Door(ticket, self.store, self.now, self.who, own_folders()))

    def now(self) -> str:
        """This moment, as the store keeps it."""
        return datetime.now().isoformat(timespec="seconds")

    @property
    def practice(self) -> bool:
        """Whether this is the store of artificial people to practise in."""
        return self.practice_day is not None

    def today(self) -> date:
        """The day the checks take as today."""
        return self.practice_day or date.today()

    def who(self) -> str:
        """Who works here: whoever signed in; without accounts the prosecutor in charge, or this computer's user."""
        if self.store.account.name:
            return self.store.account.name
        handler = self.reader.settings.get("office.handler")
        if handler:
            return handler
        try:
            return getpass.getuser()
        except (OSError, KeyError):
            return "本机用户"

    def signed_in(self) -> list[str]:
        """Who signed in and as what, for the title of the window; [] where nobody does."""
        account = self.store.account
        return [f"{account.name}（{account.titles()}）"] if account.name else []

    def keep_settings(self) -> None:
        """Write the settings down; a folder that cannot be written costs nothing but the choice."""
        if self.settings_file is None:
            return
        try:
            write_settings(self.settings_file, self.settings)
        except UserError as fault:
            _log.warning("设置没有保存：%s", place_of(fault))
