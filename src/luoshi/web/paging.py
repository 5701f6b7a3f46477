"""Whole numbers in addresses: a page that is no number is the first, one too far the last."""

from __future__ import annotations

from django.http import HttpRequest

_DIGITS = 9
"""No page or version has more; Python refuses to read thousands of digits."""


def whole_number(text: str) -> int | None:
    """The number someone wrote, in any digits; None for a sign, a point, a superscript, or nothing."""
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else None


def page_of(request: HttpRequest, count: int | None = None) -> int:
    """The page asked for, at least 1.

    Args:
        count: how many pages there are, where known; asking beyond gives the last.
    """
    written = request.GET.get("page", "").strip()
    if written.isdecimal() and len(written) > _DIGITS:
        written = "9" * _DIGITS
    asked = max(1, whole_number(written) or 1)
    return asked if count is None else min(asked, max(1, count))
