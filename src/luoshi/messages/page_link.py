"""网址: the address of the page a message leads to."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import NoReverseMatch, reverse


def link(base: str, target: Sequence[str]) -> str:
    """The whole address of a page, given its name and arguments; of the overview, where that page is no more.

    Args:
        base: as ``settings.base_url`` gives it.
    """
    try:
        return base + reverse(target[0], args=target[1:])
    except (NoReverseMatch, IndexError):
        return base + reverse("overview")
