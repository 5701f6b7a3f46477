"""无记名表决: opening a vote, casting a ballot, and counting, after which one fact holds totals and hashes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from luoshi.acts.context import Context, act, decided, definition_of, held, refuse
from luoshi.lists.definition import BallotChoice, Definition, SealedVote
from luoshi.lists.entry import Change, Entry
from luoshi.lists.formula.parameter import NoParameter
from luoshi.lists.formula.reckoning import TooLarge
from luoshi.lists.move import bodies_of
from luoshi.lists.sealed import ballot_list, counted_values, refused_count, refused_list, refused_marks
from luoshi.people.actor import no_right, post_for
from luoshi.store import ballots
from luoshi.store.append import lock
from luoshi.store.entries import find_where
from luoshi.terms.refusal import Refusal, Refused


def is_of_vote(definition: Definition, move: str) -> bool:
    """Whether the move opens or counts a sealed vote."""
    return definition.sealed is not None and move in {definition.sealed.opens, definition.sealed.closes}


@act
def cast_ballot(context: Context, entry_id: str, marks: Sequence[str], *, is_meant: bool = False) -> None:
    """Cast a ballot; no fact is recorded, and nothing kept says whose it is.

    Args:
        marks: the choices marked; none is a blank ballot, which is valid.
        is_meant: the voter wants an invalid ballot, with more marks than are allowed.

    Raises:
        Refused: not a vote, not open, no right, voted already, no ballot left, or marks that are on no ballot.
    """
    entry = held(context, entry_id)
    definition = definition_of(entry)
    sealed = definition.sealed
    if sealed is None:
        raise refuse("acts.no_vote", "这一条目不是表决事项。", 404, entry=entry_id)
    opens = definition.moves[sealed.opens]
    if entry.state != opens.to:
        raise refuse("acts.not_voting", "现在不在投票时间内，不能投票。", 409, entry=entry_id)
    post = post_for(context.actor, sealed.roll, bodies_of(definition, entry.values), context.circumstances.roster)
    if post is None:
        raise Refused(no_right("投票", sealed.roll, f"《{definition.label}》的表决规定"))
    voters = ballots.voters_of(entry_id)
    if context.actor.account in voters:
        raise refuse("acts.has_voted", "您已经投过票，每人只能投一次。", 409, entry=entry_id)
    if sealed.seats and len(voters) >= int(str(entry[sealed.seats] or 0)):
        raise refuse("acts.no_ballot_left", "发出的表决票已经全部收回，不能再投。", 409, entry=entry_id)
    _refuse(refused_marks(definition, entry, tuple(marks), is_meant=is_meant))
    ballots.cast(entry_id, context.actor.account, tuple(marks))


def vote_changes(
    context: Context, definition: Definition, entry: Entry, move: str, typed: Mapping[str, object], reason: str
) -> list[Change]:
    """What opening or counting a vote changes: the vote, and when counted each choice with its votes.

    Raises:
        Refused: the list does not allow it; nothing to vote on; no quorum; a choice that can no longer be moved.
    """
    sealed = definition.sealed
    if sealed is None:
        raise ValueError(definition.name)
    given = {name: value for name, value in typed.items() if name not in sealed.counted}
    if move == sealed.opens:
        choices = [_title(each) for _, each in _choices(sealed, entry)]
        _refuse(refused_list(definition, choices))
        return [decided(context, definition, entry, move, {**given, sealed.totals: ballot_list(choices)}, reason)]
    decided(context, definition, entry, move, given, reason)  # refused before anything is counted
    return _counted(context, definition, sealed, entry, (move, given, reason))


Asked = tuple[str, Mapping[str, object], str]
"""A move with what was typed for it and its reason."""


def _counted(context: Context, definition: Definition, sealed: SealedVote, entry: Entry, asked: Asked) -> list[Change]:
    move, given, reason = asked
    cast, voters = ballots.ballots_of(entry.id), ballots.voters_of(entry.id)
    try:
        _refuse(refused_count(definition, entry, cast, voters, context.today))
    except (NoParameter, TooLarge) as error:
        raise refuse("acts.quorum_unknown", f"无法判断是否达到法定人数：{error}", 409) from None
    values = counted_values(sealed, entry, cast, voters, ballots.fresh_salt(entry.id))
    changes = [decided(context, definition, entry, move, {**given, **values}, reason)]
    found = {_title(each): (choice, each) for choice, each in _choices(sealed, entry)}
    totals = values[sealed.totals]
    for row in totals if isinstance(totals, tuple) else ():
        name, votes = (str(row["choice"]), row["votes"]) if isinstance(row, Mapping) else ("", None)
        if name not in found:
            raise refuse("acts.choice_gone", f"“{name}”在投票期间有了变动，不能计票；请宣布表决无效。", 409)
        choice, each = found[name]
        changes.append(decided(context, definition_of(each), each, choice.move, {choice.sets: votes}))
    return changes


def _choices(sealed: SealedVote, vote: Entry) -> list[tuple[BallotChoice, Entry]]:
    """The entries that name this vote and can be moved by its count, in the order of their ids, locked."""
    found: list[tuple[BallotChoice, Entry]] = []
    for choice in sealed.choices:
        lock([each.id for each in find_where(vote.plan, choice.list, **{choice.by: vote.id})])
        for each in find_where(vote.plan, choice.list, **{choice.by: vote.id}):
            move = definition_of(each).moves.get(choice.move)
            if move and each.state in move.from_states:
                found.append((choice, each))
    return found


def _title(entry: Entry) -> str:
    return str(entry[definition_of(entry).title] or entry.id)


def _refuse(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused(refusal)
