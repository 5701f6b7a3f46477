"""目标的文字口径: comparator and basis as written, and the kind they are adopted as, kept in agreement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luoshi.target.kind import accumulation_of, kind_of
from luoshi.terms.unit import unit

COMPARATORS = {">=": "不低于", "<=": "不超过", "=": "等于", "~": "左右"}
BASES = {"absolute": "绝对值", "growth": "增长", "reduction": "下降", "share": "占比"}
_FITTING = {
    "at_least": (">=", "="),
    "at_most": ("<=", "="),
    "exactly": ("=",),
    "growth": (">=", "=", "~"),
    "reduction": (">=", "=", "~"),
}
"""The comparators under which a person can mean a kind; the first is taken when the one written does not fit."""
_BASIS = {"growth": "growth", "reduction": "reduction", "share": "share"}


def agreeing(before: Mapping[str, Any], typed: Mapping[str, str], words: str) -> dict[str, str]:
    """What else changes in a target when a person corrected some of its fields.

    A corrected kind brings comparator and basis with it where they contradict it; a corrected comparator or basis
    brings the kind, unless that was corrected too.

    Args:
        before: the fields as they stood.
        typed: the fields that were corrected.
        words: the sentence up to the end of the quantity.
    """
    after = {**before, **typed}
    kind, comparator, basis = (str(after.get(name) or "") for name in ("kind", "comparator", "basis"))
    found: dict[str, str] = {}
    if "kind" in typed:
        if "comparator" not in typed and comparator not in _FITTING.get(kind, (comparator,)):
            found["comparator"] = _FITTING[kind][0]
        if "basis" not in typed and basis != _BASIS.get(kind, basis):
            found["basis"] = _BASIS[kind]
        elif "basis" not in typed and kind in {"at_least", "exactly"} and basis in {"growth", "reduction"}:
            found["basis"] = "absolute"
    elif {"comparator", "basis"} & typed.keys() and comparator in COMPARATORS and basis in BASES:
        found["kind"] = kind_of(
            comparator, basis, str(after.get("indicator") or ""), words, bool(after.get("value_max"))
        ).value
    return {name: value for name, value in found.items() if value != before.get(name)}


def target_fields(fields: Mapping[str, Any], words: str) -> dict[str, str]:
    """What a target needs besides what was read or typed: kind, accumulation and whether its pace is monthly.

    Args:
        fields: with indicator, comparator, basis, unit and value_max.
        words: the sentence up to the end of the quantity.
    """
    indicator = str(fields.get("indicator") or "")
    comparator, basis = str(fields.get("comparator") or "="), str(fields.get("basis") or "absolute")
    kind = kind_of(comparator, basis, indicator, words, bool(fields.get("value_max")))
    accumulation = accumulation_of(kind, unit(str(fields.get("unit") or "")), indicator)
    has_pace = kind.value in {"at_least", "exactly"} and accumulation.value == "cumulative"
    return {
        "comparator": comparator,
        "basis": basis,
        "kind": kind.value,
        "accumulation": accumulation.value,
        "schedule": "months" if has_pace else "none",
    }
