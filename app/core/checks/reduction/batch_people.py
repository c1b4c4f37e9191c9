"""Families G and K: points, posts, remitters, repeated proposals and rulings of a whole batch."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

from app.core.checks.dossier import text_of
from app.core.checks.reduction.batch_book import BATCH_RULES, SHOWN, WHOLE, groups, part, show
from app.core.checks.reduction.batch_facts import Batch, Facts, identity
from app.core.checks.why import NOBODY, Missing, Why
from app.core.findings import Verdict
from app.core.records import Record
from app.core.sentence.terms import due

HOOK = "PG14-6.3"
ACTIVE = "积极"
# Posts that bring a prisoner near the officers.
POSTS = re.compile("事务|后勤|伙房|炊|勤杂|值星|值班|图书|医务|卫生员|教员|组长|监督|仓库|保管|统计|核算")


@BATCH_RULES.rule("JX-K09", "积极等级比例超过百分之十五", "MJ21-21")
def active_share(batch: Batch, why: Why) -> Verdict:
    """Of those graded in a cycle at most fifteen in a hundred are graded active; the limit holds for the prison."""
    if not batch.graded:
        raise Missing("全监狱的等级评定（奖惩表要有等级评定，并包括未被提请的罪犯）")
    least = why.number("batch_least")
    over: list[str] = []
    compared = 0
    for cycle, rows in batch.graded.items():
        graded = {identity(each): text_of(each, "grade") for each in rows}
        ends = rows[-1]["cycle_to"]
        if len(graded) < least or not isinstance(ends, date) or not why.law.provision("MJ21-21").holds(ends):
            continue
        compared += 1
        percent = why.number("active_share", ends)
        active = sum(each == ACTIVE for each in graded.values())
        why.step(f"{cycle}评定{len(graded)}人，积极{active}人，占{part(active, len(graded))}；限额{percent}%")
        if active * WHOLE > len(graded) * percent:
            over.append(cycle)
            _cells(why, [each for each in rows if text_of(each, "grade") == ACTIVE])
    if not compared:
        raise Missing(f"足够的人数（没有评定{least}人以上的周期）", holder=NOBODY)
    if over:
        return why.doubt(f"{'、'.join(over)}评为积极的超过限额，须核对是否为全监狱的评定")
    return why.lawful()


def _cells(why: Why, rows: list[Record]) -> None:
    for each in rows[:SHOWN]:
        why.see(each, "grade", "cycle_to")


@BATCH_RULES.rule("JX-G04", "同月满分集中", HOOK, "OP21-5")
def top_together(batch: Batch, why: Why) -> Verdict:
    """Several people of one ward reach the most daily points in the same month."""
    if not any(each.special is not None or each.top for each in batch.members):
        raise Missing("月考核表（得分、专项加分）")
    people, least = why.number("top_points_people"), why.number("batch_least")
    sizes = Counter(each.ward for each in batch.members)
    found: dict[tuple[str, str], list[Facts]] = defaultdict(list)
    for each in batch.members:
        for month in each.top:
            found[each.ward, f"{month:%Y}年{month:%m}月"].append(each)
    many = {key: own for key, own in sorted(found.items()) if key[0] and len(own) >= people}
    for (ward, when), own in many.items():
        named = sizes[ward] >= least
        name = ward if named else f"一个不足{least}件的监区"
        why.step(f"{name}：{when}有{len(own)}人达到日常得分上限；界限{people}人")
        show(why, own, "ward" if named else "name", "commendations")
    if many:
        return why.hint(f"有{len(many)}处同一监区同一月份{people}人以上达到日常得分上限，请抽查计分依据")
    return why.lawful(f"没有同一监区同一月份{people}人以上达到日常得分上限")


@BATCH_RULES.rule("JX-G05", "专项加分集中", HOOK, "OP21-5")
def special_points_together(batch: Batch, why: Why) -> Verdict:
    """Special points for each person of a ward, against the rest."""
    known = [each for each in batch.members if each.special is not None]
    if not known:
        raise Missing("专项加分（月考核表）")
    factor = why.number("special_points_factor")
    high = []
    for group in groups(known, why, whole=False):
        own, rest = (
            sum((each.special or Decimal(0) for each in some), Decimal(0)) for some in (group.members, group.rest)
        )
        mean, usual = own / len(group.members), rest / len(group.rest)
        why.step(f"{group.name}：{len(group.members)}人人均{mean:.1f}分；其余{len(group.rest)}人人均{usual:.1f}分")
        if own and mean * WHOLE > usual * factor:
            high.append(group.name)
            show(why, group.members, "ward")
    if high:
        return why.hint(f"{'、'.join(high)}人均专项加分超过其余人员的{factor}%，请核对加分依据")
    return why.lawful()


@BATCH_RULES.rule("JX-G09", "同一汇款人关联多名被提请罪犯", HOOK, "R24-6.2")
def one_remitter(batch: Batch, why: Why) -> Verdict:
    """One remitter pays to several of those proposed; kin among prisoners is the usual, lawful reason."""
    if not any(each.remitters for each in batch.members):
        raise Missing("汇款人（消费表）")
    people = why.number("shared_remitter_people")
    paid: dict[str, dict[str, Facts]] = defaultdict(dict)
    for each in batch.members:
        for name in each.remitters:
            paid[name].setdefault(each.who, each)
    shared = {name: own for name, own in sorted(paid.items()) if len(own) >= people}
    for name, own in shared.items():
        names = "、".join(text_of(each.proposal, "name") for each in own.values())
        why.step(f"汇款人{name}：向{names}汇款")
        show(why, list(own.values()), "name")
    if shared:
        return why.hint(f"有{len(shared)}名汇款人各向{people}名以上被提请罪犯汇款，亲属关系请先排除")
    return why.lawful("没有同一汇款人向数名被提请罪犯汇款")


@BATCH_RULES.rule("JX-G10", "岗位聚集", HOOK, "OP21-5")
def posts_together(batch: Batch, why: Why) -> Verdict:
    """Commendations and merit of those on posts near the officers, against the rest."""
    known = [each for each in batch.members if each.post]
    if not known:
        raise Missing("劳动岗位")
    own, rest = (
        [each for each in known if POSTS.search(each.post)],
        [each for each in known if not POSTS.search(each.post)],
    )
    least, factor = why.number("batch_least"), why.number("post_factor")
    if min(len(own), len(rest)) < least:
        raise Missing(f"足够的件数（事务、后勤等岗位{len(own)}件，其他{len(rest)}件，各须{least}件）", holder=NOBODY)
    high = []
    for what, value in (("表扬", lambda each: each.commendations or 0), ("立功", lambda each: int(each.merit))):
        first, second = sum(map(value, own)), sum(map(value, rest))
        why.step(f"{what}：事务、后勤等岗位{len(own)}人共{first}次，其他{len(rest)}人共{second}次；界限{factor}%")
        if first * len(rest) * WHOLE > second * len(own) * factor:
            high.append(what)
    if high:
        show(why, own, "post", "commendations", "merit")
        return why.hint(f"事务、后勤等岗位人员的{'、'.join(high)}明显多于其他人员，请了解原因")
    return why.lawful()


@BATCH_RULES.rule("JX-G11", "不予减刑、撤回后原样再提请", HOOK)
def proposed_again(batch: Batch, why: Why) -> Verdict:
    """What was refused or withdrawn comes again within a year with the same amount."""
    months = why.number("again_months")
    hits: dict[str, Facts] = {}
    for each in batch.members:
        for other in batch.before.get(each.who, ()):
            if other is each or not other.turned_down or other.filed is None or each.filed is None:
                continue
            soon = other.filed < each.filed < due(other.filed, months).early
            if (
                soon
                and other.months == each.months
                and other.proposal["proposal_kind"] == each.proposal["proposal_kind"]
            ):
                hits[each.who] = each
                why.see(other.proposal, "filed_on", "proposed", "ruling_result")
                why.step(f"{text_of(each.proposal, 'name')}：{other.filed}提请未获准，{each.filed}原样再提请")
    if hits:
        show(why, list(hits.values()), "filed_on", "proposed")
        return why.hint(f"有{len(hits)}人在{months}个月内原样再提请，请核对情况有无变化")
    if not any(each.turned_down for found in batch.before.values() for each in found):
        raise Missing("以前批次的裁定结果（不予减刑、撤回）", holder="人民法院")
    return why.lawful("没有原样再提请")


@BATCH_RULES.rule("JX-G12", "裁定与建议完全一致", HOOK)
def never_adjusted(batch: Batch, why: Why) -> Verdict:
    """A court that follows every one of many proposals."""
    known = [each for each in batch.members if each.given is not None]
    least = why.number("unchanged_rulings")
    courts: dict[str, list[Facts]] = defaultdict(list)
    for each in known:
        courts[each.court].append(each)
    large = {name: own for name, own in sorted(courts.items()) if name and len(own) >= least}
    if not large:
        raise Missing(f"足够的裁定结果（能与建议对照的{len(known)}件，没有达到{least}件的法院）", holder="人民法院")
    same = []
    for name, own in large.items():
        kept = sum(bool(each.given) for each in own)
        why.step(f"{name}：{len(own)}件裁定中{kept}件与建议一致")
        if kept == len(own):
            same.append(name)
            show(why, own, "proposed", "ruling_result")
    if same:
        return why.hint(f"{'、'.join(same)}{least}件以上裁定与建议完全一致，请了解实质化审理情况")
    return why.lawful()
