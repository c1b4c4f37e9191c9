"""Family G: amounts and days of a whole batch, ward by ward."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import sqrt
from statistics import fmean, variance

from app.core.checks.reduction.batch_book import BATCH_RULES, WHOLE, groups, part, share, show
from app.core.checks.reduction.batch_facts import Batch, Facts
from app.core.checks.why import NOBODY, Missing, Why
from app.core.findings import Verdict

HOOK = "PG14-6.3"
ENOUGH = 2  # a spread needs two


@BATCH_RULES.rule("JX-G01", "监区报请率偏高", HOOK)
def proposal_rate(batch: Batch, why: Why) -> Verdict:
    """Proposals for the prisoners a ward holds, against the other wards."""
    if batch.held is None:
        raise Missing("各监区押犯人数（月考核表要有监区，并包括未被提请的罪犯）", holder="监狱")
    least, few = why.number("batch_least"), why.number("proposal_rate_least")
    factor = why.number("proposal_rate_factor")
    proposed = Counter(each.ward for each in batch.members if each.ward)
    people, total = sum(batch.held.values()), sum(proposed[ward] for ward in batch.held)
    high: list[str] = []
    compared = 0
    for ward, held in sorted(batch.held.items()):
        own = proposed[ward]
        others, rest = total - own, people - held
        # Named only where the ward is large enough, whatever its share: see batch_book.groups.
        if held < least or own < few or not rest:
            continue
        compared += 1
        why.step(
            f"{ward}：报请{own}件，押犯{held}人，{part(own, held)}；其余{others}件，{rest}人，{part(others, rest)}"
        )
        if own * rest * WHOLE > others * held * factor:
            high.append(ward)
            show(why, [each for each in batch.members if each.ward == ward], "ward", "proposed")
    if not compared:
        raise Missing(f"足够的件数（没有押犯{least}人以上、报请{few}件以上的监区）", holder=NOBODY)
    if high:
        return why.hint(f"{'、'.join(high)}报请率超过其余监区的{factor}%，请了解原因")
    return why.lawful()


@BATCH_RULES.rule("JX-G02", "监区平均减幅偏高", HOOK)
def mean_amount(batch: Batch, why: Why) -> Verdict:
    """A ward's amounts against those of the other wards under the same row of the law and the same merit."""
    known = [each for each in batch.members if each.months is not None and each.stratum is not None]
    limit = why.number("batch_deviation")
    high = []
    for group in groups(known, why, whole=False):
        compared = deviation(group.members, group.rest)
        if compared is None:
            continue
        count, excess, score = compared
        sign = "多" if excess >= 0 else "少"
        why.step(
            f"{group.name}：可比{count}件，同类情形下平均比其余{sign}{abs(excess):.1f}个月，{score:.1f}倍标准误；界限{limit}倍"
        )
        if score >= limit:
            high.append(group.name)
            show(why, group.members, "ward", "proposed", "merit")
    if high:
        return why.hint(f"{'、'.join(high)}平均减幅明显高于其他监区的同类情形，请了解原因")
    return why.lawful()


def deviation(own: Sequence[Facts], rest: Sequence[Facts]) -> tuple[int, float, float] | None:
    """How many cases compare, by how many months they exceed the rest of their kind on average, in standard errors."""
    others = _strata(rest)
    excess, spread, count = 0.0, 0.0, 0
    for key, values in _strata(own).items():
        usual = others.get(key, [])
        if len(usual) < ENOUGH or len(values) < ENOUGH:
            continue
        excess += sum(values) - len(values) * fmean(usual)
        pooled = variance(values) * (len(values) - 1) + variance(usual) * (len(usual) - 1)
        pooled /= len(values) + len(usual) - ENOUGH
        # The rest's own mean is uncertain too.
        spread += pooled * len(values) * (1 + len(values) / len(usual))
        count += len(values)
    if not count:
        return None
    # Where nobody differs from his fellows, any difference between wards is as large as can be.
    score = excess / sqrt(spread) if spread else WHOLE * ((excess > 0) - (excess < 0))
    return count, excess / count, score


def _strata(members: Sequence[Facts]) -> Mapping[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for each in members:
        if each.stratum is not None and each.months is not None:
            found[each.stratum].append(each.months)
    return found


@BATCH_RULES.rule("JX-G03", "幅度千篇一律", HOOK)
def one_amount_for_all(batch: Batch, why: Why) -> Verdict:
    """Most of a group get the very same amount, whatever their sentences and merits."""
    known = [each for each in batch.members if each.months is not None]
    percent = why.number("same_amount_share")
    alike = []
    for group in groups(known, why, whole=True):
        months, _ = max(
            Counter(each.months for each in group.members).items(), key=lambda pair: (pair[1], pair[0] or 0)
        )
        hits = [each for each in group.members if each.months == months]
        why.step(
            f"{group.name}：减{months}个月的{len(hits)}件，占{part(len(hits), len(group.members))}；界限{percent}%"
        )
        if len(hits) * WHOLE >= len(group.members) * percent:
            alike.append(f"{group.name}（{months}个月）")
            show(why, hits, *group.cells("proposed"))
    if alike:
        return why.hint(f"{'、'.join(alike)}绝大多数案件提请同一幅度，请核对是否区别情形")
    return why.lawful()


@BATCH_RULES.rule("JX-G06", "顶格减刑集中", HOOK)
def at_the_cap(batch: Batch, why: Why) -> Verdict:
    """How many proposals reach the cap of their row and merit."""
    known = [each for each in batch.members if each.months is not None and each.cap is not None]
    percent = why.number("cap_share")
    many = []
    for group in groups(known, why, whole=True):
        hits, more = share(why, group, lambda each: (each.months or 0) >= (each.cap or 0), "达到幅度上限", percent)
        if more:
            many.append(group.name)
            show(why, hits, *group.cells("proposed", "merit"))
    if many:
        return why.hint(f"{'、'.join(many)}达到幅度上限的超过{percent}%，请了解原因")
    return why.lawful()


@BATCH_RULES.rule("JX-G07", "起始、间隔压线集中", HOOK)
def close_to_the_limit(batch: Batch, why: Why) -> Verdict:
    """How many proposals are filed right after the start or the interval is full."""
    known = [each for each in batch.members if each.surplus is not None]
    percent, days = why.number("close_share"), why.number("close_to_limit_days")
    many = []
    for group in groups(known, why, whole=True):
        hits, more = share(why, group, lambda each: (each.surplus or 0) < days, f"届满后不足{days}日报请", percent)
        if more:
            many.append(group.name)
            show(why, hits, *group.cells("filed_on"))
    if many:
        return why.hint(f"{'、'.join(many)}届满后不足{days}日报请的超过{percent}%，请核对届满日的计算")
    return why.lawful()


@BATCH_RULES.rule("JX-G08", "三类罪犯减刑幅度偏高", HOOK, "PB14-9")
def three_classes(batch: Batch, why: Why) -> Verdict:
    """Amounts of office, finance and organised crime against all others under the same row and merit of the law.

    Rates of proposal would need the numbers held by offence, which no list gives; how much of what the law allows is
    asked for can be compared.
    """
    known = [each for each in batch.members if each.months and each.cap and each.three is not None]
    own, rest = [each for each in known if each.three], [each for each in known if not each.three]
    least, limit = why.number("batch_least"), why.number("batch_deviation")
    if min(len(own), len(rest)) < least:
        raise Missing(f"足够的件数（三类罪犯{len(own)}件，其他{len(rest)}件，各须{least}件）", holder=NOBODY)
    shares = [[(each.months or 0) / (each.cap or 1) for each in group] for group in (own, rest)]
    means = [fmean(each) for each in shares]
    error = sqrt(sum(variance(each) / len(each) for each in shares))
    told = "；".join(
        f"{name}{len(each)}件，平均占上限的{mean * WHOLE:.0f}%"
        for name, each, mean in zip(("三类罪犯", "其他"), shares, means, strict=True)
    )
    why.step(f"{told}；界限{limit}倍标准误")
    above = means[0] - means[1]
    if above > 0 and above >= limit * error:
        show(why, own, "offence", "proposed", "merit")
        return why.hint("三类罪犯提请的幅度占上限的比例高于其他罪犯，请核对是否从严")
    return why.lawful()
