"""The models that ship with the program, as files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.core.intake.declared import tables
from app.core.models.parts import Model
from app.core.models.read import read_model
from app.core.paths import RESOURCES

FOLDER = RESOURCES / "models"
SAMPLE = "样例-"  # how the files of samples begin, so that people tell them from their own


def sample_of(model_id: str) -> Path | None:
    """The sample workbook of a shipped model; None for any other."""
    path = FOLDER / "samples" / f"{SAMPLE}{model_id}.xlsx"
    return path if path.exists() else None


@cache
def shipped(folder: Path = FOLDER) -> Mapping[str, Model]:
    """The shipped models by id, in the order of their ids; ValueError when one file name is not its model's id."""
    models = [read_model(path.read_bytes(), tables()) for path in sorted(folder.glob("MX-*.toml"))]
    if any(path.stem != each.id for path, each in zip(sorted(folder.glob("MX-*.toml")), models, strict=True)):
        raise ValueError("a model file bears another name than its model")
    return {each.id: each for each in models}
