"""A fresh store for each test of this room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.core.store.database import Store


@pytest.fixture
def store() -> Iterator[Store]:
    """A temporary store."""
    with Store.temporary() as opened:
        yield opened
