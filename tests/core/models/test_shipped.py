"""Every shipped model passes its own cases and has one of each kind."""

from __future__ import annotations

import pytest

from app.core.actions.model_files import FOLDER, shipped
from app.core.law.book import shipped as law
from app.core.models.trying import faults, try_cases

MODELS = shipped()


@pytest.mark.parametrize("model_id", MODELS)
def test_passes_its_cases(model_id: str) -> None:
    assert faults(MODELS[model_id], law()) == []


@pytest.mark.parametrize("model_id", MODELS)
def test_every_lead_has_a_case(model_id: str) -> None:
    model = MODELS[model_id]
    found = {each.fact for tried in try_cases(model, law()) for each in tried.verdicts}
    assert {each.id for each in model.leads} <= found


def test_there_are_models() -> None:
    assert len(list(FOLDER.glob("MX-*.toml"))) == len(MODELS) >= 2
