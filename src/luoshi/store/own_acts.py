"""Which moves are made by an act of their own: they bring more with them than their fact.

The table stands here because both need it: acts refuse such moves as plain ones, pages do not offer them as plain forms.
"""

from __future__ import annotations

from luoshi.lists.definition import Definition, Move

_PACE = frozenset({"adopt", "allocate", "assign", "schedule", "accept_node", "place", "take_over", "carry_over"})
_OF_OTHER_ACTS = {
    "body": frozenset({"establish", "rename", "dissolve"}),
    "post": frozenset({"establish", "hand_over"}),
    "delegation": frozenset({"appoint", "end"}),
    "plan": frozenset({"adopt_edition", "open_month", "close_month", "seal"}),
    "report": frozenset({"submit", "resubmit", "sign", "hold_back", "accept", "return", "lapse", "correct"}),
    "target": _PACE,
    "task": _PACE,
    "responsibility": frozenset({"charge", "restore", "relieve"}),
    "supervision": frozenset({"issue"}),
    "escalation": frozenset({"tell_supervisor", "tell_leader", "tell_unit_head", "tell_desk_officer", "settle"}),
}


def has_own_act(name: str, move: str) -> bool:
    """Whether a move of this list brings more with it than its fact, so that it is made by an act of its own."""
    return move in _OF_OTHER_ACTS.get(name, ())


REPORTS_TOGETHER = frozenset({"sign", "hold_back", "accept", "return"})
"""Moves on reports whose own act takes many of them."""
_ONE_BY_ONE = {"override_light"}
"""Moves whose fields make sense for one entry only."""


def can_be_made_together(definition: Definition, move: Move) -> bool:
    """Whether a move can be made on many entries at once: files and rows belong to one entry."""
    if move.opens or move.name in _ONE_BY_ONE:
        return False
    if definition.name == "report" and move.name in REPORTS_TOGETHER:
        return True
    kinds = {definition.fields[name].type for name in move.sets if name in definition.fields}
    return not has_own_act(definition.name, move.name) and not kinds & {"evidence", "rows"}
