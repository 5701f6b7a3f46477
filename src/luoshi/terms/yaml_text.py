"""YAML with places: duplicate keys are refused and every key remembers its line."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from luoshi.terms.finding import Finding, Level

Path = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 40
"""Levels of nesting; the composer recurses in C, and some hundred thousand levels would end the process."""
_LARGEST = 500_000
"""Values in one file, aliases counted each time they are used: a few lines of aliases can mean billions."""
_PROBLEMS = {
    "mapping values are not allowed": "此处不能再写一个“键: 值”，请检查缩进或给文字加引号",
    "could not find expected ':'": "键后面缺少冒号",
    "did not find expected ',' or ']'": "方括号没有写完",
    "did not find expected ',' or '}'": "花括号没有写完",
    "did not find expected key": "缩进与上文不齐",
    "did not find expected '-' indicator": "缩进与上文不齐",
    "did not find expected node content": "此处缺少内容",
    "found character that cannot start any token": "此处的字符不能这样开头，制表符和特殊符号须放在引号里",
    "found a tab character": "缩进只能用空格，不能用制表符",
    "found unexpected end of stream": "引号没有写完",
    "found undefined alias": "引用了没有定义的锚点",
    "control characters are not allowed": "含有控制字符",
    "but found another document": "一个文件里只能写一份数据",
}


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

    Texts stay as written (numbers and days are not converted); merge keys (``<<``) are keys like others.

    Args:
        name: how the text is called in findings (a file's name).
        room: the room whose finding ids are used (``lists.E001``).
    """
    reading = _Reading(name, room)
    node = reading.composed(text)
    if node is None:
        return YamlText(None, {}, tuple(reading.findings))
    data = reading.value(node, ())
    return YamlText(None if reading.is_too_large else data, reading.lines, tuple(reading.findings))


@dataclass
class _Reading:
    """One pass over one text: what was found so far."""

    name: str
    room: str
    lines: dict[Path, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    values: int = 0

    @property
    def is_too_large(self) -> bool:
        return self.values > _LARGEST

    def composed(self, text: str) -> yaml.Node | None:
        node: yaml.Node | None = None
        try:
            too_deep = _line_too_deep(text)
            if too_deep:
                self._say(too_deep, f"嵌套超过{_DEEPEST}层。")
                return None
            node = yaml.compose(text, Loader=_LOADER)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self._say(mark.line + 1 if mark else 1, f"不是合法的YAML：{_problem(error)}。")
        except UnicodeEncodeError as error:
            self._say(text.count("\n", 0, error.start) + 1, "不是合法的YAML：含有不成对的代理字符。")
        else:
            if node is None:
                self._say(1, "文件是空的。")
        return node

    def _say(self, line: int, message: str, hint: str = "", number: str = "E001") -> None:
        self.findings.append(Finding(f"{self.room}.{number}", Level.ERROR, f"{self.name}:{line}", message, hint))

    def value(self, node: yaml.Node, path: Path) -> object:
        line = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        self.values += 1
        # an alias within its own anchor nests without end, so depth is held here too
        if self.is_too_large or len(path) > _DEEPEST:
            if not any("过大" in finding.message for finding in self.findings):
                self._say(line, "展开锚点后过大或没有尽头。")
            self.values = _LARGEST + 1
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, i)) for i, item in enumerate(node.value)]
        if node.tag == "tag:yaml.org,2002:bool":
            return node.value.lower() in {"true", "yes", "on"}
        return None if node.tag == "tag:yaml.org,2002:null" else node.value

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, object]:
        found: dict[str, object] = {}
        for key_node, value_node in node.value:
            key, line = key_node.value, key_node.start_mark.line + 1
            if not isinstance(key, str):
                self._say(line, "键只能是一个词，不能是列表或映射。")
                continue
            if key in found:
                message = f"“{key}”在同一处写了两次，先前一次在第{self.lines[(*path, key)]}行。"
                self._say(line, message, "请只保留一个。", "E002")
            self.lines[(*path, key)] = line
            found[key] = self.value(value_node, (*path, key))
        return found


def _line_too_deep(text: str) -> int:
    """The line on which nesting passes the limit, 0 when it never does."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                return event.start_mark.line + 1 if event.start_mark else 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return 0


def _problem(error: yaml.YAMLError) -> str:
    said = str(error)
    return next((chinese for english, chinese in _PROBLEMS.items() if english in said), "无法解析")
