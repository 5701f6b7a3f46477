"""佐证随办理一起保存: files sent with a move are kept only when the move is made, under the body that may read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luoshi.acts.context import Context, decided
from luoshi.acts.keep_evidence import keep_evidence
from luoshi.lists.definition import Definition
from luoshi.lists.entry import Change, Entry
from luoshi.lists.move import Birth
from luoshi.people.role import Role
from luoshi.terms.refusal import FieldError, Refusal, Refused

_PROMISED = "upload"
"""Stands for a file while it is not yet kept."""


@dataclass(frozen=True, slots=True)
class Upload:
    """上传文件: a file as it was sent, not yet kept."""

    name: str
    content: bytes


def decided_with_files(
    context: Context,
    definition: Definition,
    subject: Entry | Birth,
    move: str,
    typed: Mapping[str, object],
    reason: str = "",
) -> Change:
    """The change of a permitted move, whose typed fields may hold uploads among the ids of files.

    The move is decided first, so that nothing is kept for a refused one and the body is the one that makes it,
    also for an actor with posts in several. What the supervisor adds to a unit's entry belongs to that unit,
    which may read it.

    Raises:
        Refused: the list does not allow it, or a file is not taken: every bad one is named by its field.
    """
    sent = {name: content for name, content in typed.items() if _uploads(content)}
    if not sent:
        return decided(context, definition, subject, move, typed, reason)
    promised = {name: [_PROMISED if isinstance(i, Upload) else i for i in _listed(sent[name])] for name in sent}
    change = decided(context, definition, subject, move, {**typed, **promised}, reason)
    kept: dict[str, object] = {}
    errors: list[FieldError] = []
    for name, content in sent.items():
        kept[name], wrong = _kept(context, _owner(context, definition, subject) or change.body, name, content)
        errors += wrong
    if errors:
        raise Refused(Refusal("acts.bad_files", errors[0].message, 422, errors=tuple(errors)))
    return decided(context, definition, subject, move, {**typed, **kept}, reason)


def _owner(context: Context, definition: Definition, subject: Entry | Birth) -> str:
    """The unit to whose entry the supervisor adds; empty for others and for entries of no unit."""
    if isinstance(subject, Birth) or not definition.owners or not context.actor.has(Role.SUPERVISOR):
        return ""
    return str(subject[definition.owners[0]] or "")


def _kept(context: Context, body: str, name: str, content: object) -> tuple[list[str], list[FieldError]]:
    found: list[str] = []
    errors: list[FieldError] = []
    for item in _listed(content):
        try:
            if isinstance(item, Upload):
                found.append(keep_evidence(context, body, item.name, item.content).id)
            else:
                found.append(str(item))
        except Refused as refused:
            errors.append(FieldError(name, refused.refusal.message))
    return found, errors


def _uploads(content: object) -> bool:
    return any(isinstance(item, Upload) for item in _listed(content))


def _listed(content: object) -> list[object]:
    return list(content) if isinstance(content, list | tuple) else [content]
