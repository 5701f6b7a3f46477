"""Finding the body a document means: 县发改局, 发改局, 新昌县发展和改革局 are one."""

from __future__ import annotations

import re
from datetime import date

from luoshi.people.roster import Body, Roster

_PLACE = re.compile(r"(?:[\u4e00-\u9fff]{1,4}?[县市区]|[县市区本])")
_GOVERNMENT = re.compile(r"政府(?!办)")
_ORGAN = re.compile(r"(?:街道办事处|管理委员会|委员会|管委会|办公室|分局|中心|政府|街道|[局委办镇乡])\Z")
_NO_NAME = re.compile(r"(?:街道办事处|管理委员会|委员会|管委会|办公室|分局|中心|政府|街道|[局委办镇乡县市区])*\Z")
_ASIDE = re.compile(r"[（(][^（()）]*[）)]\Z")
_BLANK = re.compile(r"\s+")
_EVERY = (
    (re.compile(r"(?:各|全县|全市|全区|所有)(?:乡镇|镇|乡|街道|苏木)"), "town"),
    (re.compile(r"(?:各|全县|全市|全区|所有)(?:片区|功能区|园区|开发区|平台)"), "zone"),
)
"""How documents name all bodies of a kind; 各有关部门 leaves open which."""


def candidates(written: str, roster: Roster, on: date | None = None) -> tuple[Body, ...]:
    """The bodies a written name can mean, in the order of their codes; one of them means it is certain.

    A name as registered (full, short, alias) is taken before one that fits only without its place
    (新昌县, 县, 县政府), and that before one that fits without its kind (局, 办公室, 街道办事处).

    Args:
        on: only bodies that stand on this day.
    """
    wanted = _forms(written)
    found: dict[int, set[str]] = {}
    for body in roster.bodies.values():
        if on and not _stands(body, on):
            continue
        distances = [
            max(mine, theirs)
            for name in (body.name, body.short_name, *body.aliases)
            for form, theirs in _forms(name).items()
            for mine in (wanted.get(form),)
            if mine is not None
        ]
        if distances:
            found.setdefault(min(distances), set()).add(body.code)
    return tuple(roster.bodies[code] for code in sorted(found[min(found)])) if found else ()


def _stands(body: Body, day: date) -> bool:
    return (body.since is None or body.since <= day) and (body.until is None or day < body.until)


def _forms(written: str) -> dict[str, int]:
    """The shapes of a name and how much was taken off: 0 nothing, 1 the place, 2 the kind of organ as well."""
    name = _BLANK.sub("", written).replace("人民政府", "政府")
    forms = {name: 0, _ASIDE.sub("", name): 0} if name else {}
    for form in list(forms):
        for shorter in _without_place(form):
            forms.setdefault(shorter, 1)
    for form in list(forms):
        forms.setdefault(_ORGAN.sub("", form), 2)
    return {form: cost for form, cost in forms.items() if form and (cost == 0 or not _is_no_name(form))}


def _without_place(name: str) -> list[str]:
    place = _PLACE.match(name)
    rest = name[place.end() :] if place else name
    government = _GOVERNMENT.match(rest)
    return [form for form in (rest, rest[government.end() :] if government else "") if form and form != name]


def _is_no_name(form: str) -> bool:
    """Too little to tell bodies apart: one character, or a kind of organ alone; a county has one 政府办公室."""
    return len(form) < 2 or ("政府办" not in form and _NO_NAME.match(form) is not None)


def members(group: str, roster: Roster, on: date | None = None) -> tuple[Body, ...]:
    """The bodies that 各乡镇（街道） or 各片区 mean, in the order of their codes; none for 有关部门, which nobody can list.

    Args:
        group: the name of a group as written.
        on: only bodies that stand on this day.
    """
    name = _BLANK.sub("", group)
    kind = next((kind for pattern, kind in _EVERY if pattern.match(name)), "")
    found = [b for b in roster.bodies.values() if kind and b.kind == kind and (on is None or _stands(b, on))]
    return tuple(sorted(found, key=lambda body: body.code))
