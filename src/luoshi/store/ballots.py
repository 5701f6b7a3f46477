"""表决票与投票名册: kept so that the tables themselves do not tell who cast which ballot.

Each cast writes all ballots of the vote anew under fresh random keys and in their order, and the roll in the order of
its names: neither a key, nor a row's place, nor the transaction that wrote it tells which came last. What somebody can
learn who watches the database while people vote, or keeps its logs, is said in docs/secrecy.md.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator

from luoshi.lists.entry import Entry
from luoshi.lists.sealed import Ballot, Marks, choices_of, count, digest_of_ballots, digest_of_roll, most_marks
from luoshi.store import definitions
from luoshi.store.entries import from_row
from luoshi.store.models import EntryRow, RollMark, RollSalt, SealedBallot
from luoshi.terms.finding import Finding, Level


def ballots_of(vote: str) -> list[Ballot]:
    """The ballots of a vote in the order of their random keys."""
    rows = SealedBallot.objects.filter(vote=vote).order_by("key")
    return [Ballot(key, tuple(json.loads(marks))) for key, marks in rows.values_list("key", "marks")]


def voters_of(vote: str) -> list[str]:
    """Who has voted, in the order of their names."""
    return list(RollMark.objects.filter(vote=vote).order_by("voter").values_list("voter", flat=True))


def has_voted(vote: str, voter: str) -> bool:
    """Whether the account stands on the roll."""
    return RollMark.objects.filter(vote=vote, voter=voter).exists()


def salt_of(vote: str) -> str:
    """What the roll was hashed with when it was counted; empty before that, and for votes older than salts."""
    row = RollSalt.objects.filter(vote=vote).first()
    return row.salt if row else ""


def fresh_salt(vote: str) -> str:
    """A salt for the roll of a vote that is counted now; the caller holds the lock of the vote's stream."""
    salt = secrets.token_hex(32)
    RollSalt.objects.update_or_create(vote=vote, defaults={"salt": salt})
    return salt


def cast(vote: str, voter: str, marks: Marks) -> None:
    """Add a ballot and a name, and shuffle; the caller holds the lock of the vote's stream."""
    every = [*(ballot.marks for ballot in ballots_of(vote)), marks]
    names = sorted({*voters_of(vote), voter})
    SealedBallot.objects.filter(vote=vote).delete()
    RollMark.objects.filter(vote=vote).delete()
    keyed = sorted(((secrets.token_hex(32), each) for each in every), key=lambda pair: pair[0])
    SealedBallot.objects.bulk_create(
        (SealedBallot(key=key, vote=vote, marks=json.dumps(sorted(each), ensure_ascii=False)) for key, each in keyed),
        batch_size=400,
    )
    RollMark.objects.bulk_create((RollMark(key=f"{vote}|{name}", vote=vote, voter=name) for name in names), 400)


def check_ballots() -> Iterator[Finding]:
    """Counted votes whose ballots or roll are not those that were counted."""
    voting = {name: each.sealed for name, each in definitions.lists_in_force().items() if each.sealed}
    for row in EntryRow.objects.filter(list__in=voting).order_by("id"):
        yield from _of_vote(from_row(row))


def _of_vote(entry: Entry) -> Iterable[Finding]:
    sealed = definitions.version(entry.definition).sealed
    if sealed is None or not entry[sealed.ballots]:
        return
    ballots = ballots_of(entry.id)
    if digest_of_ballots(ballots) != entry[sealed.ballots]:
        yield _error("store.E322", entry.id, "表决票与计票时的校验值不符。")
    elif count(ballots, choices_of(sealed, entry), most_marks(sealed, entry)).votes != _votes(entry[sealed.totals]):
        yield _error("store.E323", entry.id, "按表决票重新计票，得票与台账不符。")
    if digest_of_roll(voters_of(entry.id), salt_of(entry.id)) != entry[sealed.voters]:
        yield _error("store.E324", entry.id, "投票名册与计票时的校验值不符。")


def _votes(totals: object) -> dict[str, int]:
    return {row["choice"]: int(row["votes"]) for row in totals} if isinstance(totals, tuple) else {}


def _error(identity: str, where: str, message: str) -> Finding:
    return Finding(identity, Level.ERROR, where, message, "请查明是谁改了数据表。")
