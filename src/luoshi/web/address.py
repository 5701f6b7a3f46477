"""Addresses of pages, remembered: a list of fifty lines asks for a hundred."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=4096)
def address(name: str, *args: str | int) -> str:
    """The address of a page."""
    return reverse(name, args=args)


def entry_address(identity: str) -> str:
    """The page of an entry; empty for none."""
    return address("entry", identity) if identity else ""
