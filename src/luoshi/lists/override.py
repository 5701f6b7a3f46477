"""A county overrides a list by key; a state, move or field set to null is removed (design.md §5)."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from luoshi.terms.finding import Finding, Level
from luoshi.terms.yaml_text import Path, YamlText, read_yaml


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


SECTIONS = ("fields", "states", "moves", "clocks", "parameters", "formulas", "measures")
"""The parts of a list whose items have names; an item that is written as a whole has a label."""


def check_override(parent: Mapping[str, Any], child: YamlText, name: str) -> list[Finding]:
    """What an override wants removed or changed that the list below does not have, with the nearest it has."""
    data = child.data if isinstance(child.data, Mapping) else {}
    found = [
        Finding(
            "lists.W003",
            Level.WARNING,
            f"{name}:{child.line(path)}",
            f"{_dotted(path)}要删除的内容在下层清单中并不存在。",
            _advice(path, known, "请核对名称，或去掉这一行。"),
        )
        for path, known in _removed_in_vain(parent, data, ())
    ]
    return found + [
        Finding(
            "lists.E014",
            Level.ERROR,
            f"{name}:{child.line(path)}",
            f"{_dotted(path)}在下层清单中并不存在，无从改起；要新增，须写完整，从label写起。",
            _advice(path, known, "下层清单里没有名称相近的。"),
        )
        for path, known in _changed_in_vain(parent, data)
    ]


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))


def _advice(path: Path, known: Sequence[str], otherwise: str) -> str:
    near = difflib.get_close_matches(str(path[-1]), known, 1, 0.5)
    return f"是否应为“{near[0]}”？" if near else otherwise


Vain = tuple[Path, list[str]]
"""A place in the override, and the words the list below has there."""


def _removed_in_vain(parent: Mapping[str, Any], child: Mapping[str, Any], path: Path) -> Iterator[Vain]:
    for key, value in child.items():
        below = parent.get(key)
        if value is None and key not in parent:
            yield (*path, key), list(parent)
        elif isinstance(value, Mapping):
            yield from _removed_in_vain(below if isinstance(below, Mapping) else {}, value, (*path, key))


def _changed_in_vain(parent: Mapping[str, Any], child: Mapping[str, Any]) -> Iterator[Vain]:
    for section in SECTIONS:
        below, above = parent.get(section) or {}, child.get(section)
        for key, value in above.items() if isinstance(above, Mapping) else ():
            if key not in below and isinstance(value, Mapping) and "label" not in value:
                yield (section, key), list(below)


def placed_in(child: YamlText, text: str, name: str, findings: Iterable[Finding]) -> list[Finding]:
    """Findings about the merged text, placed in the file that lies on top: at the nearest line it wrote itself.

    Args:
        child: the file on top, as read.
        text: the merged text, in whose lines the findings were made under the file's ``name``.
    """
    paths = {line: path for path, line in read_yaml(text, name, "lists").lines.items()}
    return [_placed(child, paths, name, finding) for finding in findings]


def _placed(child: YamlText, paths: Mapping[int, Path], name: str, finding: Finding) -> Finding:
    file, _, line = finding.where.rpartition(":")
    path = paths.get(int(line)) if file == name and line.isdigit() else None
    return finding if path is None else replace(finding, where=f"{name}:{child.line(path)}")
