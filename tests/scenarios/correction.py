"""The four lists of community correction: lawful people, planted leads of every kind, and look-alikes.

The lists are those the published comparison used: the courts' (judgments, parole, new judgments), the office of
correction's own, the documents received, and the police's penalties. What is planted stands in correction.toml.
"""

from __future__ import annotations

from tests.scenarios.correction_lives import appealed, control, probation, young
from tests.scenarios.prison_lives import child, ill, outside, parole
from tests.scenarios.scenario import Scenario

SCENARIO = Scenario(
    desk="correction",
    rows=7_000,
    seconds=10,
    women=("child",),
    kinds={
        "probation": probation,
        "short": lambda made, calm: probation(made, calm, short=True),
        "ended": lambda made, calm: probation(made, calm, ended=True),
        "far": lambda made, calm: probation(made, calm, far=True),
        "appealed": appealed,
        "control": control,
        "parole": parole,
        "outside": outside,
        "ill": ill,
        "child": child,
        "young": young,
    },
    mix=(
        *("probation",) * 10,
        *("ended",) * 5,
        *("short", "far", "young") * 2,
        *("appealed", "control", "parole", "outside", "ill", "child"),
    ),
    sheets={
        "法院裁判清单.xlsx": (("非监禁刑裁判", "T01"), ("减刑假释裁定", "T22"), ("新罪裁判", "T15")),
        "社区矫正台账.xlsx": (("名册", "T02"), ("解除终止", "T03"), ("奖惩提请", "T07"), ("暂予监外执行", "T11")),
        "文书接收登记.xlsx": (("司法局收文", "T04"), ("检察院收文", "T05")),
        "公安行政处罚.xlsx": (("行政处罚", "T12"),),
    },
    parted={"T02": "矫正机构"},
)
