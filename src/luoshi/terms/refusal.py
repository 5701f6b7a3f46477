"""An act that the rules do not allow: typed, with the rule that refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FieldError:
    """栏目错误: one cell or form field that cannot be taken, with the value got and what is allowed."""

    field: str
    message: str
    got: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """拒绝: why an act was not carried out; nothing was recorded.

    ``id`` is stable (``lists.wrong_state``); clients branch on it, never on ``message``. ``status`` is
    403 for a right that is missing, 404 for a thing unknown, 409 for a state that does not allow it,
    422 for values. ``basis`` names the rule (a definition and its key, or a law).
    """

    id: str
    message: str
    status: int = 409
    basis: str = ""
    errors: tuple[FieldError, ...] = ()
    data: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):
    """Raised by acts to carry a refusal to the door, which renders it."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal
