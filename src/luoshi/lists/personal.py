"""个人信息: fields that can be erased. What stands in facts is a salted hash; the words are kept apart (domain.md §14.5)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from luoshi.lists.definition import Definition, Field, Mask
from luoshi.lists.entry import Value
from luoshi.lists.move import bodies_of
from luoshi.people.actor import Actor, post_for
from luoshi.people.roster import Roster
from luoshi.terms.yaml_text import read_yaml

ERASED = "（已删除）"
WITHHELD = "（个人信息）"
"""Said where nobody asked whether the reader may be told."""
TYPES = frozenset({"text", "long_text"})
"""Only words are personal: figures, days and choices are reckoned, filtered and sorted with."""
_TOKEN = re.compile(r"personal:[0-9a-f]{64}\Z")
_STARS = "***"


@cache
def masks() -> Mapping[str, Mask]:
    """The masks a definition can name."""
    text = resources.files(__package__).joinpath("masks.yaml").read_text("utf-8")
    data: Any = read_yaml(text, "masks.yaml", "lists").data
    return {
        name: Mask(int(rule.get("first", "0")), int(rule.get("last", "0")), tuple(rule.get("until", ())))
        for name, rule in data.items()
    }


def sealed(text: str, salt: str) -> str:
    """What a fact says instead of the words: their hash with a salt that is erased along with them."""
    return "personal:" + hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def is_sealed(value: object) -> bool:
    """Whether a kept value is the hash of personal words."""
    return isinstance(value, str) and _TOKEN.match(value) is not None


def personal_fields(definition: Definition) -> tuple[Field, ...]:
    """The fields of a list whose words can be erased."""
    return tuple(field for field in definition.fields.values() if field.personal)


def may_be_told(
    definition: Definition, field: Field, values: Mapping[str, Value], actor: Actor, roster: Roster
) -> bool:
    """Whether the actor reads the field of this entry unmasked; who may read the entry is asked before."""
    return post_for(actor, field.shown_to, bodies_of(definition, values), roster) is not None


def masked(mask: Mask | None, text: str) -> str:
    """The text as it is shown to those who are not told it; at least a third of it is always hidden.

    With ``until`` it is told up to the first of these words that it holds, and nothing is said of the length of the
    rest (大市聚镇某村***).
    """
    if not text:
        return ""
    mask = mask or Mask()
    if mask.until:
        ends = next((text.find(word) + len(word) for word in mask.until if word in text), 0)
        return f"{text[:ends]}{_STARS}"
    room = 2 * len(text) // 3
    first = min(mask.first, room)
    last = min(mask.last, room - first)
    if not first + last:
        return _STARS
    return f"{text[:first]}{'*' * (len(text) - first - last)}{text[len(text) - last :]}"
