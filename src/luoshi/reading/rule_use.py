"""Which rules fired on which documents how often: a rule that never fires is dead or untested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from luoshi.reading import kind, left, measure, member, raised, role, target  # noqa: F401  importing them registers their rules
from luoshi.reading.derivation import derivation
from luoshi.reading.model import Commitment, Mention, Reading
from luoshi.reading.rule import RULES

_OF_PROMISES = tuple(f"reading.{part}." for part in ("role", "quantity", "indicator", "default", "commitment"))
"""What reads promises; responsibilities, deadlines and progress have rules of their own."""


def rule_use(readings: Iterable[Reading]) -> dict[str, int]:
    """How often each rule of the reader fired, by id in alphabetical order; 0 for a rule that never did.

    Args:
        readings: readings, taken one at a time.
    """
    fired: Counter[str] = Counter()
    for reading in readings:
        found: list[Mention | Commitment] = [*reading.mentions, *reading.commitments]
        for one in found:
            fired.update({step[0] for step in one.steps} | _derived(reading, one))
    return {identity: fired[identity] for identity in sorted(RULES) if identity.startswith(_OF_PROMISES)}


def _derived(reading: Reading, one: Mention | Commitment) -> set[str]:
    if isinstance(one, Mention) and one.role != "target":
        return set()
    return {step[0] for field in derivation(reading, one) for step in field.steps}
