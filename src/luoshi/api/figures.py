"""Figures: the commitments with their lights, and why a light is what it is."""

from __future__ import annotations

from luoshi.api.answer import Plain
from luoshi.api.door import Caller
from luoshi.store.queries import lights
from luoshi.store.queries.entry_page import entry_named
from luoshi.terms.period import Period
from luoshi.terms.refusal import Refusal, Refused


def why(caller: Caller, identity: str, period: str) -> Plain:
    """Rule, inputs, arithmetic and source of an entry's light for a month."""
    held = entry_named(caller.desk, identity)
    try:
        month = Period.parse(period)
    except ValueError:
        month = None
    found = lights.why(caller.turned_to(held.plan).desk, identity, month) if month else None
    if found is None:
        raise Refused(Refusal("api.not_rated", "这一条目在这个月没有亮灯。", 404))
    return {"why": found}
