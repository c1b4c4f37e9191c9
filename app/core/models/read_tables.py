"""The tables a model declares itself, and how their rows are brought to the subject's."""

from __future__ import annotations

from collections import Counter

from app.core.models.parts import Way
from app.core.models.strict import Fields, refuse
from app.core.records import Field, FieldType, TableKind

DESK = "models"
TYPES = (
    FieldType.TEXT, FieldType.NAME, FieldType.NUMBER_TEXT, FieldType.ID_NUMBER, FieldType.DATE, FieldType.MONTH,
    FieldType.TERM, FieldType.SENTENCE, FieldType.BOOLEAN, FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY,
    FieldType.CHOICE,
)  # fmt: skip
TELLING = (FieldType.TEXT, FieldType.NUMBER_TEXT, FieldType.ID_NUMBER)  # what tells people apart who share a name
JOINED_BY = (*TELLING, FieldType.NAME, FieldType.DATE, FieldType.MONTH)


def table_kind(part: Fields, table_id: str) -> TableKind:
    """A model's own table, declared as the shared ones are."""
    name, holder = part.text("name", most=40), part.text("holder", most=40)
    fields = [_field(each) for each in part.parts("field", "段 field", most=60, least=1)]
    for words in ([each.id for each in fields], [each.name for each in fields]):
        twice = [word for word, times in Counter(words).items() if times > 1]
        if twice:
            refuse(part.where, f"“{twice[0]}”写了两次")
    if not any(each.required for each in fields):
        refuse(part.where, "至少有一列应当写 required = true，否则认不出这张表")
    return TableKind(table_id, name, holder, DESK, tuple(fields))


def _field(part: Fields) -> Field:
    name, label = part.name("id"), part.text("name", most=40)
    kind = FieldType(part.word("type", [each.value for each in TYPES]))
    synonyms, required = part.texts("synonyms", most=30), part.flag("required", False)
    choices: dict[str, tuple[str, ...]] = {}
    if part.has("choices"):
        for word, others in part.part("choices", f"{part.where} choices").rest().items():
            if not isinstance(others, list) or any(not isinstance(each, str) for each in others):
                refuse(part.where, f"choices“{word[:20]}”应当是一列文字")
            choices[word] = tuple(others)
    if (kind is FieldType.CHOICE) != bool(choices):
        refuse(part.where, 'type = "choice" 的列要写 choices，其他列不写')
    part.close()
    return Field(name, label, kind, synonyms, required, choices)


def read_ways(part: Fields, subject: TableKind, other: TableKind) -> tuple[Way, ...]:
    """The ways rows are joined, the surest first: "id_number", "name+case_no", "id_number=holder_number"."""
    ways = []
    for text in part.texts("join", most=4):
        pairs = tuple(_pair(each.strip(), part, subject, other) for each in text.split("+"))
        kinds = [other.field(each).type for _, each in pairs]
        ways.append(Way(pairs, not any(each in TELLING for each in kinds)))
    if not ways:
        refuse(part.where, "缺少“join”：凭哪几列与第一张表对应")
    return tuple(ways)


def _pair(text: str, part: Fields, subject: TableKind, other: TableKind) -> tuple[str, str]:
    left, _, right = text.partition("=")
    pair = left.strip(), (right or left).strip()
    for table, name in zip((subject, other), pair, strict=True):
        if all(each.id != name for each in table.fields):
            refuse(part.where, f"《{table.name}》没有“{name[:40]}”这一列")
        if table.field(name).type not in JOINED_BY:
            refuse(part.where, f"不能凭《{table.name}》的“{table.field(name).name}”对应")
    return pair
