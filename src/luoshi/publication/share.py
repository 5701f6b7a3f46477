"""Percentages that add up to 100, as official bulletins print them (domain.md §0.2 fact 7)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from luoshi.terms.number import round_half_up


def hundred(counts: Sequence[int], places: int = 2) -> tuple[Decimal, ...]:
    """Each count's percentage of the whole, forced to add up to 100.

    Every share is rounded half-up; then the largest class (the first of equals) is 100 minus the others.

    Args:
        counts: how many of each class, none negative.
        places: decimals printed.

    Returns:
        As many percentages as counts; all zero when there is nothing to count.
    """
    if any(count < 0 for count in counts):
        raise ValueError(f"a negative count: {list(counts)}")
    total = sum(counts)
    if total == 0:
        return tuple(Decimal(0) for _ in counts)
    shares = [round_half_up(Fraction(count * 100, total), places) for count in counts]
    largest = max(range(len(counts)), key=lambda index: counts[index])
    shares[largest] = Decimal(100) - sum((s for i, s in enumerate(shares) if i != largest), Decimal(0))
    return tuple(shares)
