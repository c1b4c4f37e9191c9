"""The words of judgments: one pattern for each thing a sentence may say, all on text that `plain` has normalised."""

from __future__ import annotations

import re
from enum import StrEnum

from app.core.values.numerals import NUMERAL
from app.core.values.term_grammar import TERM


class Part(StrEnum):
    """What a piece of a judgment's text is about."""

    NUMBERING = "序号"
    REMAINING = "前罪剩余剥权"
    PAST = "前情"
    FORMAL = "程式"
    NO_RELEASE = "终身监禁"
    SPOKEN = "判几缓几"
    TOTAL = "总和刑期"
    SPAN = "起止"
    PROBATION = "缓刑"
    DEPRIVATION = "剥夺政治权利"
    FINE = "罚金"
    CONFISCATION = "没收财产"
    EXEMPTION = "免予刑事处罚"
    RESTRICTION = "限制减刑"
    EXPULSION = "驱逐出境"
    INJUNCTION = "禁止令"
    RESTITUTION = "退赔追缴"
    PRINCIPAL = "主刑"
    DISPOSAL = "财物处理"
    WORDS = "其他文字"


STOPS = ",;。、()[]+/|"
BREAKS = ",;。()[]|"  # an offence may hold 、
TURN = r"(?:数罪)?并罚,?(?:决定)?(?:合并)?执行|决定(?:合并|对[^,;。]{0,20}?)?执行|合并执行|减为|变更为|改判为?|改为"
REDUCING = re.compile(r"减去|减刑|减少|报减|拟减|减(?!为)|去|幅度")
PROPOSING = re.compile(r"提请|建议|报请|拟")
DENIED = re.compile(r"(?:不|不予|未|没有|无|非|撤销|取消|或|或者|可能|可以|请求|要求|以及|折抵)$")

_ANY = re.sub(r"\?P<\w+>", "?:", TERM.pattern)
_UNITS = r"(?:周年|年|个?半?月|日|天)"
_BROKEN_OFF = rf"{NUMERAL}年[零又]?{NUMERAL}(?![^,;。、()缓])"
_SOME = rf"(?:{_BROKEN_OFF}|(?=(?:\d+\.\d+|{NUMERAL}){_UNITS}|半年|半个?月){_ANY})"
_CHINESE = r"[零〇一二两三四五六七八九十百千万亿壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬]"
_AMOUNT = (
    r"(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:万|千|百|亿)?(?:\d千)?(?:\d{1,4}(?!\d))?(?:元|圆|块)?(?:\d角)?(?:\d分)?整?"
    rf"|{_CHINESE}+(?:元|圆|块)?零?(?:{_CHINESE}角)?零?(?:{_CHINESE}分)?[整正]?)(?:人民币)?"
)
_FINED = rf"(?:罚金刑?|(?<!刑事处)(?<!行政处)(?<!管理处)罚(?={_AMOUNT}))"
_YEAR_WORDS = r"[一二][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十廿卅]{1,3}[日号]"
_DATE = rf"(?:\d{{4}}[-./年]\d{{1,2}}[-./月]\d{{1,2}}[日号]?|\d{{8}}|{_YEAR_WORDS})"
_GLUE = (
    "(?:依法|同时|以及|并且|并|且|及|和|另外|另|又|对其|予以|被|共计|合计|应|宣告|判处|判决|判令|判|处以|处|适用"
    "|附加|附带|决定|合并|执行)*"
)
_LEAD = (
    r"(?:[:为]|提请|建议|报请|报减|拟减|拟|予以|给予|对其|裁定|依法|同时|并|被|判处|判决|判|处以|处|原判|决定|执行|共|主刑|刑罚|刑期"
    rf"|期限|幅度|减去|减刑|减少|减(?!为)|去|{TURN})*"
)
# A provision's wording that a list writes out ends where the next thing begins.
_NEXT = (
    r"(?=$|[;。]|[,、(]*(?:并处|单处|判处|决定执行|附加|有期徒刑|无期徒刑|拘役|死刑|剥夺政治权利|罚金|没收(?:个人|财产)|限制减刑|终身监禁"
    r"|驱逐出境|禁止|责令|(?:依法|继续)*追缴|免予|刑期[自从]|缓刑(?!考验期|期)|管制(?!期|执行)|[(](?:限|已|未|刑期|缓刑)))"
)
_SINCE = (
    r"(?:(?:缓刑)?考验期限?|刑期|管制的?(?:刑期|期限)|剥夺政治权利的?(?:刑期|期限)|禁止令的?期限)?,?均?[从自]本?"
    r"(?:判决|裁判|裁定|主刑|徒刑|有期徒刑|拘役|管制|刑罚)[^,;。()]{0,16}?之日起(?:开始)?(?:计算|执行)?"
)
_CREDIT = (
    r"(?:判决)?(?:执行|宣告)?(?:以前|之前|前)被?先行羁押(?:或者?指定居所监视居住)?的?,?(?:应当)?(?:予以)?羁押[一1]日折抵(?:刑期|管制)*[一二两12]日"
    r"|指定居所监视居住[二两2]日折抵刑期[一1]日"
)
_PAYMENT = (
    rf"(?:限|罚金|该款|款项|上述|于|在|均)*本?判决书?(?:发生法律效力|生效)(?:之日|之次日|第二日|次日)?[起后]?的?{NUMERAL}(?:个?月|日|天)内"
    r"(?:一次性)?(?:向本院)?(?:缴纳|缴清|交纳|付清|履行|缴付)(?:完毕)?"
    r"|(?:均|罚金)?(?:已|未|尚未|暂未)(?:全部|部分|足额|实际)?预?(?:缴纳|缴清|交纳|缴|履行)(?:完毕)?|上缴国库"
)
_DEPRIVED = rf"(?:终身|{_SOME}|\({_SOME}\))"
_MONEY_WORDS = r"(?:人民币|RMB|金额|数额|共计|计|为|[:¥(]|\((?:以下)?(?:币种)?均?同\))*"

PATTERNS: dict[Part, str] = {
    Part.NUMBERING: (
        r"(?<![^;。,(])(?:\d{1,2}[.、)]|[一二三四五六七八九十]{1,3}[、.)]|第[一二三四五六七八九十]+(?:项|罪)?[,:、])"
        rf"(?!{NUMERAL}|半)"
    ),
    Part.REMAINING: (
        rf"(?:现?与|和)其?前罪(?:所判处?)?(?:中)?(?:没有|尚未|未)执行(?:完毕)?的?(?:附加)?(?P<left>(?:剥夺政治权利|剥权|剥政){_DEPRIVED})"
        r"(?:,?实行)?(?:,?(?:数罪)?并罚(?!,?(?:决定|合并|执行)))?"
    ),
    Part.PAST: (
        r"(?:与其?|因)?(?:曾|前科|前罪|公诉机关|检察机关|量刑建议|公诉人|辩护人|撤销)[^;。]*?"
        rf"(?=$|[;。]|,?(?:(?:实行)?数罪并罚,?)?(?:{TURN})|,现)"
    ),
    Part.FORMAL: rf"{_SINCE}|{_CREDIT}|{_PAYMENT}",
    Part.NO_RELEASE: (
        r"(?:(?:决定)?在?其?(?:死刑)?(?:缓期[二两2]?年?执行[二两2]?年?(?:期满)?|[二两2]年期满)后?,?(?:依法)?减为无期徒刑(?:之?后)?,?)?"
        r"终身监禁(?:,?不得减刑[、,]?(?:或者?)?(?:不得)?假释)?"
    ),
    Part.SPOKEN: rf"(?<![\d.])判?(?P<first>{NUMERAL})缓刑?(?P<second>{NUMERAL})年?(?!{_UNITS}|[.])",
    Part.TOTAL: rf"(?:合并|数罪)?总和刑期(?:为|:|有期徒刑|拘役)*{_SOME}",
    Part.SPAN: (
        r"(?P<of>(?:刑期|管制期限?|执行期间|(?:缓刑)?考验期限?|矫正期限?|期限)?(?:起止)?(?:日期|时间)?[:,为]?即?)"
        rf"[自从由]?(?P<days>{_DATE}[起始]?,?起?(?:[-–—―~]+|至|到){_DATE})止?"
    ),
    Part.PROBATION: (
        rf"{_GLUE}(?:缓刑,{_GLUE})?(?:(?:缓刑)?(?<!假释)考验期?[限间]?|缓刑(?:期限?|期间)?|(?<!死)缓(?![期刑解]))[为:是]?"
        rf"(?:(?P<term>{_SOME})|\((?P<noted>{_SOME})\))|{_GLUE}(?:宣告|适用)?缓刑"
    ),
    Part.DEPRIVATION: (
        rf"{_GLUE}(?P<only>单处)?(?:剥夺政治权利|剥夺政权|剥权|剥政)(?:的?(?:期限|年限|刑期))?[为:由从]?{_DEPRIVED}?"
        rf"(?:(?:改为|减为|变更为|缩减为|缩短为|减至){_DEPRIVED}|(?:期限)?(?:保持|仍)?不变)?"
    ),
    Part.FINE: rf"{_GLUE}(?P<only>单处)?各?{_FINED}{_MONEY_WORDS}(?P<amount>{_AMOUNT})?\)?",
    Part.CONFISCATION: (
        r"(?:并处|单处|并|处|附加|判处)*没收(?:其|被告人[^,;。]{0,10}?)?(?:个人)?(?:全部|部分|所有)?(?:个人)?财产(?:的?(?:一部分|一半))?"
        rf"(?:{_MONEY_WORDS}(?:价值)?{_AMOUNT})?"
    ),
    Part.EXEMPTION: rf"{_GLUE}(?:免[予于除](?:刑事)?(?:处罚|处分)|(?:定罪)?免刑)",
    Part.RESTRICTION: r"(?:并|同时|决定|对其|对被告人[^,;。]{0,12}?)*限制减刑",
    Part.EXPULSION: rf"{_GLUE}(?:单处)?驱逐出境",
    Part.INJUNCTION: (
        rf"(?:同时|并)?(?:宣告|适用|发布)?禁止令(?:内容)?[:为]?(?P<what>(?:禁止)?[^;。]*?){_NEXT}"
        rf"|(?:同时|并|宣告)*(?P<forbids>禁止(?!令)[^;。]*?){_NEXT}"
    ),
    Part.RESTITUTION: (
        r"(?:已|并|依法|继续|判令|责令(?:其|被告人[^,;。]{0,12}?)?)*"
        rf"(?:退赔|退缴|追缴|发还|返还|退还|赔偿|没收(?!(?:其|个人|全部|部分|所有)*财产))[^;。]*?{_NEXT}"
    ),
    Part.PRINCIPAL: (
        rf"(?P<lead>{_LEAD})(?:(?P<death>死刑[,、]?[(]?(?:宣告)?缓期(?:[二两2贰]年)?(?:执行)?[)]?|死缓(?:\(?[二两2]年\)?)?(?:执行)?)"
        r"|(?P<life>无期(?:徒刑)?)"
        rf"|(?:(?P<fixed>有期(?:徒刑)?|徒刑)|(?P<detention>拘役)|(?P<control>管制))(?:刑期|期限)?[:为]?"
        rf"(?:(?P<term>{_SOME})|\((?P<noted>{_SOME})\))"
        rf"|(?P<bare>(?<![0-9.零〇一二三四五六七八九十百千]){_SOME})(?:的?(?:(?P<fixed_after>(?:有期)?徒刑)|(?P<detention_after>拘役)|(?P<control_after>管制)))?)"
    ),
    Part.DISPOSAL: r"[^,;。()]{1,40}?(?:依法)?予以(?:追缴|没收|返还|发还|销毁)[^,;。]*",
}
GRAMMAR: dict[Part, re.Pattern[str]] = {part: re.compile(pattern) for part, pattern in PATTERNS.items()}
ALL = re.compile(
    "|".join(f"(?P<{part.name}>{re.sub(r'[?]P<[a-z_]+>', '?:', text)})" for part, text in PATTERNS.items())
)
