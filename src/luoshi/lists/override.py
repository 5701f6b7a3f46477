"""A county overrides a list by key; a state, move or field set to null is removed (design.md §5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from luoshi.terms.finding import Finding, Level
from luoshi.terms.yaml_text import Path, YamlText


def merged(parent: Mapping[str, Any], child: Mapping[str, Any]) -> dict[str, Any]:
    """The parent's data with the child's keys laid over them, mapping by mapping."""
    result = dict(parent)
    for key, value in child.items():
        below = result.get(key)
        if value is None:
            result.pop(key, None)
        elif isinstance(value, Mapping):
            result[key] = merged(below if isinstance(below, Mapping) else {}, value)
        else:
            result[key] = value
    return result


def check_override(parent: Mapping[str, Any], child: YamlText, name: str) -> list[Finding]:
    """What an override wants removed that the list below does not have."""
    data = child.data if isinstance(child.data, Mapping) else {}
    return [
        Finding(
            "lists.W003",
            Level.WARNING,
            f"{name}:{child.line(path)}",
            f"{'.'.join(map(str, path))}要删除的内容在下层清单中并不存在。",
            "请核对名称，或去掉这一行。",
        )
        for path in _removed_in_vain(parent, data, ())
    ]


def _removed_in_vain(parent: Mapping[str, Any], child: Mapping[str, Any], path: Path) -> Iterator[Path]:
    for key, value in child.items():
        below = parent.get(key)
        if value is None and key not in parent:
            yield (*path, key)
        elif isinstance(value, Mapping):
            yield from _removed_in_vain(below if isinstance(below, Mapping) else {}, value, (*path, key))
