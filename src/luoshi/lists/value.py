"""What a field can hold: read from people's typing, written as plain JSON, read back, shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from luoshi.lists.definition import Field
from luoshi.lists.entry import Value
from luoshi.terms.number import plain
from luoshi.terms.period import Period, chinese_date
from luoshi.terms.refusal import FieldError

Plain = str | bool | None | list["Plain"] | dict[str, "Plain"]
"""JSON without numbers: numbers are strings, so that their bytes never depend on a machine."""

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋％", "0123456789.,-+%")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\Z")
_NUMBER = re.compile(r"[+\-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\Z")
_TRUE, _FALSE = {"是", "true", "1", "on", "yes"}, {"否", "false", "0", "off", "no", ""}
_LISTED = {"bodies", "references", "evidence"}


def parse(field: Field, typed: object) -> Value | FieldError:
    """The value someone typed, or what is wrong with it; empty typing is None.

    Typed values that are already of the field's kind (from a workbook) are taken as they are.
    """
    if typed is None or typed == "" or typed == () or typed == []:
        return None
    if field.type == "rows":
        return _parse_rows(field, typed)
    if field.type in _LISTED:
        items = typed if isinstance(typed, list | tuple) else re.split(r"[、，；,;\s]+", str(typed).strip())
        return tuple(str(item) for item in items if str(item))
    text = typed if isinstance(typed, str) else _text_of(typed)
    return _PARSERS.get(field.type, _parse_text)(field, text.strip())


def _text_of(typed: object) -> str:
    if isinstance(typed, bool):
        return "true" if typed else "false"
    if isinstance(typed, date):
        return typed.isoformat()[:10]
    if isinstance(typed, int | Decimal):
        return plain(typed)
    if isinstance(typed, float):
        return repr(typed)
    return str(typed)


def _parse_text(field: Field, text: str) -> Value | FieldError:
    return text or None


def _parse_number(field: Field, text: str) -> Value | FieldError:
    written = text.translate(_FULL_WIDTH).replace(" ", "")
    if not _NUMBER.match(written) or not any(c.isdigit() for c in written):
        return FieldError(field.name, f"“{field.label}”应填数字，不带单位。", text)
    try:
        number = Decimal(written.replace(",", "").replace("−", "-"))
    except InvalidOperation:
        return FieldError(field.name, f"“{field.label}”应填数字。", text)
    if field.type == "integer" and number != number.to_integral_value():
        return FieldError(field.name, f"“{field.label}”应填整数。", text)
    if field.minimum is not None and number < Decimal(field.minimum):
        return FieldError(field.name, f"“{field.label}”不能小于{field.minimum}。", text)
    if field.maximum is not None and number > Decimal(field.maximum):
        return FieldError(field.name, f"“{field.label}”不能大于{field.maximum}。", text)
    return number


def _parse_date(field: Field, text: str) -> Value | FieldError:
    found = _DATE.match(text.translate(_FULL_WIDTH))
    if found:
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return FieldError(field.name, f"“{field.label}”的日期不存在。", text)
    return FieldError(field.name, f"“{field.label}”应填日期，如2023年9月30日或2023-09-30。", text)


def _parse_period(field: Field, text: str) -> Value | FieldError:
    try:
        return str(Period.parse(text))
    except ValueError:
        return FieldError(field.name, f"“{field.label}”应填期别，如2023-09。", text)


def _parse_choice(field: Field, text: str) -> Value | FieldError:
    for value, label in field.of.items():
        if text in {value, label}:
            return value
    return FieldError(field.name, f"“{field.label}”应为{'、'.join(field.of.values())}之一。", text)


def _parse_boolean(field: Field, text: str) -> Value | FieldError:
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    return FieldError(field.name, f"“{field.label}”应填是或否。", text)


_PARSERS = {
    "integer": _parse_number,
    "decimal": _parse_number,
    "date": _parse_date,
    "period": _parse_period,
    "choice": _parse_choice,
    "boolean": _parse_boolean,
}


def _parse_rows(field: Field, typed: object) -> Value | FieldError:
    if not isinstance(typed, list | tuple):
        return FieldError(field.name, f"“{field.label}”应为若干行。", str(typed))
    rows: list[Value] = []
    for number, row in enumerate(typed, 1):
        if not isinstance(row, Mapping):
            return FieldError(field.name, f"“{field.label}”第{number}行不是一行。", str(row))
        parsed: dict[str, Value] = {}
        for name, cell in row.items():
            column = field.columns.get(name)
            if column is None:
                return FieldError(field.name, f"“{field.label}”没有“{name}”这一栏。", str(cell))
            value = parse(column, cell)
            if isinstance(value, FieldError):
                return FieldError(field.name, f"第{number}行：{value.message}", value.got)
            parsed[name] = value
        for column in field.columns.values():
            if column.required and parsed.get(column.name) is None:
                return FieldError(field.name, f"第{number}行：请填写“{column.label}”。")
        rows.append(parsed)
    return tuple(rows)


def encode(value: Value) -> Plain:
    """The value as JSON without numbers."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return {name: encode(item) for name, item in value.items()}


def decode(field: Field, data: Plain) -> Value:
    """The value that was encoded for this field."""
    if data is None or isinstance(data, bool):
        return data
    if isinstance(data, list):
        if field.type == "rows":
            return tuple(_decode_row(field, row) for row in data)
        return tuple(str(item) for item in data)
    if isinstance(data, str):
        if field.type in {"decimal", "integer"}:
            return Decimal(data)
        return date.fromisoformat(data) if field.type == "date" else data
    raise ValueError(f"{field.name}: {data!r}")


def _decode_row(field: Field, row: Plain) -> dict[str, Value]:
    if not isinstance(row, dict):
        raise ValueError(f"{field.name}: {row!r}")
    return {name: decode(field.columns[name], cell) for name, cell in row.items() if name in field.columns}


def show(field: Field, value: Value) -> str:
    """The value as people read it; bodies and references are shown by the caller, who knows their names."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return chinese_date(value)
    if field.type == "choice":
        return field.of.get(str(value), str(value))
    if field.type == "period":
        return Period.parse(str(value)).label
    if isinstance(value, tuple):
        return f"{len(value)}行" if field.type == "rows" else "、".join(str(item) for item in value)
    return str(value)
