"""The clock of the doors: the real one, or the demo's pretended day (marked on every page)."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.conf import settings

from luoshi.acts.context import SHANGHAI


def now() -> datetime:
    """The present instant; in a demo, the present time of day on the demo's day."""
    real = datetime.now(UTC)
    pretended: date | None = settings.LUOSHI_TODAY
    if pretended is None:
        return real
    return datetime.combine(pretended, real.astimezone(SHANGHAI).time(), SHANGHAI)


def true_now() -> datetime:
    """The present instant, in a demo as well: authenticators know no pretended day."""
    return datetime.now(UTC)


def today() -> date:
    """The present day in China."""
    return now().astimezone(SHANGHAI).date()
