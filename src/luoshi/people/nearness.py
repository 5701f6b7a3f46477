"""Bodies near to a written name that means none by itself: abbreviations, merged and renamed bodies, each with its reason.

Nothing is decided here: a person chooses, or the name stays out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from luoshi.people.roster import Body, Roster

_BLANK = re.compile(r"\s+")
_ASIDE = re.compile(r"[（(][^（()）]*[）)]\Z")
_ORGANS = (
    ("town", re.compile(r"(?P<kept>.+?(?:镇|乡|街道|苏木))(?:办事处|人民政府|政府|党工委|党委)?\Z")),
    ("town", re.compile(r"(?P<kept>.+?)(?:办事处|街道?办|[镇乡]府)\Z")),
    ("zone", re.compile(r"(?P<kept>.+?)(?:管理委员会|管委会)\Z")),
    ("zone", re.compile(r"(?P<kept>.+?(?:开发|示范|度假|园|新|片)区)\Z")),
    ("office", re.compile(r"(?P<kept>.+?)(?:办公室|办)\Z")),
    ("bureau", re.compile(r"(?P<kept>.+?)(?:分局|总局|局|委员会|委)\Z")),
    ("centre", re.compile(r"(?P<kept>.+?)(?:事业发展中心|服务中心|管理中心|发展中心|中心)\Z")),
)
"""Kinds of organ by how their names end; 局 and 委 take one another's place when departments are reformed."""
_SEAT = re.compile(r"街道\Z|(?<=..)[镇乡]\Z")
_PLACE = re.compile(r"(?:中共)?(?P<place>[\u4e00-\u9fff]{1,4}?)[县市区旗](?!管|[县市区])(?=[\u4e00-\u9fff]{2})")
_LEVEL = re.compile(r"[县市区旗本](?:人民政府|政府)?(?=[\u4e00-\u9fff]{2})")
_BINDING = re.compile("[和与及、]")
_TIE = Fraction(1, 20)
"""Two bodies whose likeness differs by no more than this are a near tie."""
_LEAST = Fraction(3, 10)


@dataclass(frozen=True, slots=True)
class NearBody:
    """相近单位: a body that a written name can mean; ``score`` (0 to 1) only ranks, ``reason`` is for people.

    ``is_tied``: another body is nearly as near, so that the first place says little.
    """

    body: Body
    score: Fraction
    reason: str
    is_tied: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    core: str
    organ: str


def near_bodies(written: str, roster: Roster, on: date | None = None, limit: int = 5) -> tuple[NearBody, ...]:
    """The bodies that a written name can mean, the nearest first; none when nothing speaks for any.

    Compared are the characters that name the work (教育体育), without place and kind of organ: 教体 stands in this
    order within 教育体育, 教育 is its beginning, 发展改革 is the same with another kind of organ.

    Args:
        written: the name as a document has it.
        roster: the county's bodies with their short names and aliases.
        on: only bodies that stand on this day.
        limit: how many to give.
    """
    home = _home(roster.bodies.values())
    wanted = _parsed(written, home)
    found = []
    for body in roster.bodies.values():
        if on and not ((body.since is None or body.since <= on) and (body.until is None or on < body.until)):
            continue
        names = dict.fromkeys((body.name, body.short_name, *body.aliases))
        best = max((_compared(wanted, _parsed(name, home)) for name in names if name), key=lambda one: one[0])
        if best[0] >= _LEAST:
            found.append(NearBody(body, *best))
    found.sort(key=lambda one: (-one.score, one.body.code))
    return tuple(_with_ties(found))[:limit]


def _with_ties(found: list[NearBody]) -> Iterable[NearBody]:
    for at, one in enumerate(found):
        tied = at < 2 and len(found) > 1 and found[0].score - found[1].score <= _TIE
        yield replace(one, is_tied=True, reason=f"{one.reason}另有单位同样相近，请核对。") if tied else one


def _home(bodies: Iterable[Body]) -> str:
    """The county's own name, by which most full names begin (新昌 of 新昌县教育局); empty when few do."""
    names = [body.name for body in bodies]
    counted = Counter(found["place"] for name in names if (found := _PLACE.match(name)))
    place, times = counted.most_common(1)[0] if counted else ("", 0)
    return place if times >= 2 and len(place) >= 2 else ""


def _parsed(written: str, home: str) -> _Name:
    """What is left of a name without place, level, aside and kind of organ; and that kind."""
    name = _ASIDE.sub("", _BLANK.sub("", written))
    if home and name.startswith(home):
        name = name[len(home) :]
    for pattern in (_LEVEL, _PLACE):
        place = pattern.match(name)
        if place:
            name = name[place.end() :]
            break
    organ, core = "", name
    for kind, pattern in _ORGANS:
        ending = pattern.match(name)
        if ending:
            organ, core = kind, ending["kept"]
            break
    if organ == "town":
        core = _SEAT.sub("", core) or core
    return _Name(_BINDING.sub("", core), organ)


def _compared(mine: _Name, theirs: _Name) -> tuple[Fraction, str]:
    score, reason = _likeness(mine.core, theirs.core)
    if not score or ("town" in {mine.organ, theirs.organ} and mine.organ and theirs.organ != mine.organ):
        return Fraction(0), ""
    if not mine.organ or mine.organ == theirs.organ:
        return min(score, Fraction(1)), reason
    return max(score - Fraction(1, 10), Fraction(0)), f"{reason}机关称谓不同。"


def _likeness(mine: str, theirs: str) -> tuple[Fraction, str]:
    """How near two cores are, and why."""
    if not mine or not theirs:
        return Fraction(0), ""
    if mine == theirs:
        return Fraction(1), f"都是“{mine}”。"
    short, long = sorted((mine, theirs), key=len)
    density = Fraction(len(short), 10 * len(long))
    whole = f"名录中的“{theirs}”" if short == mine else f"原文的“{mine}”"
    if len(short) >= 2 and _stands_in(short, long):
        if long.startswith(short):
            return Fraction(8, 10) + density, f"“{short}”是{whole}的开头。"
        if short[0] == long[0]:
            return Fraction(8, 10) + density, f"“{short}”各字依次取自{whole}。"
        return Fraction(6, 10) + density, f"“{short}”各字依次见于{whole}，但首字不同。"
    return _overlap(mine, theirs)


def _overlap(mine: str, theirs: str) -> tuple[Fraction, str]:
    """Names that only share some characters in order: renamed bodies, slips of the pen."""
    common = _in_common(mine, theirs)
    share = Fraction(2 * len(common), len(mine) + len(theirs))
    bonus = Fraction(1, 10) if mine[0] == theirs[0] else Fraction(0)
    if len(common) >= 2:
        return min(share, Fraction(1)) * Fraction(1, 2) + bonus, f"依次共有“{common}”。"
    if mine[0] == theirs[0] and max(len(mine), len(theirs)) <= 4:
        return Fraction(3, 10), f"首字同为“{mine[0]}”。"
    return Fraction(0), ""


def _stands_in(short: str, long: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)


def _in_common(mine: str, theirs: str) -> str:
    """The longest run of characters, not necessarily neighbours, that both have in the same order."""
    best = [""] * (len(theirs) + 1)
    for left in mine:
        before = ""
        for at, right in enumerate(theirs, 1):
            kept = best[at]
            best[at] = before + left if left == right else max(best[at], best[at - 1], key=len)
            before = kept
    return best[-1]
