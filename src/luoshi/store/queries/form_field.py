"""栏目: the fields of a list as a form shows and takes them."""

from __future__ import annotations

from typing import Any

from luoshi.lists.definition import Field
from luoshi.store.models import EntryRow
from luoshi.store.queries import history, wording
from luoshi.store.queries.commitments import whole_tasks
from luoshi.store.queries.desk import Desk

Plain = dict[str, Any]


def blank(name: str, label: str, kind: str = "text") -> Plain:
    """An empty field of a form."""
    return {
        "name": name,
        "label": label,
        "type": kind,
        "value": "",
        "help": "",
        "options": [],
        "needed": False,
        "unit": "",
    }


def form_field(desk: Desk, field: Field, value: Any, needed: bool, unit: str = "") -> Plain:
    """A field of a list as a form shows it; ``value`` as kept or as typed, ``unit`` that of the entry's figures."""
    kind = field.type
    written: Any = "" if value in (None, []) or field.personal else value
    note = "已填写，留空则不改。" if field.personal and value else ""
    options: list[tuple[str, str]] = []
    if kind == "choice":
        options = list(field.of.items())
    elif kind in {"body", "bodies"}:
        options = _bodies(desk, field, listed(written))
    elif kind in {"texts", "references"}:
        kind, written = "text", "、".join(listed(value))
    elif kind == "reference":
        options = _named(desk, str(written))
    elif kind == "person":
        kind = "text"
    elif kind == "boolean":
        options = [("true", "是"), ("false", "否")]
        written = {True: "true", False: "false"}.get(value, "")
    elif kind == "rows":
        written = rows_text(field, _coloured(desk, field, value))
    return {
        **blank(field.name, field.label, kind),
        "value": written,
        "help": _rows_help(field) if field.type == "rows" else field.help + note,
        "options": options,
        "needed": needed and not note,
        "unit": field.unit or (unit if field.adds and field.adds.unit else ""),
    }


def _bodies(desk: Desk, field: Field, chosen: list[str]) -> list[tuple[str, str]]:
    """The standing bodies a field takes, and those chosen already."""
    standing = desk.roster.standing_on(desk.today)
    taken = {body.code for body in standing if not field.kinds or body.kind in field.kinds} | set(chosen)
    return [(body.code, body.label) for body in desk.roster.bodies.values() if body.code in taken]


def _coloured(desk: Desk, field: Field, rows: Any) -> Any:
    """The rows with the words of their colours; what was typed stays as it is."""
    if "colour" not in field.columns or isinstance(rows, str):
        return rows
    return [{**row, "colour": history.colour_word(desk, row.get("colour"))} for row in rows or ()]


def _named(desk: Desk, chosen: str) -> list[tuple[str, str]]:
    """The document's tasks as choices, and the entry chosen already."""
    tasks = EntryRow.objects.filter(pk__in=whole_tasks(desk)).order_by("id").values_list("id", "values")
    found = {name: wording.title(name, wording.values(text)) for name, text in tasks}
    if chosen and chosen not in found:
        found = {**history.titles_of([chosen]), **found}
    return list(found.items())


def _rows_help(field: Field) -> str:
    heads = "｜".join(column.label for column in field.columns.values())
    return f"{field.help}每行一条，各栏用竖线隔开：{heads}。"


def rows_text(field: Field, value: Any) -> str:
    """Rows as lines of cells parted by ｜, as they are typed."""
    if isinstance(value, str):
        return value
    return "\n".join("｜".join(str(row.get(name) or "") for name in field.columns) for row in value or ())


def typed_rows(field: Field, text: str) -> list[dict[str, str]]:
    """What was typed as lines of cells, as rows."""
    rows = []
    for line in text.splitlines():
        if line.strip():
            parts = [part.strip() for part in line.replace("|", "｜").replace("\t", "｜").split("｜")]
            rows.append(dict(zip(field.columns, parts, strict=False)))
    return rows


def listed(value: Any) -> list[str]:
    """The items of a kept value of several, or the one; none for nothing."""
    if isinstance(value, list):
        return [str(item) for item in value]
    return [str(value)] if value else []
