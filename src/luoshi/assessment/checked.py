"""Walking through a data file: unknown and missing words, wrong kinds, each a finding with its line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from luoshi.terms.finding import Finding, Level, has_errors
from luoshi.terms.number import exact
from luoshi.terms.source import Source
from luoshi.terms.yaml_text import Path, read_yaml


class CheckedText:
    """受检数据: a YAML text being read; what is wrong is kept in ``findings`` and reading goes on.

    Every reader returns a harmless stand-in for what it refused; the caller looks at ``is_sound`` at the end.
    """

    def __init__(self, text: str, name: str) -> None:
        self._written = read_yaml(text, name, "assessment")
        self._name = name
        self.findings: list[Finding] = list(self._written.findings)

    @property
    def is_sound(self) -> bool:
        """Whether nothing forbids using the data."""
        return not has_errors(self.findings)

    def root(self, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, object]:
        """The whole file as a mapping of known keys."""
        return self.mapping(self._written.data, (), required, optional) if self.is_sound else {}

    def say(self, code: str, path: Path, message: str, hint: str = "") -> None:
        """Keep an error at the line of ``path``."""
        self.findings.append(Finding(f"assessment.{code}", Level.ERROR, self._where(path), message, hint))

    def warn(self, code: str, path: Path, message: str) -> None:
        """Keep a warning at the line of ``path``."""
        self.findings.append(Finding(f"assessment.{code}", Level.WARNING, self._where(path), message))

    def mapping(
        self, data: object, path: Path, required: Iterable[str], optional: Iterable[str] = ()
    ) -> dict[str, object]:
        """A mapping whose keys are all known and whose required ones are there."""
        rows = self.rows(data, path)
        needed, known = list(required), [*required, *optional]
        for key in rows:
            if key not in known:
                self.say("E003", (*path, key), f"{_place(path)}里没有“{key}”这个词。", nearest(key, known))
        for key in needed:
            if key not in rows:
                self.say("E004", path, f"{_place(path)}缺少“{key}”。")
        return rows

    def rows(self, data: object, path: Path) -> dict[str, object]:
        """A mapping with free keys; nothing written is an empty one."""
        if data is None:
            return {}
        if not isinstance(data, dict):
            self.say("E006", path, f"{_place(path)}应为“词：值”的形式，得到“{data}”。")
            return {}
        return {str(key): value for key, value in data.items()}

    def items(self, data: object, path: Path) -> list[object]:
        """A list; nothing written is an empty one."""
        if data is None:
            return []
        if not isinstance(data, list):
            self.say("E006", path, f"{_place(path)}应为列表，得到“{data}”。")
            return []
        return data

    def text(self, data: object, path: Path) -> str:
        """A text; nothing written is an empty one."""
        if data is None:
            return ""
        if not isinstance(data, str):
            self.say("E006", path, f"{_place(path)}应为文字，得到“{data}”。")
            return ""
        return data

    def flag(self, data: object, path: Path) -> bool:
        """A true or false; nothing written is false."""
        if data is not None and not isinstance(data, bool):
            self.say("E006", path, f"{_place(path)}应为true或false，得到“{data}”。")
        return data is True

    def number(self, data: object, path: Path) -> Fraction:
        """An exact number."""
        try:
            return exact(data) if isinstance(data, str) else self._no_number(data, path)
        except ValueError:
            return self._no_number(data, path)

    def whole(self, data: object, path: Path, least: int = 0) -> int:
        """A whole number of at least ``least``."""
        value = self.number(data, path)
        if value.denominator != 1 or value < least:
            self.say("E006", path, f"{_place(path)}应为不小于{least}的整数，得到“{data}”。")
            return least
        return int(value)

    def day(self, data: object, path: Path) -> date | None:
        """A day, written 2023-01-01; nothing written is None."""
        try:
            return None if data is None else date.fromisoformat(str(data))
        except ValueError:
            self.say("E006", path, f"{_place(path)}应为日期，例如2023-01-01，得到“{data}”。")
            return None

    def one_of(self, data: object, path: Path, known: Iterable[str]) -> str:
        """One of the known words; of a wrong one the nearest valid word is named."""
        words, word = list(known), self.text(data, path)
        if word not in words:
            self.say("E005", path, f"{_place(path)}的值“{word}”不在允许之列。", nearest(word, words))
        return word

    def source(self, data: object, path: Path) -> Source:
        """A source; one that names nothing is a warning, since such rules must not be shown as official."""
        rows = self.rows(data, path)
        known = list(Source.__dataclass_fields__)
        for key in rows:
            if key not in known:
                self.say("E003", (*path, key), f"{_place(path)}里没有“{key}”这个词。", nearest(key, known))
        source = Source.of({key: value for key, value in rows.items() if key in known})
        if not source.is_verified:
            self.warn("W001", path, "来源为空：不得作为正式规定展示。")
        return source

    def _no_number(self, data: object, path: Path) -> Fraction:
        self.say("E006", path, f"{_place(path)}应为数字，得到“{data}”。")
        return Fraction(0)

    def _where(self, path: Path) -> str:
        return f"{self._name}:{self._written.line(path)}"


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint: the nearest valid word, else all of them."""
    words = list(known)
    near = difflib.get_close_matches(word, words, 1, 0.5)
    return f"是否应为“{near[0]}”？" if near else f"可用：{'、'.join(words)}。"


def _place(path: Path) -> str:
    return ".".join(str(part) for part in path) or "文件"
