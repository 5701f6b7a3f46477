"""Percentages as official bulletins print them: forced to add up to 100 (domain.md §0.2.7)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from luoshi.terms.number import round_half_up


def forced_to_100(counts: Mapping[str, int], places: int = 1) -> dict[str, Decimal]:
    """The shares of the counts in percent, which add up to exactly 100.

    Every share is rounded half up; the largest class then takes 100 minus the others ("residual to the
    largest class"). Of equally large classes the first by name takes it, so row order changes nothing.
    Show the counts beside them.

    Returns:
        A percentage per class in the order given; nothing but zeros when there is nothing to share.

    Raises:
        ValueError: a negative count.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("counts are not negative")
    whole = sum(counts.values())
    if whole == 0:
        return {name: round_half_up(0, places) for name in counts}
    from_counts = {name: round_half_up(_percent(count, whole), places) for name, count in counts.items()}
    largest = min(counts, key=lambda name: (-counts[name], name))
    others = sum((share for name, share in from_counts.items() if name != largest), Decimal(0))
    return from_counts | {largest: 100 - others}


def rounded_shares(counts: Mapping[str, int], places: int = 1) -> dict[str, Decimal]:
    """The shares in percent, each rounded half up on its own; they may add up to a little more or less than 100."""
    whole = sum(counts.values())
    return {name: round_half_up(_percent(count, whole) if whole else 0, places) for name, count in counts.items()}


def _percent(count: int, whole: int) -> Fraction:
    return Fraction(100 * count, whole)
