"""无记名表决: counting ballots that are no facts (design.md §5; domain.md §4.3).

Ballots come as sets of marks under random keys, never with a voter; the roll of who voted comes apart from them.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.lists.definition import Definition, SealedVote
from luoshi.lists.entry import Entry, Value
from luoshi.lists.row import row_of
from luoshi.terms.refusal import FieldError, Refusal

Marks = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ballot:
    """表决票: what was marked, under a random key that says nothing of the voter or the time."""

    key: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class Count:
    """计票: ballots returned and invalid, and the votes each choice has on the valid ones."""

    returned: int
    invalid: int
    votes: Mapping[str, int]


def most_marks(sealed: SealedVote, entry: Entry) -> int:
    """How many marks a ballot may hold; more make it invalid, fewer or none do not (domain.md §4.3)."""
    value = entry[sealed.most]
    return int(value) if isinstance(value, Decimal) else 0


def choices_of(sealed: SealedVote, entry: Entry) -> Marks:
    """What is voted on, in the order of the ballot, as fixed when the vote was opened."""
    rows = entry[sealed.totals]
    return tuple(str(row["choice"]) for row in rows if isinstance(row, Mapping)) if isinstance(rows, tuple) else ()


def ballot_list(choices: Sequence[str]) -> list[dict[str, str]]:
    """The choices as the field of totals takes them when the vote is opened: without votes."""
    return [{"choice": choice} for choice in choices]


def refused_list(definition: Definition, choices: Sequence[str]) -> Refusal | None:
    """Why these choices make no ballot: there are none, or two cannot be told apart."""
    basis = f"《{definition.label}》的表决规定"
    if not choices:
        return Refusal("lists.no_choices", "没有列入这次表决的对象，不能开始。", 409, basis)
    twice = [choice for choice, number in Counter(choices).items() if number > 1]
    if twice:
        return Refusal("lists.same_choices", f"有两个表决对象都叫“{twice[0]}”，表决票上无法分辨。", 409, basis)
    return None


def refused_marks(definition: Definition, entry: Entry, marks: Marks, *, is_meant: bool) -> Refusal | None:
    """Why a ballot is not taken: it marks what is not on it, or too much without that being meant.

    Args:
        is_meant: whether the voter was told that too many marks make the ballot invalid, and wants it so.
    """
    sealed = definition.sealed
    if sealed is None:
        raise ValueError(definition.name)
    basis = f"《{definition.label}》的表决规定"
    unknown = sorted(set(marks) - set(choices_of(sealed, entry)))
    if unknown or len(set(marks)) != len(marks):
        error = FieldError("marks", f"表决票上没有“{'、'.join(unknown)}”。", "、".join(unknown))
        return Refusal("lists.bad_marks", error.message, 422, basis, (error,))
    most = most_marks(sealed, entry)
    if len(marks) > most and not is_meant:
        message = f"您选了{len(marks)}项，最多选{most}项。请减少；若确要这样投，请勾选“作无效票投出”。"
        return Refusal("lists.too_many_marks", message, 422, basis, (FieldError("marks", message),))
    return None


def count(ballots: Iterable[Ballot], choices: Sequence[str], most: int) -> Count:
    """The count: a ballot with more marks than allowed is invalid, a blank one is valid."""
    votes = dict.fromkeys(choices, 0)
    returned = invalid = 0
    for ballot in ballots:
        returned += 1
        if len(ballot.marks) > most:
            invalid += 1
            continue
        for mark in ballot.marks:
            votes[mark] += 1
    return Count(returned, invalid, votes)


def refused_count(
    definition: Definition, entry: Entry, ballots: Sequence[Ballot], voters: Sequence[str], on: date
) -> Refusal | None:
    """Why the ballots cannot be counted: no quorum, or not as many ballots as voters.

    Raises:
        NoParameter, TooLarge: the formula of the quorum cannot be worked out on this day.
    """
    sealed = definition.sealed
    if sealed is None:
        raise ValueError(definition.name)
    basis = f"《{definition.label}》的表决规定"
    if sealed.quorum:
        row = definition.reckoning.with_formulas([row_of(entry)], on)[0]
        if row[sealed.quorum] is not True:
            label = next(each.label for each in definition.reckoning.formulas if each.name == sealed.quorum)
            return Refusal("lists.no_quorum", f"没有“{label}”，表决不能成立。", 409, basis)
    if len(ballots) != len(voters):
        message = f"表决票{len(ballots)}张，投票名册上{len(voters)}人，两者不符，不能计票。"
        return Refusal("lists.roll_differs", message, 409, basis)
    return None


def counted_values(
    sealed: SealedVote, entry: Entry, ballots: Sequence[Ballot], voters: Sequence[str], salt: str
) -> dict[str, Value]:
    """What the one fact of the count says: totals, and the hashes by which ballots and roll are proved later.

    Args:
        salt: random, kept with the roll and never in a fact.
    """
    found = count(ballots, choices_of(sealed, entry), most_marks(sealed, entry))
    totals: tuple[Value, ...] = tuple(
        {"choice": choice, "votes": Decimal(number)} for choice, number in found.votes.items()
    )
    return {
        sealed.returned: Decimal(found.returned),
        sealed.invalid: Decimal(found.invalid),
        sealed.totals: totals,
        sealed.ballots: digest_of_ballots(ballots),
        sealed.voters: digest_of_roll(voters, salt),
    }


def digest_of_ballots(ballots: Iterable[Ballot]) -> str:
    """The SHA-256 of the ballots in the order of their random keys."""
    lines = sorted((ballot.key, *sorted(ballot.marks)) for ballot in ballots)
    return _digest(lines)


def digest_of_roll(voters: Iterable[str], salt: str) -> str:
    """The SHA-256 of the names of those who voted, in their own order, with a salt so that names cannot be tried.

    Args:
        salt: empty for a vote counted before there were salts.
    """
    names = sorted(voters)
    return _digest([salt, names] if salt else names)


def _digest(data: object) -> str:
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
