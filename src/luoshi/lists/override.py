"""A county overrides a list by key; a state, move or field set to null is removed (design.md §5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def merged(parent: Mapping[str, Any], child: Mapping[str, Any]) -> dict[str, Any]:
    """The parent's data with the child's keys laid over them, mapping by mapping."""
    result = dict(parent)
    for key, value in child.items():
        below = result.get(key)
        if value is None:
            result.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(below, Mapping):
            result[key] = merged(below, value)
        else:
            result[key] = value
    return result
