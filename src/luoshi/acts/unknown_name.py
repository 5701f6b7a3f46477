"""未识单位: names of a decomposition that mean no single body of the roster, with the bodies nearest to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.acts.assignment_proposal import TableReview
from luoshi.people.match import candidates
from luoshi.people.nearness import near_bodies
from luoshi.people.roster import Roster


@dataclass(frozen=True, slots=True)
class UnknownName:
    """未识单位: a name of the document that means no single body, where it stands, and the nearest bodies.

    ``near`` are codes, the nearest first, each with the reason; nothing is chosen by itself.
    """

    name: str
    where: tuple[str, ...]
    near: tuple[tuple[str, str], ...]


def unknown_names(review: TableReview, roster: Roster, today: date) -> list[UnknownName]:
    """The names of the rows that mean no single body by themselves, the most frequent first; decided ones included."""
    where: dict[str, list[str]] = {}
    for row in review.rows:
        for body in row.bodies:
            if not body.is_group and len(candidates(body.name, roster, today)) != 1:
                where.setdefault(body.name, []).append(row.where)
    found = []
    for name, places in sorted(where.items(), key=lambda item: (-len(item[1]), item[0])):
        alike = [(body.code, "名称相合，另有单位同样相合，请核对。") for body in candidates(name, roster, today)]
        near = alike or [(one.body.code, one.reason) for one in near_bodies(name, roster, today)]
        found.append(UnknownName(name, tuple(places), tuple(near)))
    return found
