"""The desks as data: their columns, filters, and what they need from whom."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.findings import Conclusion, Level, Outcome, Standing
from app.ui.look import NOT_REVIEWED


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list: the row's field, its title, its width in letters.

    `count` shows a number, nothing for 0; `tone` colours it by a word, `speaks` by its own text;
    `empty` stands for an empty text, `drop` is left out at the front; `plain` explains the column; of a text too long
    for it that `ends` the beginning and the end are shown. One that is not
    `shown` may be chosen by the user.
    """

    field: str
    title: str
    letters: float
    count: bool = False
    tone: str = ""
    speaks: bool = False
    empty: str = ""
    drop: str = ""
    plain: str = ""
    ends: bool = False
    shown: bool = True

    @property
    def order(self) -> str:
        """The column SQL sorts by."""
        return self.field

    def text(self, value: object) -> str:
        """A value as it is shown."""
        return str(value or self.empty).removeprefix(self.drop)


@dataclass(frozen=True, slots=True)
class Need:
    """A table a desk works on: its name, who holds it, and what it is for."""

    table: str
    holder: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Desk:
    """One tab: what it is called, what it does, its columns and filters, and the tables it needs.

    `begin` are the tables that give it something to review (none: any may), `words` what a case may conclude with,
    `tools` the tools that have a button, `more` the rarer ones in the menu behind them, `facts` what the head of a case
    says of it: a field of the row with the words around it. `what_if`: a case can be tried with other facts.
    """

    id: str
    title: str
    says: str
    needs: tuple[Need, ...]
    columns: tuple[Column, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()  # filter column, its word
    begin: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    tools: tuple[str, ...] = ("import", "ask", "review", "issue", "print", "people", "export", "withdraw")
    more: tuple[str, ...] = ("state", "masked", "exchange", "columns")
    what_if: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    line: bool = False


CASE_COLUMNS = (
    Column("prisoner_no", "罪犯编号", 6.6),
    Column("name", "姓名", 3.8),
    Column("ward", "监区", 3.6),
    Column("offence", "罪名", 5.8),
    Column("sentence", "原判", 5.5, drop="有期徒刑"),
    Column("proposal", "提请", 6.1),
    Column("filed_on", "报请日", 6),
    Column("conclusion", "结论", 6.5, speaks=True, empty=NOT_REVIEWED, plain="程序按现有数据得出的建议，由检察官决定"),
    Column("n_unlawful", "违法", 2.55, True, Level.UNLAWFUL, plain="与法律、司法解释不符的问题数"),
    Column("n_doubt", "存疑", 2.55, True, Level.DOUBT, plain="需要人工核实的问题数"),
    Column("n_hint", "提示", 2.55, True, Level.HINT, plain="需要注意的事项数"),
    Column("n_data", "数据", 2.55, True, Level.DATA, plain="数据本身的问题数"),
    Column("n_not_evaluated", "未判断", 3.55, True, Outcome.NOT_EVALUATED, plain="因缺少数据没有判断的项目数"),
)
ID_NUMBER = Column("id_number", "身份证号码", 10, shown=False)
COURT = Column("court", "法院", 9, shown=False)
REVIEWED = Column("reviewed_as_of", "审查日", 6, shown=False, plain="最近一次审查以哪一天为准")
REDUCTION_COLUMNS = (
    *CASE_COLUMNS,
    ID_NUMBER,
    Column("unit", "单位", 8, shown=False),
    Column("batch", "批次", 8, shown=False),
    COURT,
    REVIEWED,
)

REDUCTION = Desk(
    "reduction",
    "减刑审查",
    "审查监狱、看守所提请的减刑（假释）案件，逐件给出意见和依据，并生成文书。",
    (
        Need("提请减刑（假释）案件表", "监狱、看守所", "必需。一行一件"),
        Need("历次减刑表", "监狱、看守所", "计算间隔、实际执行刑期；案件表里有“历次减刑情况”一列的可以不要"),
        Need("奖惩表", "监狱、看守所", "核对表扬、处罚"),
        Need("财产性判项表、狱内再犯罪表", "监狱、看守所、法院", "有则更准"),
    ),
    REDUCTION_COLUMNS,
    (("ward", "监区"), ("batch", "批次")),
    begin=("R1",),
    words=tuple(each.value for each in Conclusion),
    tools=("import", "ask", "review", "issue", "print", "export", "withdraw"),
    more=("forecast", "overview", "backtest", "masked", "exchange", "columns"),
    what_if=True,
    facts=(("proposal", "提请{}"), ("filed_on", "报请日 {}")),
)
PERSON_COLUMNS = (
    Column("name", "姓名", 4),
    Column("unit", "单位", 7),
    Column("batch", "案号", 11, ends=True),
    Column("offence", "罪名", 5),
    Column("proposal", "类别", 4.2),
    Column("filed_on", "起日", 5.7),
    Column(
        "conclusion", "情况", 6.5, speaks=True, empty=NOT_REVIEWED, plain="按现有数据查到的最重的问题，由检察官核实决定"
    ),
    *CASE_COLUMNS[-5:],
    ID_NUMBER,
    Column("prisoner_no", "罪犯编号", 6.6, shown=False),
    Column("sentence", "判处", 5.5, shown=False),
    COURT,
    REVIEWED,
)
STANDINGS = tuple(each.value for each in Standing)
CORRECTION = Desk(
    "correction",
    "社区矫正",
    "核查交付接收、报到、教育管理、请假外出、奖惩、收监和解除各环节是否合法、及时。",
    (
        Need("社区矫正对象名册、解除终止表", "司法局（社区矫正机构）", "核查的基础"),
        Need("法院裁判表", "法院", "有无漏管、矫正期限是否算错"),
        Need("法律文书接收登记、报到签到登记", "司法局（社区矫正机构）", "交付、报到是否按时"),
        Need("外出审批、奖惩、变更执行地、电子定位表", "司法局（社区矫正机构）", "日常监管是否合法"),
        Need("行政处罚、刑事立案、监所出入表", "公安机关", "有无应当撤销缓刑、收监执行而未提请"),
        Need("出入境、住宿和出行记录", "公安机关", "有无未经批准外出"),
        Need("暂予监外执行表", "监狱、公安、法院", "情形消失后是否收监"),
        Need("检察院收文登记", "本院", "应当抄送的文书是否收到"),
    ),
    PERSON_COLUMNS,
    (("unit", "单位"), ("proposal", "类别")),
    begin=("T01", "T02", "T11", "T22"),
    words=STANDINGS,
    facts=(("proposal", "{}"), ("filed_on", "起日 {}"), ("batch", "{}")),
    line=True,
)
DEPRIVATION = Desk(
    "deprivation",
    "剥夺政治权利",
    "核查应当执行剥夺政治权利的人是否列管，起止日期是否正确，期满是否解除，执行期间有无违反规定。",
    (
        Need("刑满释放（假释）附加剥夺政治权利名单", "监狱、看守所", "应当列管的人"),
        Need("剥夺政治权利列管名单", "公安机关", "实际列管的人"),
        Need("法院裁判表", "法院", "单处、附加剥夺政治权利的期限"),
        Need("减刑、假释裁定表", "监狱、法院", "剥夺政治权利期限有无变更"),
        Need("文书送达登记", "监狱、看守所", "释放时文书是否送达公安机关"),
        Need("选民名单、市场主体、公职人员名单", "民政、市场监管、组织人社部门", "执行期间有无行使被剥夺的权利"),
    ),
    PERSON_COLUMNS,
    (("unit", "单位"), ("proposal", "类别")),
    begin=("T01", "T11", "T19", "T20", "T22"),
    words=STANDINGS,
    tools=("import", "ask", "review", "issue", "print", "people", "compare", "export", "withdraw"),
    facts=(("proposal", "{}"), ("filed_on", "起日 {}"), ("batch", "{}")),
    line=True,
)
MODELS = Desk(
    "models",
    "监督模型",
    "把几张名单放在一起，按一个个监督模型查线索：模型是写明监督点、表格、步骤和依据的文件，可以启用、修改、自己编写。",
    (
        Need("各模型要用的表格", "公安、法院、监所、行政机关等", "每个模型要什么表、缺什么表，写在“模型卡片”里"),
        Need("空白表", "", "在“调取数据”里选监督模型的表，发给持有单位填写"),
    ),
    (
        Column("name", "姓名、名称", 6),
        Column("proposal", "模型", 8),
        Column("batch", "案件", 11, ends=True),
        Column("unit", "单位", 7.5),
        Column("filed_on", "日期", 5.7),
        PERSON_COLUMNS[6],
        *CASE_COLUMNS[-5:],
        ID_NUMBER,
        REVIEWED,
    ),
    (("proposal", "模型"), ("unit", "单位")),
    words=STANDINGS,
    tools=("import", "models", "ask", "review", "issue", "print", "export", "withdraw"),
    more=("masked", "exchange", "columns"),
    facts=(("proposal", "{}"), ("filed_on", "日期 {}")),
)
DESKS = (REDUCTION, CORRECTION, DEPRIVATION, MODELS)
