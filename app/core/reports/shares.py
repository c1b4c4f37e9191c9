"""Shares and how far they may be off by chance."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

NINETY_FIVE = 1.959964  # standard deviations that hold 95 % of a normal distribution
NEARLY_ALL = 3.090232  # and 99.8 %


@dataclass(frozen=True, slots=True)
class Share:
    """Some of `n`, as a share from 0 to 1, with the ends of its 95 % interval by Wilson."""

    some: int
    n: int
    value: float
    low: float
    high: float

    @property
    def words(self) -> str:
        """As a person reads it: the share, then the interval."""
        return f"{self.value:.1%}（{self.low:.1%}—{self.high:.1%}）"


def share(some: int, n: int) -> Share:
    """The share of `some` in `n`; ValueError unless 0 ≤ some ≤ n and n > 0."""
    if not 0 <= some <= n or n == 0:
        raise ValueError(f"{some} of {n} is no share")
    z, value = NINETY_FIVE, some / n
    scale = 1 + z * z / n
    middle = (value + z * z / (2 * n)) / scale
    half = z * sqrt(value * (1 - value) / n + z * z / (4 * n * n)) / scale
    return Share(some, n, value, max(0.0, min(value, middle - half)), min(1.0, max(value, middle + half)))


def funnel(mean: float, n: int, deviations: float = NINETY_FIVE) -> tuple[float, float]:
    """Between which shares a unit with `n` cases stays by chance alone, when all units are alike."""
    half = deviations * sqrt(mean * (1 - mean) / n)
    return max(0.0, mean - half), min(1.0, mean + half)
