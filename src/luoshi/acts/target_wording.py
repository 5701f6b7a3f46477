"""目标的文字口径: comparator and basis as written, and the kind they are adopted as, kept in agreement."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from luoshi.reading.left import strip_before
from luoshi.reading.number import compare, numbers
from luoshi.target.kind import accumulation_of, kind_of
from luoshi.terms.number import plain
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
_ONLY_JOINED = re.compile("[、，,和及与以 ]*")
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


def own_wording(text: str, span: tuple[int, int], whole: Mapping[str, Any], value: str) -> tuple[dict[str, str], str]:
    """Comparator and basis of one part of a target by the part's own words, and what it has from the whole.

    Args:
        text: the document.
        span: the words of the part.
        whole: the fields of the target that was split.
        value: the part's value, by which its number is found among several.

    Returns:
        The two fields, and a sentence about those that stand nowhere in the part's own words; empty if all do.
    """
    found = list(numbers(text, *span))
    own = next((one for one in found if plain(one.value) == value), found[0] if len(found) == 1 else None)
    inherited = {name: str(whole.get(name) or "") for name in ("comparator", "basis")}
    if own is None:
        return inherited, _inherited(inherited, "这一条的文字里没有写数")
    before = max((one.end for one in found if one.end <= own.start), default=span[0])
    left = strip_before(text, before, own)
    said = {"comparator": compare(own.after) or left.comparator, "basis": left.basis}
    if _ONLY_JOINED.fullmatch(text, before, own.start) and before > span[0]:  # 分别增长8%、6%: the words hold for both
        kept = {name: word for name, word in inherited.items() if not said[name]}
        return {**inherited, **{n: w for n, w in said.items() if w}}, _inherited(kept, "这一条只写了数")
    share = inherited["basis"] == "share" and own.category == "percent" and not said["basis"]
    basis = said["basis"] or ("share" if share else "absolute")
    return {"comparator": said["comparator"] or "=", "basis": basis}, ""


def _inherited(kept: Mapping[str, str], why: str) -> str:
    words = [COMPARATORS.get(kept.get("comparator", ""), ""), BASES.get(kept.get("basis", ""), "")]
    plain_ones = {COMPARATORS["="], BASES["absolute"], ""}
    named = "”“".join(word for word in words if word not in plain_ones)
    return f"“{named}”沿用拆开前的整条，{why}，请核对。" if named else ""


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
