"""One entry: reading it with its history, and making a move on it."""

from __future__ import annotations

from luoshi.acts.context import held as locked
from luoshi.acts.move_entries import Chosen, move_entries
from luoshi.acts.move_entry import move_entry
from luoshi.api.answer import Plain
from luoshi.api.door import Caller
from luoshi.api.files import with_files
from luoshi.api.lists import fields_of, version_of
from luoshi.api.own_acts import MOVES
from luoshi.lists.entry import Entry
from luoshi.store import definitions
from luoshi.store.own_acts import can_be_made_together, has_own_act
from luoshi.store.queries import plain_entries
from luoshi.store.queries.entry_page import entry_named
from luoshi.terms.refusal import Refusal, Refused


def entry(caller: Caller, identity: str) -> Plain:
    """An entry, with the moves the caller may make and its history."""
    held = entry_named(caller.desk, identity)
    return {"entry": plain_entries.whole(caller.turned_to(held.plan).desk, held)}


def make_move(caller: Caller, name: str, identity: str, move: str) -> Plain:
    """Make a move on an entry of a list; a version other than the one seen is refused, and nothing is done."""
    held = entry_named(caller.desk, identity)
    if held.list != name:
        raise Refused(Refusal("api.other_list", f"{identity}不是清单“{name}”的条目。", 404))
    version = version_of(caller.sent)
    held = locked(caller.context, identity, version)
    return {"entry": plain_entries.written(_moved(caller, held, move, version))}


def _moved(caller: Caller, held: Entry, move: str, version: int | None) -> Entry:
    definition = definitions.version(held.definition)
    fields, reason = with_files(definition, fields_of(caller.sent)), str(caller.sent.get("reason") or "")
    own = MOVES.get((held.list, move))
    if own:
        return own(caller.context, held, fields, reason)
    wanted = definition.moves.get(move)
    if wanted and has_own_act(held.list, move) and can_be_made_together(definition, wanted):
        return move_entries(caller.context, held.list, move, [Chosen(held.id, version)], fields, reason)[0]
    return move_entry(caller.context, held.id, move, fields, reason, version)
