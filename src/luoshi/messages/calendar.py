"""日历: a reader's deadlines as iCalendar (RFC 5545), all-day events of Asia/Shanghai."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from luoshi.messages.page_link import link
from luoshi.store.queries.deadlines import Deadline

_WIDEST = 75
"""Octets of a line, its end not counted (RFC 5545 §3.1)."""


def calendar(name: str, found: Iterable[Deadline], base: str, now: datetime) -> str:
    """The calendar; an event keeps its UID when its day changes, so that it moves in the reader's calendar.

    Args:
        base: the address under which pages are reached.
    """
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Luoshi//Luoshi 0.1//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}", "X-WR-TIMEZONE:Asia/Shanghai", "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
    ]  # fmt: skip
    for one in found:
        lines += _event(one, base, now)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(one: Deadline, base: str, now: datetime) -> list[str]:
    word = hashlib.sha256(one.key.encode()).hexdigest()[:32]
    return [
        "BEGIN:VEVENT", f"UID:{word}@luoshi", f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}", f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(one.title)}", f"URL:{link(base, one.target)}", "TRANSP:TRANSPARENT", "END:VEVENT",
    ]  # fmt: skip


def escaped(text: str) -> str:
    """Text as a value: what would end it is escaped (RFC 5545 §3.3.11); other control characters are left out."""
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(sign for sign in text if sign >= " " and sign != "\x7f")


def folded(line: str) -> str:
    """The line cut into pieces of at most 75 octets, none within a character; what follows begins with a blank."""
    pieces, piece, width = [], "", 0
    for sign in line:
        size = len(sign.encode())
        if width + size > _WIDEST:
            pieces.append(piece)
            piece, width = " ", 1
        piece, width = piece + sign, width + size
    return "\r\n".join([*pieces, piece])
