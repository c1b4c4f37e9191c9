"""The headless run: the actions in a row, files in, JSON, ledger and documents out."""

from app.core.batch.run import main

__all__ = ["main"]
