"""Values of the field (terms, sentences, deprivation, dates, money): parsed and printed as offices do."""

from app.core.values.money import Money
from app.core.values.term import Deprivation, OffenceTerm, Sentence, SentenceKind, Term

__all__ = ["Deprivation", "Money", "OffenceTerm", "Sentence", "SentenceKind", "Term"]
