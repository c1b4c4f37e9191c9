"""A store that does not open any more is put back from its newest sound copy, if the user wants that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QDialog

from app.core.actions.done import Done
from app.core.errors import StoreDamaged, UserError
from app.core.jobs import Job, Jobs, Ticket
from app.core.store.backup import folder_of, listed
from app.core.values.dates import print_moment
from app.ui import talk
from app.ui.poll import Poll

WHO = "登录时"


def offer(
    dialog: QDialog, jobs: Jobs, path: Path, phrase: str, fault: StoreDamaged, then: Callable[[bool], None]
) -> bool:
    """Ask, put a copy back in a job, and call `then` with whether that went well.

    False when there is no copy or the user does not want it: nothing is done then.
    """
    copies = listed(folder_of(path), path.stem)
    if not copies:
        return False
    more = (
        f"最近一份备份是{print_moment(copies[0].made)}的。用备份恢复吗？"
        "损坏的文件会另存在旁边，不会删除；此后录入的内容要重新录入。"
    )
    if not talk.ask(dialog, f"{fault.what}。", more, yes="用备份恢复", no="不恢复"):
        return False

    def ended(job: Job) -> None:
        try:
            done = job.result()
        except UserError as error:
            talk.error(dialog, error)
            then(False)
        else:
            talk.say(dialog, f"{done.says}。")
            then(True)

    now = datetime.now().isoformat(timespec="seconds")
    Poll(dialog, jobs.write("用备份恢复", _rescue, path, phrase, now), ended)
    return True


def _rescue(path: Path, phrase: str, now: str, *, ticket: Ticket) -> Done:
    from app.core.actions.safekeep import rescue

    return rescue(path, phrase, now=now, who=WHO, ticket=ticket)
