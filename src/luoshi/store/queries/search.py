"""检索: one box over entries, reports, what was said before and documents, within what the reader may see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q

from luoshi.store import definitions
from luoshi.store.models import DocumentRow, EntryRow, SearchText
from luoshi.store.queries import wording
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.listing import ORDER
from luoshi.store.queries.sight import findable
from luoshi.store.queries.told import tell_each

Plain = dict[str, Any]
SHOWN = 10
"""How many results of one list the page shows; the rest are counted and found in the list itself."""
SHORTEST, LONGEST, MOST = 2, 60, 5
"""Characters of what is looked for, and how many words of it."""
_AROUND = 28
_BLANK = re.compile(r"[\s,，、;；]+")


def terms(written: str) -> list[str]:
    """The words looked for: parted by blanks, each as it stands; too short ones tell nothing apart."""
    text = unicodedata.normalize("NFKC", written.replace("\0", ""))[:LONGEST].strip()
    return [word for word in _BLANK.split(text) if len(word) >= SHORTEST][:MOST]


def search(desk: Desk, written: str, only: str = "") -> Plain:
    """What was found, by list: title, the place in its words, state; then documents.

    Args:
        only: the list to look in, with up to a hundred results; all lists when empty.
    """
    wanted = terms(written)
    if not wanted or not desk.county:
        return {"groups": [], "documents": [], "total": 0, "terms": wanted}
    rows = SearchText.objects.filter(findable(desk), plan__in=[*desk.plans, desk.county])
    for word in wanted:
        rows = rows.filter(Q(now__icontains=word) | Q(former__icontains=word))
    counts = dict(rows.values_list("list").annotate(number=Count("pk")).order_by())
    known = definitions.lists_in_force()
    order = [*(name for name in ORDER if name in counts), *(name for name in counts if name not in ORDER)]
    groups = [
        {
            "name": name,
            "label": known[name].label,
            "total": counts[name],
            "rows": _found(
                desk, rows.filter(list=name).order_by("-plan", "entry_id")[: 100 if only else SHOWN], wanted
            ),
        }
        for name in order
        if name in known and only in {"", name}
    ]
    documents = _documents(desk, wanted) if not only else []
    return {
        "groups": groups,
        "documents": documents,
        "total": sum(counts.values()) + len(documents),
        "terms": wanted,
    }


def _found(desk: Desk, rows: Any, wanted: list[str]) -> list[Plain]:
    held = list(rows.values_list("entry_id", "now", "former"))
    entries = EntryRow.objects.in_bulk([identity for identity, _, _ in held])
    told = {identity: wording.values(entries[identity].values) for identity, _, _ in held if identity in entries}
    tell_each(desk, [(definitions.version(entries[name].definition), values, values) for name, values in told.items()])
    found = []
    for identity, now, former in held:
        row = entries.get(identity)
        if row is None:
            continue
        is_former = not any(word.lower() in now.lower() for word in wanted)
        found.append(
            {
                "id": identity,
                "title": _title(desk, identity, told[identity]),
                "pieces": pieces(former if is_former else now, wanted),
                "is_former": is_former,
                "state": _state(row),
                "plan": row.plan if row.plan != desk.plan_id else "",
            }
        )
    return found


def _title(desk: Desk, identity: str, values: Mapping[str, Any]) -> str:
    title = wording.title(identity, values)
    if values.get("period") and values.get("body"):
        return f"{desk.label(values['body'])}{wording.month(values['period'])}：{title}"
    return title


def _state(row: EntryRow) -> str:
    states = definitions.version(row.definition).states
    return states[row.state].label if row.state in states else row.state


def _documents(desk: Desk, wanted: list[str]) -> list[Plain]:
    """Documents of the county, for those who review them."""
    if not (desk.is_supervisor or desk.actor.reads_everything):
        return []
    rows = DocumentRow.objects.filter(plan__in=desk.plans, set_aside_at=None)
    for word in wanted:
        rows = rows.filter(Q(text__icontains=word) | Q(title__icontains=word))
    found = []
    for row in rows.order_by("-uploaded_at")[:SHOWN].only("sha256", "title", "name", "text"):
        at = row.text.lower().find(wanted[0].lower())
        near = row.text[max(0, at - 200) : at + 200] if at >= 0 else row.called
        found.append({"id": row.sha256, "title": row.called, "pieces": pieces(near, wanted)})
    return found


def pieces(text: str, wanted: list[str]) -> list[Plain]:
    """The words around the first place where one of the terms stands, the terms marked."""
    low = text.lower()
    places = [low.find(word.lower()) for word in wanted if word.lower() in low]
    if not places:
        return [{"text": text[: 2 * _AROUND], "mark": False}]
    start = max(0, min(places) - _AROUND)
    shown = text[start : min(places) + 3 * _AROUND].replace("\n", "　")
    parts = re.split(
        "(" + "|".join(map(re.escape, sorted(wanted, key=len, reverse=True))) + ")", shown, flags=re.IGNORECASE
    )
    named = {word.lower() for word in wanted}
    found = [{"text": part, "mark": part.lower() in named} for part in parts if part]
    if start:
        found.insert(0, {"text": "…", "mark": False})
    return found
