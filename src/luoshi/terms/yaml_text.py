"""YAML with places: duplicate keys are refused and every key remembers its line."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from luoshi.terms.finding import Finding, Level

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class YamlText:
    """数据文件: the data of one YAML text, the line of each key, and what is wrong with its writing."""

    data: object
    lines: dict[Path, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def line(self, path: Path) -> int:
        """The line of the nearest written ancestor of ``path``, from 1."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str, name: str, room: str) -> YamlText:
    """The data of a YAML text; PyYAML alone would silently keep the last of two equal keys.

    Args:
        name: how the text is called in findings (a file's name).
        room: the room whose finding ids are used (``lists.E001``).
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "无法解析"
        return YamlText(
            None, {}, (Finding(f"{room}.E001", Level.ERROR, f"{name}:{line}", f"不是合法的YAML:{problem}。"),)
        )
    lines: dict[Path, int] = {}
    findings: list[Finding] = []
    if node is None:
        return YamlText(None, {}, (Finding(f"{room}.E001", Level.ERROR, f"{name}:1", "文件是空的。"),))
    data = _value(node, (), lines, findings, f"{room}.E002", name)
    return YamlText(data, lines, tuple(findings))


def _value(
    node: yaml.Node, path: Path, lines: dict[Path, int], findings: list[Finding], duplicate: str, name: str
) -> object:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        found: dict[object, object] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            line = key_node.start_mark.line + 1
            if key in found:
                message = f"“{key}”在同一处写了两次，先前一次在第{lines[(*path, key)]}行。"
                findings.append(Finding(duplicate, Level.ERROR, f"{name}:{line}", message, "请只保留一个。"))
            lines[(*path, key)] = line
            found[key] = _value(value_node, (*path, key), lines, findings, duplicate, name)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, i), lines, findings, duplicate, name) for i, item in enumerate(node.value)]
    if node.tag == "tag:yaml.org,2002:bool":
        return node.value.lower() in {"true", "yes", "on"}
    return None if node.tag == "tag:yaml.org,2002:null" else node.value
