"""What a field can hold: read from people's typing, written as plain JSON, read back, shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from luoshi.lists.definition import Field
from luoshi.lists.entry import Value
from luoshi.terms.number import Exact, plain, round_half_up
from luoshi.terms.period import Period, chinese_date
from luoshi.terms.refusal import FieldError

Plain = str | bool | None | list["Plain"] | dict[str, "Plain"]
"""JSON without numbers: numbers are strings, so that their bytes never depend on a machine."""

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋％", "0123456789.,-+%")
_DATE = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?\Z")
_MONTH = re.compile(r"([0-9]{4})\s*年\s*(?:([0-9]{1,2})\s*月)?\Z")
_NUMBER = re.compile(r"([+\-−]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?\Z")
_TRUE, _FALSE = {"是", "true", "1", "on", "yes"}, {"否", "false", "0", "off", "no"}
_NOT_STORED = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""What comes along when text is pasted from Word and no office file can hold; it is left out."""
_BREAK = re.compile("\r\n?|[\x0b\x0c]")
_LISTED = {
    "bodies": re.compile(r"[、，；,;\s]+"),
    "references": re.compile(r"[、，；,;\s]+"),
    "evidence": re.compile(r"[、，；,;\s]+"),
    "texts": re.compile(r"\s*[、，；,;\n]\s*"),
}
"""Fields of several items, and what people write between them; a name may hold spaces."""
_AS_WRITTEN = {"text", "long_text", "period", "choice", "body", "person", "reference"}

_WHOLE_DIGITS, _DECIMALS = 18, 8


def storable(number: Exact) -> str:
    """A computed figure as a field can hold it: two ninths have no end, a field has eight decimals."""
    return plain(round_half_up(number, _DECIMALS))


def parse(field: Field, typed: object) -> Value | FieldError:
    """The value someone typed, or what is wrong with it; empty typing is None.

    Typed values that are already of the field's kind (from a workbook) are taken as they are.
    """
    if field.type == "rows":
        return _parse_rows(field, typed)
    if field.type in _LISTED:
        return _parse_listed(field, typed)
    text = typed if isinstance(typed, str) else _text_of(typed)
    if text is None:
        return FieldError(field.name, f"“{field.label}”只能填一个值。", str(typed))
    if _NOT_STORED.search(text):
        return _not_stored(field)
    text = printable(text).strip()
    return _PARSERS[field.type](field, text) if text and field.type in _PARSERS else text or None


def can_be_stored(text: str) -> bool:
    """Whether databases and UTF-8 can hold the text: no NUL, no half of a surrogate pair."""
    return not _NOT_STORED.search(text)


def printable(text: str) -> str:
    """The text without control characters; line breaks of Word and of browsers become plain ones."""
    return _CONTROL.sub("", _BREAK.sub("\n", text))


def half_width(text: str) -> str:
    """The text with full-width digits and number signs as half-width ones."""
    return text.translate(_FULL_WIDTH)


def _not_stored(field: Field) -> FieldError:
    return FieldError(field.name, f"“{field.label}”里有无法保存的字符，请重新输入。")


def _text_of(typed: object) -> str | None:
    """What a person would have typed for this value; None when it is not one value."""
    if typed is None:
        return ""
    if isinstance(typed, bool):
        return "true" if typed else "false"
    if isinstance(typed, date):
        return typed.isoformat()[:10]
    if isinstance(typed, int):
        return str(typed) if abs(typed) < 10**40 else "9" * 40
    if isinstance(typed, float | Decimal):
        number = Decimal(repr(typed)) if isinstance(typed, float) else typed
        return format(number, "f") if number.is_finite() and abs(number.adjusted()) < 40 else str(number)
    if isinstance(typed, list | tuple) and not typed:
        return ""
    return None


def _parse_listed(field: Field, typed: object) -> Value | FieldError:
    if typed is None:
        return None
    if isinstance(typed, str):
        typed = _LISTED[field.type].split(typed.strip())
    if not isinstance(typed, list | tuple) or not all(isinstance(item, str) for item in typed):
        return FieldError(field.name, f"“{field.label}”应为若干项，用顿号分开。", str(typed))
    if not all(map(can_be_stored, typed)):
        return _not_stored(field)
    items = tuple(dict.fromkeys(item.strip() for item in map(printable, typed) if item.strip()))
    return items or None


def _parse_number(field: Field, text: str) -> Value | FieldError:
    written = _NUMBER.match(text.translate(_FULL_WIDTH))
    if not written:
        return FieldError(field.name, f"“{field.label}”应填数字，不带单位。", text)
    sign = "" if written[1] in {"", "+"} else "-"
    whole, decimals = written[2].replace(",", "").lstrip("0"), (written[3] or "").rstrip("0")
    if len(whole) > _WHOLE_DIGITS or len(decimals) > _DECIMALS:
        message = f"“{field.label}”的整数部分最多{_WHOLE_DIGITS}位，小数最多{_DECIMALS}位。"
        return FieldError(field.name, message, text)
    number = Decimal(f"{sign}{whole or 0}.{decimals}" if decimals else f"{sign}{whole}" if whole else "0")
    if field.type == "integer" and decimals:
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
    return FieldError(field.name, f"“{field.label}”应填日期，如2023年9月30日。", text)


def _parse_period(field: Field, text: str) -> Value | FieldError:
    try:
        return str(Period.parse(_MONTH.sub(_dashed, half_width(text))))
    except ValueError:
        return FieldError(field.name, f"“{field.label}”应填期别，如2023年9月。", text)


def _dashed(month: re.Match[str]) -> str:
    """2023-09 for 2023年9月; 2023 for 2023年."""
    return f"{month[1]}-{int(month[2]):02d}" if month[2] else month[1]


def _parse_choice(field: Field, text: str) -> Value | FieldError:
    if text in field.of:
        return text
    for value, label in field.of.items():
        if text == label:
            return value
    return FieldError(field.name, f"“{field.label}”应为{'、'.join(field.of.values())}之一。", text)


def _parse_boolean(field: Field, text: str) -> Value | FieldError:
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    return FieldError(field.name, f"“{field.label}”应填是或否。", text)


_PARSERS: dict[str, Callable[[Field, str], Value | FieldError]] = {
    "integer": _parse_number,
    "decimal": _parse_number,
    "date": _parse_date,
    "period": _parse_period,
    "choice": _parse_choice,
    "boolean": _parse_boolean,
}
"""How one value is read; all other types are text as it is."""


def _parse_rows(field: Field, typed: object) -> Value | FieldError:
    if typed in (None, ""):
        return None
    if not isinstance(typed, list | tuple):
        return FieldError(field.name, f"“{field.label}”应为若干行。", str(typed))
    rows: list[Value] = []
    for number, row in enumerate(typed, 1):
        parsed = _parse_row(field, row)
        if isinstance(parsed, FieldError):
            return FieldError(field.name, f"“{field.label}”第{number}行：{parsed.message}", parsed.got)
        if any(cell is not None for cell in parsed.values()):  # a row left empty in a form is no row
            rows.append(parsed)
    return tuple(rows) or None


def _parse_row(field: Field, row: object) -> dict[str, Value] | FieldError:
    if not isinstance(row, Mapping):
        return FieldError(field.name, "应按栏填写。", str(row))
    parsed: dict[str, Value] = dict.fromkeys(field.columns)
    for name, cell in row.items():
        column = field.columns.get(name)
        if column is None:
            return FieldError(field.name, f"没有“{name}”这一栏。", str(cell))
        value = parse(column, cell)
        if isinstance(value, FieldError):
            return value
        parsed[name] = value
    if any(cell is not None for cell in parsed.values()):
        for column in field.columns.values():
            if column.required and parsed[column.name] is None:
                return FieldError(field.name, f"请填写“{column.label}”。")
    return parsed


def encode(value: Value) -> Plain:
    """The value as JSON without numbers; empty cells of a row are left out."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return _number_out(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return {name: encode(item) for name, item in value.items() if item is not None}


def _number_out(value: Decimal) -> str:
    """As ``terms.number.plain``, without its fractions: facts are written far more often than shown."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if value else "0"


def decode(field: Field, data: Plain) -> Value:
    """The value that was encoded for this field.

    Raises:
        ValueError: the data were encoded for another kind of field, or hold columns this one has not.
    """
    if data is None or (isinstance(data, str) and field.type in _AS_WRITTEN):
        return data
    if field.type == "rows" or field.type in _LISTED:
        if not isinstance(data, list):
            raise ValueError(f"{field.name}: {data!r}")
        return tuple(_decode_row(field, row) if field.type == "rows" else str(row) for row in data)
    if field.type == "boolean" or not isinstance(data, str):
        if field.type != "boolean" or not isinstance(data, bool):
            raise ValueError(f"{field.name}: {data!r}")
        return data
    if field.type in {"decimal", "integer"}:
        return Decimal(data)
    return date.fromisoformat(data)


def _decode_row(field: Field, row: Plain) -> dict[str, Value]:
    if not isinstance(row, dict) or not row.keys() <= field.columns.keys():
        raise ValueError(f"{field.name}: {row!r}")
    return {name: decode(column, row[name]) if name in row else None for name, column in field.columns.items()}


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
