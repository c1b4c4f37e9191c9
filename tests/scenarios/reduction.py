"""A prison's proposals of one season: lawful ones of every kind, and breaches of every number planted among them.

What is planted stands in reduction.toml.
"""

from __future__ import annotations

from functools import partial

from tests.scenarios import reduction_lives as lives
from tests.scenarios.life_lives import deferred, life, life_again, parole
from tests.scenarios.reduction_lives import fixed, ill
from tests.scenarios.scenario import Scenario

KINDS = {
    "short": lives.SHORT,
    "middle": lives.MIDDLE,
    "long": lives.LONG,
    "strict": lives.STRICT,
    "strict_long": lives.STRICT_LONG,
    "violent": lives.VIOLENT,
    "again": lives.AGAIN,
    "official": lives.OFFICIAL,
    "official_long": lives.OFFICIAL_LONG,
}

SCENARIO = Scenario(
    desk="reduction",
    rows=20_000,
    seconds=30,
    kinds={name: partial(fixed, kind=kind) for name, kind in KINDS.items()}
    | {f"{name}_first": partial(fixed, kind=kind, earlier=0) for name, kind in KINDS.items()}
    | {f"{name}_second": partial(fixed, kind=kind, earlier=1) for name, kind in KINDS.items()}
    | {"life": life, "life_again": life_again, "deferred": deferred, "middle_ill": ill}
    | {"parole": parole, "parole_long": partial(parole, kind=lives.LONG)},
    mix=(*KINDS, "life", "life_again", "deferred", "parole", "middle_ill"),
    sheets={
        "提请减刑假释案件.xlsx": (("提请案件", "R1"), ("历次减刑", "R2")),
        "计分考核.xlsx": (("奖惩", "R3"), ("月考核", "R4")),
        "财产性判项.xlsx": (("财产性判项", "R6"),),
    },
)
