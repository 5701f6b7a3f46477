"""Lists: which there are, their entries, opening one, and one move on many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luoshi.acts.move_entries import Chosen, move_entries
from luoshi.acts.open_entry import open_entry
from luoshi.api.answer import Plain
from luoshi.api.door import Caller
from luoshi.api.files import with_files
from luoshi.api.own_acts import OPENINGS
from luoshi.lists.definition import Definition, Move
from luoshi.store.queries import listing, plain_entries
from luoshi.store.queries.listing import Choice
from luoshi.terms.refusal import Refusal, Refused

PAGE = 50
APART = {"page", "size", "sort", "period", "plan", "as_of"}


def lists(caller: Caller) -> Plain:
    """All lists, with how many entries the caller may open in each."""
    return {"lists": listing.index(caller.desk)}


def entries(caller: Caller, name: str) -> Plain:
    """The entries of a list that fit the filters, a page of them."""
    definition = listing.definition_named(name)
    asked = caller.query
    kept_back = APART - {"period"} if "period" in definition.fields else APART
    filters = {key: text for key, text in asked.items() if key not in kept_back}
    size = _number(asked.get("size", str(PAGE)), "size", plain_entries.MOST)
    choice = Choice(filters, asked.get("sort", ""), _number(asked.get("page", "1"), "page", 10**6))
    return plain_entries.page(caller.desk, definition, choice, size)


def make_move(caller: Caller, name: str, move: str) -> Plain:
    """Open an entry by an opening move, or make a move on the entries named."""
    definition = listing.definition_named(name)
    wanted = definition.moves.get(move)
    if wanted is None:
        known = "、".join(definition.moves)
        raise Refused(Refusal("api.unknown_move", f"“{definition.label}”没有“{move}”这个动作，可用的是{known}。", 404))
    return _opened(caller, definition, wanted) if wanted.opens else _moved(caller, definition, wanted)


def _opened(caller: Caller, definition: Definition, move: Move) -> Plain:
    caller = caller.turned_to(str(caller.sent.get("plan") or caller.desk.plan_id))
    fields = with_files(definition, fields_of(caller.sent))
    own = OPENINGS.get((definition.name, move.name))
    if own:
        entry = own(caller.context, caller.desk.plan_id, fields, caller.sent)
    else:
        entry = open_entry(caller.context, definition.name, caller.desk.plan_id, fields, move.name)
    return {"status": 201, "entry": plain_entries.written(entry)}


def _moved(caller: Caller, definition: Definition, move: Move) -> Plain:
    chosen = caller.sent.get("entries")
    if not isinstance(chosen, list) or not all(isinstance(item, Mapping) and item.get("id") for item in chosen):
        message = '“entries”应列出要办理的条目：[{"id": …, "version": …}]。'
        raise Refused(Refusal("api.no_entries", message, 422))
    wanted = [Chosen(str(item["id"]), version_of(item)) for item in chosen]
    fields, reason = fields_of(caller.sent), str(caller.sent.get("reason") or "")
    after = move_entries(caller.context, definition.name, move.name, wanted, fields, reason)
    return {"entries": [plain_entries.written(entry) for entry in after]}


def fields_of(sent: Mapping[str, Any]) -> dict[str, object]:
    """The fields that were sent.

    Raises:
        Refused: they are no object (422).
    """
    fields = sent.get("fields", {})
    if not isinstance(fields, dict):
        raise Refused(Refusal("api.no_fields", "“fields”应为一个对象：栏目名和它的值。", 422))
    return fields


def version_of(sent: Mapping[str, Any]) -> int | None:
    """The version an entry was seen at; None when none was sent.

    Raises:
        Refused: it is no number (422).
    """
    version = sent.get("version")
    if version is None or (isinstance(version, int) and not isinstance(version, bool)):
        return version
    raise Refused(Refusal("api.no_version", "“version”应为整数，即读取条目时它的版本。", 422))


def _number(text: str, name: str, most: int) -> int:
    if text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= most:
        return int(text)
    raise Refused(Refusal("api.bad_number", f"“{name}”应为1至{most}的整数，现在是“{text}”。", 422))
