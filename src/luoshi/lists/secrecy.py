"""What a definition says of personal fields and sealed votes that cannot be meant: what would leak, or could not be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from luoshi.lists.definition import Definition, Field, Move, SealedVote
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


def of_sealed(definition: Definition) -> Iterator[Said]:
    """The mistakes about a sealed vote that its own list shows, each with its place."""
    sealed = definition.sealed
    if sealed is None:
        return
    opens, closes = definition.moves.get(sealed.opens), definition.moves.get(sealed.closes)
    if opens and closes and opens.to not in closes.from_states:
        yield ("sealed", "closes"), f"“{closes.label}”须从“{opens.label}”到达的状态出发，投票才在两者之间。"
    yield from _of_kinds(definition, sealed)
    for move in definition.moves.values():
        yield from ((("moves", move.name, "sets"), message) for message in _of_results(definition, sealed, move))


def _of_results(definition: Definition, sealed: SealedVote, move: Move) -> Iterator[str]:
    """Results are filled by the count; by hand only before a vote is opened, where paper ballots were counted."""
    own = {sealed.closes: sealed.counted, sealed.opens: (sealed.totals,)}.get(move.name, ())
    after = {definition.moves[name].to for name in (sealed.opens, sealed.closes) if name in definition.moves}
    for name in (name for name in sealed.counted if name in definition.fields):
        label, is_set = definition.fields[name].label, name in move.sets or (move.opens and not move.sets)
        is_late = bool({*after, "*"} & set(move.from_states))
        if name in own and not is_set:
            yield f"“{label}”由“{move.label}”填写，它的sets须写“{name}”。"
        elif is_set and name not in own and (is_late or name in {sealed.ballots, sealed.voters}):
            yield f"“{label}”由无记名表决填写，“{move.label}”的sets不能写它。"


def _of_kinds(definition: Definition, sealed: SealedVote) -> Iterator[Said]:
    kinds = {"most": "integer", "seats": "integer", "returned": "integer", "invalid": "integer", "totals": "rows"}
    kinds |= {"ballots": "text", "voters": "text"}
    for key, kind in kinds.items():
        item = definition.fields.get(getattr(sealed, key))
        if item and item.type != kind:
            yield ("sealed", key), f"“{item.label}”的类型须是{kind}。"
    totals = definition.fields.get(sealed.totals)
    columns = {name: column.type for name, column in totals.columns.items()} if totals else {}
    if totals and columns != {"choice": "text", "votes": "integer"}:
        yield ("sealed", "totals"), f"“{totals.label}”须有且只有两栏：choice（text）和votes（integer）。"
    formulas = {formula.name: formula for formula in definition.reckoning.formulas}
    if sealed.quorum and (sealed.quorum not in formulas or formulas[sealed.quorum].type != "boolean"):
        yield ("sealed", "quorum"), f"“{sealed.quorum}”不是一个算出是否的计算栏（formulas）。"


def of_choices(definition: Definition, definitions: Mapping[str, Definition]) -> Iterator[Said]:
    """The mistakes about what is voted on, now that the other lists are known."""
    for at, choice in enumerate(definition.sealed.choices if definition.sealed else ()):
        other = definitions.get(choice.list)
        path: Path = ("sealed", "choices", at)
        if other is None:
            yield (*path, "list"), f"表决对象所在的清单“{choice.list}”不存在。"
            continue
        by, move, votes = other.fields.get(choice.by), other.moves.get(choice.move), other.fields.get(choice.sets)
        if by is None or by.type != "reference" or by.list != definition.name or not by.indexed:
            yield (
                (*path, "by"),
                f"“{other.label}”的“{choice.by}”须是引用“{definition.label}”的一栏，并写indexed: true。",
            )
        if move is None or move.opens or move.reason or choice.sets not in move.sets:
            yield (*path, "move"), f"“{other.label}”须有动作“{choice.move}”，能填写“{choice.sets}”，不要求理由。"
        if votes is None or votes.type != "integer":
            yield (*path, "sets"), f"“{other.label}”的“{choice.sets}”须是整数（integer）。"
        title = other.fields.get(other.title)
        if title is None or not title.fixed or not title.required:
            yield (*path, "list"), f"“{other.label}”须有名称（title），并且必填、不能更改（required、fixed）。"
