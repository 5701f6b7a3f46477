"""The forms of the review page: the fields of a proposal, splitting, merging, adding; and what was typed in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from luoshi.acts.proposal import QUALITATIVE, Proposal
from luoshi.acts.reshape_proposals import SplitPart, title
from luoshi.acts.review_proposals import placed
from luoshi.acts.target_wording import BASES, COMPARATORS, target_fields
from luoshi.reading.number import compare, numbers
from luoshi.store import definitions
from luoshi.store.models import DocumentRow
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.form_field import blank, form_field
from luoshi.terms.number import plain
from luoshi.terms.refusal import FieldError, Refusal, Refused
from luoshi.web.paging import whole_number

Plain = dict[str, Any]
TARGET = "target"
CORRECTABLE = {
    "target": (
        "indicator", "value", "unit", "value_max", "comparator", "basis", "baseline", "kind", "modality",
        "accumulation", "quote",
    ),
    "task": ("name", "kind", "stage", "modality", "quote"),
    QUALITATIVE: ("name", "quote"),
}  # fmt: skip
_LONGEST_QUOTE = 400
"""A longer one, the text of a task, is no field to be typed in."""
_JOINTS = re.compile("[、，]|以及|和|及|与")


@dataclass(frozen=True, slots=True)
class Placed:
    """补充: a place in the text and the fields of the entry it is to become."""

    list: str
    start: int
    end: int
    fields: dict[str, str]


def correctable(proposal: Proposal) -> tuple[str, ...]:
    """The fields of a proposal that a person may correct; of a vague clause only what to call it and its words."""
    return CORRECTABLE[QUALITATIVE if proposal.fields.get("kind") == QUALITATIVE else proposal.list]


def card_fields(desk: Desk, current: Proposal) -> list[Plain]:
    """The fields of a proposal as its card shows them."""
    definition = definitions.current(current.list)
    found = []
    for name in correctable(current):
        content = current.quote if name == "quote" else current.fields.get(name)
        if name == "quote" and (len(current.quote) > _LONGEST_QUOTE or "\n" in current.quote):
            continue
        item = form_field(desk, definition.fields[name], content, definition.fields[name].required)
        found.append({**item, **_as_shown(name), "has_origin": bool(content) or name != "value_max"})
    return found


def _as_shown(name: str) -> Plain:
    if name == "comparator":
        return {"type": "choice", "label": "比较", "options": list(COMPARATORS.items())}
    return {"type": "text", "label": "原文"} if name == "quote" else {}


def corrected(proposal: Proposal, posted: QueryDict) -> dict[str, str]:
    """The fields that were typed differently from what the proposal says."""
    found = {}
    for name in correctable(proposal):
        before = proposal.quote if name == "quote" else str(proposal.fields.get(name) or "")
        if name in posted and posted[name].strip() != before:
            found[name] = posted[name].strip()
    return found


def split_parts(current: Proposal) -> list[Plain]:
    """Rows of the form that splits, filled with the pieces between 、 和 及 and two at least."""
    pieces = [piece.strip() for piece in _JOINTS.split(title(current)) if piece.strip()]
    names = pieces if len(pieces) > 1 else [title(current), ""]
    fields = current.fields
    return [
        {
            "n": n,
            "name": name,
            "quote": current.quote,
            "value": str(fields.get("value") or ""),
            "unit": str(fields.get("unit") or ""),
        }
        for n, name in enumerate(names, 1)
    ]


def typed_parts(proposal: Proposal, posted: Mapping[str, Any]) -> list[SplitPart]:
    """The parts that were typed; a row without a name is none."""
    found = []
    name_field = "indicator" if proposal.list == TARGET else "name"
    for n in range(1, _rows(posted) + 1):
        name = str(posted.get(f"p{n}_name", "")).strip()
        if not name:
            continue
        fields = {name_field: name}
        if proposal.list == TARGET:
            fields |= {what: str(posted.get(f"p{n}_{what}", "")).strip() for what in ("value", "unit")}
        found.append(SplitPart(str(posted.get(f"p{n}_quote", "")).strip(), fields))
    return found


def _rows(posted: Mapping[str, Any]) -> int:
    return sum(1 for name in posted if re.fullmatch(r"p[0-9]{1,2}_name", name))


def kept_parts(parts: list[Plain], posted: Mapping[str, Any]) -> list[Plain]:
    """The rows with what was typed in them."""
    return [
        {
            **part,
            **{what: posted.get(f"p{part['n']}_{what}", part[what]) for what in ("name", "quote", "value", "unit")},
        }
        for part in parts
    ]


def add_fields() -> list[Plain]:
    """The form that adds what the reader missed."""
    kinds = definitions.current("task").fields["kind"].of
    choices = [(TARGET, "目标"), *((key, label) for key, label in kinds.items() if key != "task")]
    return [
        {**blank("quote", "原文中的文字"), "help": "与原文逐字相同；在原文里选中文字会自动填入。", "needed": True},
        {**blank("as", "作为", "choice"), "options": choices, "needed": True},
        {**blank("name", "名称或指标"), "needed": True},
        {**blank("value", "目标值", "decimal"), "help": "目标填写；不填时取所选文字里的数。"},
        blank("unit", "单位"),
        {**blank("comparator", "比较", "choice"), "options": list(COMPARATORS.items()), "empty": "按文字判断"},
        {**blank("basis", "口径", "choice"), "options": list(BASES.items()), "empty": "绝对值"},
    ]


def to_add(row: DocumentRow, posted: Mapping[str, Any], near: int) -> Placed:
    """Where the added words stand, and what they are to become.

    Args:
        near: where to look first when the words stand in several places.

    Raises:
        Refused: the words are not in the text, or something is missing.
    """
    kind, name = str(posted.get("as", "")), str(posted.get("name", "")).strip()
    errors: list[FieldError] = []
    start = end = 0
    try:
        chosen = whole_number(str(posted.get("start", "")))
        start, end = placed(row.text, str(posted.get("quote", "")), near if chosen is None else chosen)
    except Refused as refused:
        errors += refused.refusal.errors
    read = _quantity(row.text, start, end) if kind == TARGET and not errors else {}
    typed = {what: str(posted.get(what, "")).strip() for what in ("value", "unit", "comparator", "basis")}
    fields = {**read, **{what: text for what, text in typed.items() if text}}
    if not kind:
        errors.append(FieldError("as", "请选择作为哪一类。"))
    if not name:
        errors.append(FieldError("name", "请填写名称或指标。"))
    if kind == TARGET and not fields.get("value"):
        errors.append(FieldError("value", "请填写目标值。"))
    if errors:
        raise Refused(Refusal("web.bad_values", errors[0].message, 422, errors=tuple(errors)))
    if kind != TARGET:
        common = {"name": name, "kind": kind, "modality": "firm", "schedule": "nodes"}
        return Placed("task", start, end, common)
    fields |= {"indicator": name, "modality": "firm"}
    words = row.text[max(0, start - 40) : end]
    return Placed(TARGET, start, end, {**fields, **target_fields(fields, words)})


def _quantity(text: str, start: int, end: int) -> dict[str, str]:
    """What the chosen words say of a number: value, unit, comparator."""
    found = next(iter(numbers(text, start, end)), None)
    if found is None:
        return {}
    return {"value": plain(found.value), "unit": found.unit, "comparator": compare(found.after) or "="} | (
        {"value_max": plain(found.value_max)} if found.value_max is not None else {}
    )
