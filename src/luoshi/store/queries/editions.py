"""版次: what each edition of a plan opened, changed and withdrew, as its facts say."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from luoshi.store.models import Account, EntryRow, FactRow
from luoshi.store.queries import wording
from luoshi.store.queries.desk import Desk
from luoshi.store.rating import COMMITMENTS

Plain = dict[str, Any]
_GROUPS = (("withdraw", "撤销"), ("amend", "修改"), ("adopt", "新设"))


def editions(desk: Desk) -> list[Plain]:
    """The editions of the plan, the newest first; four queries. The first one only counts what it opened."""
    facts = FactRow.objects.filter(stream=f"plan:{desk.plan_id}", kind="plan.edition_adopted").order_by("-version")
    rows = list(facts.values_list("act_id", "actor", "recorded_at", "payload"))
    people = dict(Account.objects.filter(username__in={row[1] for row in rows}).values_list("username", "name"))
    touched = _touched([row[0] for row in rows])
    titles = _titles({name for moves in touched.values() for names in moves.values() for name in names})
    found = []
    for act, actor, moment, payload in rows:
        number = str(json.loads(payload)["values"]["edition"])
        groups = [
            {"label": label, "lines": [{"id": name, "title": titles[name]} for name in sorted(touched[act][move])]}
            for move, label in _GROUPS
            if touched[act][move]
        ]
        counts = "，".join(f"{group['label']}{len(group['lines'])}条" for group in groups)
        found.append(
            {
                "number": number,
                "by": people.get(actor, actor),
                "at": wording.minute(moment),
                "counts": counts or "条目没有改动",
                "groups": groups if number != "1" else [],
            }
        )
    return found


def _touched(acts: list[str]) -> dict[str, dict[str, set[str]]]:
    """By act and move the tasks and targets it moved; what was placed anew is no change."""
    rows = FactRow.objects.filter(act_id__in=acts).exclude(stream__startswith="plan:")
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for act, stream, payload in rows.values_list("act_id", "stream", "payload"):
        if stream.partition(":")[0] in COMMITMENTS:
            found[act][json.loads(payload)["move"]].add(stream)
    return found


def _titles(names: set[str]) -> dict[str, str]:
    known = EntryRow.objects.filter(pk__in=names).values_list("id", "values")
    return {name: wording.title(name, wording.values(written)) for name, written in known}
