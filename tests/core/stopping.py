"""A ticket on which the user presses 停止 at one of its steps."""

from __future__ import annotations

from app.core.jobs import Ticket


class Stopping(Ticket):
    """Is asked to stop when it comes to its step number `place`, counted from 1."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self._place = place
        self.steps = 0

    def step(self, done: int, total: int = 0, text: str = "") -> None:
        """Count, and stop."""
        self.steps += 1
        if self.steps == self._place:
            self.cancel()
        super().step(done, total, text)
