"""Days, months and years as English writes them."""

from __future__ import annotations

import calendar
import re

_SHAPES = (
    re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?P<time>\d{1,2}:\d{2})?"),
    re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月"),
    re.compile(r"(?P<year>\d{4})年"),
)


def dated(text: str) -> str | None:
    """2023年9月30日 as 30 September 2023, 9月 as September; None when the text is no date alone."""
    for shape in _SHAPES:
        if found := shape.fullmatch(text):
            return _written(found.groupdict())
    return None


def _written(parts: dict[str, str | None]) -> str | None:
    month = int(parts.get("month") or 0)
    if month > len(calendar.month_name) - 1:
        return None
    words = (parts.get("day"), calendar.month_name[month], parts.get("year"), parts.get("time"))
    return " ".join(str(int(word)) if word and word.isdigit() else word for word in words if word)
