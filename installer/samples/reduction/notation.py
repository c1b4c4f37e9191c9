"""How the clerks of each ward write: columns under the list's own words, days, terms, kinds, names."""

from __future__ import annotations

from datetime import date

from installer.samples.reduction.people import WARDS, Person
from installer.samples.reduction.proposals import proposal
from installer.samples.shared.days import (
    CHINESE,
    CODE,
    COMPACT,
    DOTTED,
    EXCEL,
    FIGURES,
    ISO,
    WORDS,
    Months,
    write_day,
    write_term,
    wrong_check_digit,
)

# One line a column: the contract's name and the list's word; 上/下 where several columns share an upper label.
_COLUMNS = """
    - 序号
    监区 监区
    罪犯编号 罪犯编码
    姓名 罪犯姓名
    性别 性别
    出生日期 出生年月日
    身份证号码 公民身份号码
    监狱 服刑单位
    批次 提请批次
    罪名 原判罪名
    数罪并罚 是否数罪并罚
    各罪刑期 各罪刑期
    犯罪时间 作案时间
    判决日期 判决日期
    判决生效日期 判决生效日
    送交执行日期 入监日期（送交执行）
    死缓期满日期 死缓期满日
    原判刑种 刑种
    原判刑期 原判刑期
    刑期起日 刑期起止/刑期起始日
    刑期止日 刑期起止/现刑期止日
    附加剥夺政治权利 附加剥权
    累犯 从严从宽/是否累犯
    毒品再犯 从严从宽/是否毒品再犯
    限制减刑 从严从宽/是否限制减刑
    终身监禁 从严从宽/是否终身监禁
    国家工作人员 从严从宽/国家工作人员身份
    职务级别 从严从宽/原职务级别
    从严情形 从严从宽/从严类别
    从宽情形 从严从宽/从宽类别
    财产性判项 财产性判项
    应缴金额 应履行金额
    已缴金额 已履行金额
    履行情况 财产性判项履行情况
    历次减刑情况 减刑情况
    悔改立功情形 表现类别
    考核起日 考核/起日
    考核止日 考核/止日
    表扬次数 表扬
    提请类型 报请类型
    提请减刑幅度 提请意见/减刑幅度
    减后刑期 提请意见/拟减后刑期
    减后刑期止日 提请意见/减后止日
    减后剥夺政治权利 提请意见/减后剥权
    评审日期 评审日期
    公示起日 公示/起日
    公示止日 公示/止日
    报请日期 提请日期
    检察院收到日期 检察院收到建议书日期
    法院 审理法院
    审理方式 审理方式
    裁定日期 裁定日期
    裁定送达日期 裁定送达日期
    裁定结果 裁定结果
    备注 备注
"""
COLUMNS = tuple((line.split()[0], *line.split()[1].partition("/")[::2]) for line in _COLUMNS.strip().splitlines())
DAYS = dict(zip(WARDS, (ISO, DOTTED, CHINESE, EXCEL, ""), strict=True))
MIXED = (ISO, DOTTED, CHINESE, EXCEL, COMPACT)  # the ward without a custom of its own
TERMS = dict(zip(WARDS, (WORDS, FIGURES, WORDS, FIGURES, CODE), strict=True))
OTHER_WORDS = {
    ("原判刑种", "死刑缓期执行"): {ISO: "死缓", CHINESE: "死刑，缓期二年执行"},
    ("原判刑种", "无期徒刑"): {DOTTED: "无期"},
    ("悔改立功情形", "确有悔改表现"): {DOTTED: "悔改表现", EXCEL: "确有悔改"},
}
KIND_CODES = {"无期徒刑": "9995", "死刑缓期执行": "9996"}
# Names as clerks type them: a blank inside, an alias in brackets, a line break behind.
TYPED_NAMES = {"例庚午": "例 庚午", "例丙戌": "例丙戌（曾用名：例小丙）", "例甲辰": "例甲辰\n"}


def written(person: Person, serial: int) -> list[object]:
    """The cells of one proposal in its ward's notation, with what the clerk got wrong; days only for Excel's own."""
    days, terms = DAYS[person.ward], TERMS[person.ward]
    row = {**proposal(person), "-": serial}
    for (column, word), others in OTHER_WORDS.items():
        if row[column] == word:
            row[column] = others.get(days, word)
    row["姓名"] = TYPED_NAMES.get(person.name, person.name)
    if days == EXCEL:
        row["罪犯编号"] = int(person.number)
    if terms == CODE:
        row["原判刑期"] = KIND_CODES.get(str(row["原判刑期"]), row["原判刑期"])
    if person.case.wrong_digit:
        row["身份证号码"] = wrong_check_digit(person.id_number)
    row |= person.case.cells
    cells = [row.get(column) for column, _, _ in COLUMNS]
    return [_note(cell, days or MIXED[(place + serial) % len(MIXED)], terms) for place, cell in enumerate(cells)]


def _note(value: object, days: str, terms: str) -> object:
    if isinstance(value, date):
        return write_day(value, days)
    if isinstance(value, Months):
        # The code has no word for 减为.
        return write_term(value, WORDS if terms == CODE and value.prefix else terms)
    return value
