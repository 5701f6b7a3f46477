"""The permission table as read, and what is typed to try its cells."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from county import EDUCATION, PLANNING, head_of

from luoshi.store import definitions

TABLE = Path(__file__).parent / "permissions.txt"
WHO = "SLAHDhdVyct"
HEAD_POST = f"post:head{PLANNING[-2:]}"
DAYS = {"first_day": "2023-09-28", "last_day": "2023-09-30"}


@cache
def rows() -> list[tuple[str, str, str]]:
    """List, action and the eleven cells of each row of the table."""
    found = []
    for line in TABLE.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, action, *cells = line.split()
            assert len(cells) == len(WHO), line
            assert set(cells) <= set("+.wa"), line
            found.append((name, action, "".join(cells)))
    return found


LATER = {"first_day": "2023-10-10", "last_day": "2023-10-12"}
OPENED = {
    "problem": {"text": "进度滞后", "origin": "inspection", "body": PLANNING},
    "supervision": {"matter": "加快投资", "origin": "report", "demand": "尽快开工", "lead_body": PLANNING, "due_on": "2023-11-30"},
    "result": {"text": "获省级表彰", "body": PLANNING},
    "statistic": {"indicator": "固定资产投资增速", "period": "2023-08", "value": "7"},
    "plan": {
        "title": "新计划", "county": "云岭县", "year": "2024", "starts_on": "2024-01-01", "ends_on": "2024-12-31"
    },
}  # fmt: skip
"""What is typed to open an entry."""
TYPED = {
    "lead_body": PLANNING, "body": PLANNING, "due_on": "2023-12-20", "wanted_on": "2023-12-15", "schedule": "none",
    "open_period": "2023-10", "window_closes_on": "2023-11-05", "light_rules": "national", "renamed_on": "2023-09-28",
    "name": "云岭县发展改革局", "until": "2023-09-28", "successor": EDUCATION, "holder": head_of(EDUCATION),
    "holder_name": "负03", "since": "2023-09-28", "value": "46", "relapsed_on": "2023-09-27",
}  # fmt: skip
"""What is typed into fields by name, where a value of their kind alone would not do."""


def fields_of(name, move, *, as_text):
    """Something right for every field that the move needs, or one that it sets."""
    definition = definitions.current(name)
    wanted = definition.moves[move]
    if wanted.opens:
        return dict(OPENED.get(name, {}))
    names = list(dict.fromkeys([*wanted.needs, *(wanted.sets[:1] if not wanted.needs else ())]))
    if (name, move) in MORE:
        return dict(MORE[name, move])
    return {each: value_of(definition.fields[each], as_text=as_text) for each in names}


MORE = {
    ("report", "resubmit"): {"value": "46", "text": "推进"},
    ("report", "correct"): {"value": "46"},
    ("post", "hand_over"): {"holder": head_of(EDUCATION), "holder_name": "负03", "since": "2023-09-28"},
    ("body", "rename"): {"name": "云岭县发展改革局", "short_name": "发展局", "renamed_on": "2023-09-28"},
    ("body", "dissolve"): {"until": "2023-09-28", "successor": EDUCATION},
    ("body", "amend"): {"short_name": "发展局"},
    ("post", "abolish"): {},
    ("plan", "close_month"): {},
}


def value_of(field, *, as_text):
    if field.name in TYPED:
        return TYPED[field.name]
    if field.type == "choice":
        return next(iter(field.of))
    if field.type == "rows":
        row = {"period": "2023-09", "colour": "黄", "reason": "见会议纪要", "approver": "领甲"}
        return "｜".join(row.get(each, "") for each in field.columns) if as_text else [row]
    return {"date": "2023-09-28", "decimal": "46", "boolean": "true"}.get(field.type, "说明")
