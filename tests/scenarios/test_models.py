"""Supervision models over seeded lists: all planted leads are found, no planted innocent is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.batch.run import main
from tests.scenarios.models import AS_OF, Planted, drivers, pending, settlements

SCENARIOS: dict[str, Callable[[Path], Planted]] = {"MX-22": pending, "MX-23": settlements, "MX-24": drivers}


@pytest.mark.parametrize("model_id", SCENARIOS)
def test_planted_leads_are_found_and_innocents_are_not(model_id: str, tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    planted = SCENARIOS[model_id](given)
    out = tmp_path / "out"
    arguments = [str(given), "--out", str(out), "--as-of", AS_OF.isoformat(), "--desk", "models"]
    assert main(arguments, today=AS_OF, now="2026-11-01T08:00:00") == 0
    told = json.loads((out / "findings.json").read_text(encoding="utf-8"))
    found = {each["case"].partition("：")[2]: each for each in told["findings"] if each["rule"] == model_id}
    assert {label: each["rule_name"] for label, each in found.items()} == planted.leads
    assert len(planted.leads) > 30
    assert all(each["level"] in ("存疑", "提示") and each["basis"] and each["evidence"] for each in found.values())
    assert [each for each in told["not_evaluated"] if each["rule"] == model_id] == []
