"""Released prisoners, the police's list and four registers: lawful people, planted leads of every kind, look-alikes.

The registers are those of documents, of voters and committees, of companies and of public posts; with them come the
courts' lists. What is planted stands in deprivation.toml.
"""

from __future__ import annotations

from tests.scenarios.deprivation_lives import alone, commuted, far, parole, past, plain, recent, released
from tests.scenarios.scenario import Scenario

SCENARIO = Scenario(
    desk="deprivation",
    rows=13_100,  # 3 000 released, 2 500 listed
    seconds=5,
    kinds={
        "released": released,
        "past": past,
        "alone": alone,
        "parole": parole,
        "commuted": commuted,
        "far": far,
        "recent": recent,
        "plain": plain,
    },
    mix=(*("released",) * 9, *("past",) * 5, *("far",) * 2, "recent", "plain", "alone", "parole", "commuted"),
    sheets={
        "法院裁判裁定.xlsx": (("裁判", "T01"), ("减刑假释裁定", "T22"), ("新罪裁判", "T15")),
        "刑满释放附加剥权名单.xlsx": (("释放名单", "T19"),),
        "公安列管剥权名单.xlsx": (("列管名单", "T20"),),
        "监所文书送达登记.xlsx": (("文书送达", "T21"),),
        "选民和两委.xlsx": (("选民", "T23"),),
        "市场主体.xlsx": (("市场主体", "T24"),),
        "公职和国有单位.xlsx": (("公职人员", "T25"),),
        "户籍死亡.xlsx": (("户籍", "T18"),),
    },
)
