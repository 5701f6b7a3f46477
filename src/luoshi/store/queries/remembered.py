"""记住的页面: what a page showed is kept in this process until something happens in its plan.

Every fact raises the version of one entry by one, so the sum of all versions of a plan and of its county's registers
tells whether anything was done since; it is asked each time, and nothing is ever shown that is no longer true.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from django.db import connection
from django.db.models import Count, Sum

from luoshi.store import definitions
from luoshi.store.models import EntryRow
from luoshi.store.queries.desk import Desk

MOST = 512
"""How many answers are kept; a page of some twenty kilobytes each."""

T = TypeVar("T")
_kept: OrderedDict[tuple[object, ...], bytes] = OrderedDict()
_lock = Lock()


def remembered(desk: Desk, name: str, ask: Callable[[Desk], T]) -> T:
    """What ``ask`` answers for this desk, asked anew only when something has happened.

    Args:
        name: tells apart what is asked; the answer must follow from the entries and ratings of the plan on the desk
            and its county's registers, the reader's posts, the month, the day and the definitions in force.
    """
    if desk.plan is None or connection.in_atomic_block:
        return ask(desk)  # within an act the sum may be of facts that are never kept
    key = (name, *_reader(desk), *_pulse(desk))
    with _lock:
        held = _kept.get(key)
        if held is not None:
            _kept.move_to_end(key)
    if held is not None:
        known: T = pickle.loads(held)  # noqa: S301 - written by this process
        return known
    found = ask(desk)
    with _lock:
        _kept[key] = pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return found


def forget() -> None:
    """Forget every page: another database stands behind the same name, as after a restore."""
    with _lock:
        _kept.clear()


def _reader(desk: Desk) -> tuple[object, ...]:
    in_force = tuple(definition.version for definition in definitions.lists_in_force().values())
    shown = (desk.plan_id, desk.period, desk.is_past, desk.today)
    return (connection.settings_dict["NAME"], desk.actor, *shown, *_read_before(desk), in_force)


def _read_before(desk: Desk) -> tuple[object, ...]:
    """What the desk was made of: it was read before the pulse was felt, and may be older than it."""
    names = desk.roster
    head = desk.plan.version if desk.plan else 0
    return (head, tuple(names.bodies.values()), names.posts, names.delegations)


def _pulse(desk: Desk) -> tuple[int, int]:
    rows = EntryRow.objects.filter(plan__in=(desk.plan_id, desk.county))
    found = rows.aggregate(number=Count("pk"), versions=Sum("version"))
    return found["number"], found["versions"] or 0
