"""All pages of the help: the manual as it ships, and those made of the program's own data when they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from app.core import manual
from app.core.manual import Chapter, Page
from app.ui.law_words import ARTICLES, CERTAINTY, in_force

if TYPE_CHECKING:
    from app.core.actions.cited import Article

GLOSSARY = "词汇表"
WINDOWS = {  # the window F1 is pressed in → the place it opens
    "Welcome": "第一次启动",
    "SignIn": "口令和恢复密钥",
    "RecoverDialog": "口令和恢复密钥#忘记口令",
    "RecoveryDialog": "口令和恢复密钥#恢复密钥",
    "AccountsDialog": "口令和恢复密钥#几个人用同一份数据",
    "AccountForm": "口令和恢复密钥#几个人用同一份数据",
    "PassphraseDialog": "口令和恢复密钥#修改口令",
    "UnlockDialog": "口令和恢复密钥#离开时锁定",
    "IntakeDialog": "导入表格",
    "IntakeResult": "导入表格#四、看导入结果",
    "BatchesDialog": "导入表格#撤回导错的表",
    "CompareDialog": "导入表格#下个月再导入",
    "QualityDialog": "数据体检和调取数据#数据体检",
    "AskingDialog": "数据体检和调取数据#调取数据",
    "StateDialog": "数据体检和调取数据#名单与线索",
    "ColumnDialog": "减刑审查#列表里显示哪些列",
    "ViewDialog": "减刑审查#列表里显示哪些列",
    "RowDialog": "复核与决定#看原始行",
    "WhatIfDialog": "减刑审查#试算",
    "ForecastDialog": "减刑审查#应提请未提请",
    "OverviewDialog": "减刑审查#批次情况",
    "BacktestDialog": "减刑审查#裁定回测",
    "PeopleDialog": "社区矫正#是不是同一个人",
    "ThreeListsDialog": "剥夺政治权利#三方名单比对",
    "ModelsDialog": "监督模型",
    "ModelForm": "监督模型",
    "ClauseDialog": "监督模型",
    "CaseDialog": "监督模型#五、案例",
    "NumbersDialog": "监督模型",
    "TableForm": "监督模型",
    "WordsForm": "复核与决定#作出决定",
    "DecisionDialog": "复核与决定#作出决定",
    "BulkDialog": "复核与决定#作出决定",
    "CheckDialog": "复核与决定#第二个人复核",
    "EventDialog": "线索台账与统计#待办",
    "IssueDialog": "出文书与打印",
    "IssueResult": "出文书与打印#打印",
    "PreviewDialog": "出文书与打印#打印",
    "TemplatesDialog": "出文书与打印#换成本院的模板",
    "ExaminedDialog": "出文书与打印#换成本院的模板",
    "WordsDialog": "出文书与打印#换成本院的模板",
    "MattersDialog": "线索台账与统计#待办",
    "StatisticsDialog": "线索台账与统计#统计",
    "LawDialog": "法律依据与节假日",
    "LawForm": "法律依据与节假日#填写本地数值",
    "SourcedForm": "法律依据与节假日#法律修改了",
    "EndForm": "法律依据与节假日#法律修改了",
    "RestingDialog": "法律依据与节假日#改了以后",
    "SafetyDialog": "备份与恢复",
    "ExchangeDialog": "备份与恢复#与别的院交换案件",
    "SettingsDialog": "设置",
    "ExerciseDialog": "练习",
    "RunLogDialog": "常见问题#程序出错了",
    "CrashDialog": "常见问题#程序出错了",
    "AboutDialog": "使用手册",
    "LastRunDialog": "常见问题#上次没有正常退出",
    "MainWindow": "使用手册",
}


def chapters() -> Sequence[Chapter]:
    """The table of contents with every page."""
    return (*manual.chapters(), Chapter("查一查", (glossary(),)))


def glossary() -> Page:
    """The words explained: those of the field, and the program's own."""
    told = [
        "# 词汇表",
        "前一部分是本程序自己的用语，后一部分是业务用语。点目录上方的查找框，可以在全部帮助里查一个词。",
    ]
    for title, own in (("本程序的用语", True), ("业务用语", False)):
        told.append(f"## {title}")
        for each in manual.terms():
            if each.own is own:
                also = f"（{'、'.join(each.words)}）" if each.words else ""
                told.append(f"**{each.name}**{also}：{each.says}")
    return Page(GLOSSARY, GLOSSARY, "\n\n".join(told))


def articles(found: Mapping[str, Sequence[Article]]) -> Chapter:
    """The articles the rules cite, a page for each law, and one before them that lists the laws."""
    told = [
        f"# {ARTICLES}",
        "本程序引用的条文，一部法律一页：大意（不是原文）、何时施行、原文核对过没有、取用的数值、引用它的规则。"
        "用目录上方的查找框可以查条文、文字、规则编号。要修改、填写数值的，点右上角【法律依据】。",
        "引用以前，请查对原文。",
        "| 法律 | 引用的条文 |\n|---|---|\n"
        + "\n".join(f"| [{law}]({_link(law)}) | {len(some)} 处 |" for law, some in found.items()),
    ]
    first = Page(ARTICLES, ARTICLES, "\n\n".join(told))
    return Chapter(ARTICLES, (first, *(_law_page(law, some) for law, some in found.items())))


def _link(law: str) -> str:
    return f"<{ARTICLES} {law}.md>"


def _law_page(law: str, some: Sequence[Article]) -> Page:
    told = [f"# {law}"]
    for each in some:
        one = each.provision
        told.append(f"## {one.article or law}")
        if one.says:
            told.append(f"大意：{one.says}")
        certainty = CERTAINTY.get(one.certainty, one.certainty)
        told.append(f"{in_force((one.start, one.end))}；{certainty}{'；本院填写' if one.office else ''}")
        if each.numbers:
            told.append(f"取用的数值：{'；'.join(each.numbers)}")
        rules = "、".join(each.rules) or "没有固定的规则，审查时按情形引用"
        told.append(f"引用它的规则：{rules}")
    return Page(f"{ARTICLES} {law}", law, "\n\n".join(told))
