"""What a definition says of personal fields that cannot be meant: words that could not be erased, or would leak."""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.lists.definition import Definition, Field
from luoshi.lists.personal import TYPES
from luoshi.terms.yaml_text import Path

Said = tuple[Path, str]


def of_personal(definition: Definition) -> Iterator[Said]:
    """The mistakes about personal fields and about the moves that erase them, each with its place."""
    for item in definition.fields.values():
        at: Path = ("fields", item.name)
        if item.personal:
            yield from _of_field(definition, at, item)
        elif item.shown_to or item.mask:
            yield (*at, "shown_to"), f"“{item.label}”不是个人信息（personal: true），不能写mask或shown_to。"
        for column in item.columns.values():
            if column.personal or column.shown_to or column.mask:
                yield (*at, "columns", column.name), f"“{item.label}”的一栏不能是个人信息，请另设一栏。"
    for move in definition.moves.values():
        path: Path = ("moves", move.name, "erases")
        for name in move.erases:
            if name in definition.fields and not definition.fields[name].personal:
                yield path, f"动作“{move.label}”只能删除个人信息，“{definition.fields[name].label}”不是。"
        if move.erases and not move.reason:
            yield path, f"动作“{move.label}”删除个人信息，须写明理由（reason: required）。"
        if move.erases and (move.opens or move.sets):
            yield path, f"动作“{move.label}”删除个人信息，不能同时填写其他栏目或新建条目。"


def _of_field(definition: Definition, at: Path, item: Field) -> Iterator[Said]:
    label = f"“{item.label}”是个人信息，"
    if item.type not in TYPES:
        yield (*at, "type"), f"{label}只能是text或long_text。"
    if item.indexed:
        yield (*at, "indexed"), f"{label}不能写indexed：索引删不干净，筛选会泄露内容。"
    if definition.title == item.name:
        yield at, f"{label}不能作为条目的名称（title）。"
    if not item.shown_to:
        yield at, f"{label}须用shown_to写明谁能看到全文。"
    if not any(item.name in move.erases for move in definition.moves.values()):
        yield at, f"{label}须有一个动作能删除它（erases）。"
