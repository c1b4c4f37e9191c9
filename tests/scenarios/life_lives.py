"""Lawful proposals of people sentenced for life or to death with reprieve, and lawful proposals of parole."""

from __future__ import annotations

from datetime import date, timedelta

from app.core.sentence.terms import add_months, end_of_term, move_back
from app.core.values import Term
from tests.scenarios.reduction_lives import (
    HIGH_COURT,
    MIDDLE,
    Earlier,
    Kind,
    fixed,
    month_end,
    proposal,
    rows_of,
    season,
)
from tests.scenarios.scenario import Made, Maker, in_words

ONE = timedelta(days=1)
LIFE, DEFERRED = "无期徒刑", "死刑缓期执行"
FOR_LIFE = {"附加剥夺政治权利": "终身", "减后剥夺政治权利": "终身"}
YEARS_AFTER_LIFE, YEARS_AFTER_DEFERRED = 22, 25  # 仅确有悔改表现


def before(made: Maker, filed: date, months: int) -> dict[str, date]:
    """The days of a judgment so many months and some weeks before a filing."""
    delivered = add_months(filed, -months) - timedelta(days=made.chance.randint(60, 200))
    effective = delivered - timedelta(days=made.chance.randint(12, 30))
    judged = effective - timedelta(days=made.chance.randint(20, 60))
    begun = judged - timedelta(days=made.chance.randint(150, 300))
    return {"begun": begun, "judged": judged, "effective": effective, "delivered": delivered, "filed": filed}


def life(made: Maker, _calm: bool) -> Made:
    """A sentence for life, changed to a fixed term for the first time."""
    days = before(made, season(made), 24)
    row = proposal(made, days, [])
    row |= FOR_LIFE | {
        "罪名": "故意伤害罪",
        "原判刑种": LIFE,
        "原判刑期": LIFE,
        "刑期起日": "",
        "刑期止日": "",
        "提请减刑幅度": f"减为有期徒刑{in_words(YEARS_AFTER_LIFE * 12)}",
        "减后刑期": in_words(YEARS_AFTER_LIFE * 12),
        "减后剥夺政治权利": "十年",
        "法院": HIGH_COURT,
    }
    return days, rows_of(made, row, [], days)


def life_again(made: Maker, _calm: bool) -> Made:
    """For life, changed to a fixed term years ago, reduced once since, and proposed again."""
    filed = season(made)
    served = add_months(filed, -24) - timedelta(days=made.chance.randint(40, 150))
    ruled = served - timedelta(days=4)
    first_served = add_months(ruled, -25) - timedelta(days=made.chance.randint(40, 90))
    first_ruled = first_served - timedelta(days=5)
    days = before(made, first_ruled - timedelta(days=25), 24) | {"filed": filed}
    changed = end_of_term(first_ruled, Term.of_months(YEARS_AFTER_LIFE * 12))
    less = made.chance.randint(5, 8)
    end = move_back(changed, Term.of_months(less))
    more = made.chance.randint(4, 8)
    history = [
        Earlier(first_ruled, first_ruled, first_served, 0, changed, month_end(first_ruled - timedelta(days=80))),
        Earlier(ruled, ruled, served, less, end, month_end(ruled - timedelta(days=80))),
    ]
    days |= {"end": end, "served_day_short": add_months(filed, -24) + ONE, "first_ruled": first_ruled}
    row = proposal(made, days, history)
    row |= {
        "罪名": "故意伤害罪",
        "原判刑种": LIFE,
        "原判刑期": LIFE,
        "刑期起日": first_ruled,
        "刑期止日": end,
        "附加剥夺政治权利": "十年",
        "减后剥夺政治权利": "八年",
        "提请减刑幅度": in_words(more),
        "减后刑期止日": move_back(end, Term.of_months(more)),
    }
    rows = rows_of(made, row, history, days)
    rows["R2"][0] |= {
        "减刑幅度": f"减为有期徒刑{in_words(YEARS_AFTER_LIFE * 12)}",
        "减后刑期": in_words(YEARS_AFTER_LIFE * 12),
        "减后剥夺政治权利": "十年",
        "裁定法院": HIGH_COURT,
        "裁定类型": "减为有期徒刑",
    }
    return days, rows


def deferred(made: Maker, _calm: bool) -> Made:
    """Death with reprieve, changed to life when the two years were over, now changed to a fixed term."""
    filed = season(made)
    served = add_months(filed, -36) - timedelta(days=made.chance.randint(60, 150))
    ruled = served - timedelta(days=5)
    over = ruled - timedelta(days=made.chance.randint(20, 50))
    effective = add_months(over + ONE, -24)
    days = {
        "begun": effective - timedelta(days=400),
        "judged": effective - timedelta(days=60),
        "effective": effective,
        "delivered": effective + timedelta(days=20),
        "filed": filed,
        "over": over,
        "short_ruled": add_months(filed, -36) + ONE,
    }
    history = [Earlier(ruled, ruled, served, 0, over, month_end(ruled - timedelta(days=80)))]
    row = proposal(made, days, history)
    row |= FOR_LIFE | {
        "罪名": "故意伤害罪",
        "原判刑种": DEFERRED,
        "原判刑期": DEFERRED,
        "刑期起日": "",
        "刑期止日": "",
        "死缓期满日期": over,
        "提请减刑幅度": f"减为有期徒刑{in_words(YEARS_AFTER_DEFERRED * 12)}",
        "减后刑期": in_words(YEARS_AFTER_DEFERRED * 12),
        "减后剥夺政治权利": "十年",
        "法院": HIGH_COURT,
    }
    rows = rows_of(made, row, history, days)
    rows["R2"][0] |= {
        "减刑幅度": "减为无期徒刑",
        "减后刑期": LIFE,
        "减后刑期止日": "",
        "裁定法院": HIGH_COURT,
        "裁定类型": "减为无期徒刑",
    }
    return days, rows


def parole(made: Maker, calm: bool, *, kind: Kind = MIDDLE) -> Made:
    """Somebody who has served more than half is proposed for parole, with the assessment of the neighbourhood."""
    while True:
        days, rows = fixed(made, calm, kind=kind, earlier=made.chance.choice((0, 1)))
        if days["filed"] > days["half"] + timedelta(days=40):
            break
    row = rows["R1"][0]
    row |= {
        "提请类型": "假释",
        "提请减刑幅度": "",
        "减后刑期止日": "",
        "减后剥夺政治权利": "",
        "附加剥夺政治权利": "无",
        "假释考验期止日": days["end"],
        "社区影响评估": "有",
    }
    return days, rows
