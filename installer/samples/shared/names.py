"""Names and birthdays of people who plainly do not exist."""

from __future__ import annotations

from datetime import date

# Names of the sixty-year cycle behind a surname that is a word for a sample: nobody is called that.
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
CYCLE = 60


def sample_name(index: int, surnames: str) -> str:
    """The name of a person by the place in the list; every sixty people the next of the surnames."""
    return surnames[index // CYCLE] + STEMS[index % len(STEMS)] + BRANCHES[index % len(BRANCHES)]


def sample_birth(index: int) -> date:
    """Between 1965 and 1987: of age at every crime of the samples, and below sixty-five."""
    return date(1965 + index * 7 % 23, index * 5 % 12 + 1, index * 11 % 28 + 1)
