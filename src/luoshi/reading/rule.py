"""Rules by id: each names itself, says in its docstring what it reads, with an example and a near miss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

_Function = TypeVar("_Function", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Rule:
    """识读规则: a stable id (``reading.quantity.number``), its Chinese name and what it says of itself."""

    id: str
    name: str
    doc: str


RULES: dict[str, Rule] = {}
"""Every rule of the reader by id; filled when the modules are imported, never after."""


def rule(identity: str, name: str) -> Callable[[_Function], _Function]:
    """Register the decorated function as a rule.

    Raises:
        ValueError: the id is taken, or the docstring lacks an example (例) or a near miss (非例).
    """

    def register(function: _Function) -> _Function:
        declare(identity, name, function.__doc__ or "")
        return function

    return register


def declare(identity: str, name: str, doc: str) -> str:
    """Register a rule that is one branch of a scanner and no function of its own; its id is returned.

    Raises:
        ValueError: as for ``rule``.
    """
    if identity in RULES or "例：" not in doc or "非例：" not in doc:
        raise ValueError(f"rule {identity} is taken or lacks 例 and 非例")
    RULES[identity] = Rule(identity, name, doc)
    return identity
