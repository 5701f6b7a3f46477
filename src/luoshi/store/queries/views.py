"""视图: the ways of looking at a list that the reader kept, and those kept for the county."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from luoshi.store.models import SavedView
from luoshi.store.queries.desk import Desk

Plain = dict[str, Any]


def views_of(desk: Desk, name: str) -> list[Plain]:
    """The reader's own views of a list and the county's; one query."""
    mine = Q(account__username=desk.actor.account)
    rows = SavedView.objects.filter(mine | Q(is_shared=True), county=desk.county, list=name)
    found = rows.order_by("-is_shared", "name").values_list("id", "name", "query", "is_shared", "account__username")
    return [
        {"id": number, "label": label, "query": query, "shared": shared, "mine": owner == desk.actor.account}
        for number, label, query, shared, owner in found
    ]
