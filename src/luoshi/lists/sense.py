"""What a well-formed definition says that cannot be meant: names that point nowhere, moves that never can be."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from string import Formatter

from luoshi.lists.definition import ClockRule, Definition, Field, Move
from luoshi.lists.formula.infer import Kind
from luoshi.lists.formula.reckoning import Formula
from luoshi.lists.formula.tree import names
from luoshi.lists.secrecy import of_choices, of_personal, of_sealed
from luoshi.lists.total import may_add
from luoshi.terms.finding import Finding, Level
from luoshi.terms.yaml_text import Path, YamlText, read_yaml

RESERVED = {"id", "list", "plan", "state", "version", "reason"}
"""Words that mean something for every entry and are therefore no names of fields."""

_NUMBERING = {"county_short", "year", "serial"}
_NOT_INDEXED = {"rows", "long_text", "evidence"}
_NUMBERS = {"integer", "decimal"}
_BODIES = {"body", "bodies"}
_REFERENCES = {"reference", "references"}

Said = tuple[Path, str]
Pointer = tuple[Path, str, list[str]]


def check_sense(definition: Definition, written: YamlText, name: str) -> list[Finding]:
    """All that a definition says in good form and cannot mean, each with its line in the file ``name``."""
    found = [
        Finding(
            "lists.E007",
            Level.ERROR,
            f"{name}:{written.line(path)}",
            f"{_dotted(path)}所指的“{word}”不存在。",
            nearest(word, known),
        )
        for path, word, known in _pointers(definition)
        if word not in known
    ]
    for path, message in _mistakes(definition):
        found.append(Finding("lists.E008", Level.ERROR, f"{name}:{written.line(path)}", message))
    for state in _never_reached(definition):
        message = f"没有动作能到达状态“{definition.states[state].label}”。"
        found.append(Finding("lists.W002", Level.WARNING, f"{name}:{written.line(('states', state))}", message))
    if not definition.source.is_verified:
        where = f"{name}:{written.line(('source',))}"
        found.append(Finding("lists.W001", Level.WARNING, where, "来源为空：此清单不得作为正式规定展示。"))
    return found


def check_together(definitions: Mapping[str, Definition]) -> list[Finding]:
    """References to lists that no definition describes.

    Args:
        definitions: all lists in force, by name.
    """
    found: list[Finding] = []
    for definition in definitions.values():
        for item in definition.fields.values():
            if item.list and item.list not in definitions:
                name = f"{definition.name}.yaml"
                line = read_yaml(definition.text, name, "lists").line(("fields", item.name, "list"))
                message = f"“{item.label}”所指的清单“{item.list}”不存在。"
                hint = nearest(item.list, list(definitions))
                found.append(Finding("lists.E009", Level.ERROR, f"{name}:{line}", message, hint))
        found += [*_unknown_kinds(definition, definitions), *_far_fields(definition, definitions)]
        if definition.sealed:
            written = read_yaml(definition.text, f"{definition.name}.yaml", "lists")
            for path, message in of_choices(definition, definitions):
                where = f"{definition.name}.yaml:{written.line(path)}"
                found.append(Finding("lists.E013", Level.ERROR, where, message))
    return found


def _unknown_kinds(definition: Definition, definitions: Mapping[str, Definition]) -> Iterator[Finding]:
    """Kinds of bodies that the roster in force does not tell apart."""
    roster = definitions.get("body")
    known = roster.fields["kind"].of if roster and "kind" in roster.fields else {}
    for item in definition.fields.values():
        for kind in item.kinds:
            if known and kind not in known:
                line = read_yaml(definition.text, f"{definition.name}.yaml", "lists").line(
                    ("fields", item.name, "kinds")
                )
                message = f"“{item.label}”所要的单位类别“{kind}”，单位名录里没有。"
                where = f"{definition.name}.yaml:{line}"
                yield Finding("lists.E015", Level.ERROR, where, message, nearest(kind, list(known)))


def _far_fields(definition: Definition, definitions: Mapping[str, Definition]) -> Iterator[Finding]:
    """Formulas that name fields of other lists, checked again now that these are known."""
    if not any("." in name for each in _computed(definition) for name in names(each.node)):
        return
    from luoshi.lists.formula.build import build, columns_of

    kinds: dict[str, Kind] = {}
    labels: dict[str, str] = {}
    for item in definition.fields.values():
        other = definitions.get(item.list) if item.type == "reference" else None
        if other is not None:
            far = columns_of(other.fields.values(), {state.name: state.label for state in other.states.values()})
            kinds |= {f"{item.name}.{name}": kind for name, kind in far.kinds.items()}
            labels |= {f"{item.name}.{name}": f"{item.label}的{label}" for name, label in far.labels.items()}
    written = read_yaml(definition.text, f"{definition.name}.yaml", "lists")
    own = columns_of(
        definition.fields.values(),
        {state.name: state.label for state in definition.states.values()},
        {clock.name: clock.label for clock in definition.clocks.values()},
        {move.name: move.label for move in definition.moves.values()},
    )
    whole = replace(own, kinds={**own.kinds, **kinds}, labels={**own.labels, **labels}, references=frozenset())
    for mistake in build(written.data, whole, definition.label)[1]:  # type: ignore[arg-type]  # checked when it was read
        where = f"{definition.name}.yaml:{written.line(mistake.path)}"
        yield Finding("lists.E012", Level.ERROR, where, mistake.message, mistake.hint)


def _computed(definition: Definition) -> tuple[Formula, ...]:
    return (*definition.reckoning.formulas, *definition.reckoning.measures)


def nearest(word: str, known: list[str]) -> str:
    """The advice to write the most similar known word, or else all that are known."""
    near = difflib.get_close_matches(word, known, 1, 0.5)
    return f"是否应为“{near[0]}”？" if near else f"可用：{'、'.join(known)}。"


def _dotted(path: Path) -> str:
    return ".".join(part for part in path if isinstance(part, str))


def _pointers(definition: Definition) -> Iterator[Pointer]:
    fields, states, moves = list(definition.fields), list(definition.states), list(definition.moves)
    guards = [f"same_person_as_{move}" for move in moves]
    for move in definition.moves.values():
        at: Path = ("moves", move.name)
        yield from _each((*at, "from"), move.from_states, [*states, "*"])
        yield from _each((*at, "to"), [move.to] if move.to else [], states)
        yield from _each((*at, "sets"), move.sets, fields)
        yield from _each((*at, "needs"), move.needs, fields)
        yield from _each((*at, "by"), [grant.of for grant in move.by if grant.of], fields)
        yield from _each((*at, "unless"), move.unless, guards)
        yield from _each((*at, "erases"), move.erases, fields)
        days = [item.name for item in definition.fields.values() if item.type == "date"]
        yield from (((*at, "after", name), name, days) for name in move.after)
        yield from (((*at, "after", name), other, ["today", *days]) for name, other in move.after.items())
    for state in definition.states.values():
        leading = [move.name for move in definition.moves.values() if {state.name, "*"} & set(move.from_states)]
        yield from _each(("states", state.name, "next"), [state.next] if state.next else [], leading)
    for clock in definition.clocks.values():
        at = ("clocks", clock.name)
        yield from _each((*at, "starts"), [clock.starts], moves)
        yield from _each((*at, "stops"), clock.stops, moves)
        yield from _each((*at, "resumes"), clock.resumes, moves)
        yield from _each((*at, "suspends"), clock.suspends, moves)
        yield from _each((*at, "continues"), clock.continues, moves)
        yield from (((*at, "extends", move), move, moves) for move in clock.extends)
        yield from _each((*at, "due"), [clock.due] if clock.due else [], fields)
        yield from _each((*at, "by"), [clock.by] if clock.by else [], fields)
        receivers = [grant.of for step in clock.escalates for grant in step.to if grant.of]
        yield from _each((*at, "escalates"), receivers, fields)
    for item in definition.fields.values():
        yield from _each(("fields", item.name, "shown_to"), [grant.of for grant in item.shown_to if grant.of], fields)
        if item.adds:
            at = ("fields", item.name, "adds")
            yield from _each((*at, "unit"), [item.adds.unit] if item.adds.unit else [], fields)
            yield from _each((*at, "parts_of"), [item.adds.parts_of] if item.adds.parts_of else [], fields)
            yield from _each((*at, "alike"), item.adds.alike, fields)
            yield from (((*at, "only", name), name, [*fields, "state"]) for name in item.adds.only)
            yield from _each((*at, "only", "state"), item.adds.only.get("state", ()), states)
    if definition.sealed:
        sealed = definition.sealed
        yield from (((("sealed", key), getattr(sealed, key), moves)) for key in ("opens", "closes"))
        named = ("most", "seats", "returned", "invalid", "totals", "ballots", "voters")
        yield from ((("sealed", key), word, fields) for key in named if (word := getattr(sealed, key)))
        yield from _each(("sealed", "roll"), [grant.of for grant in sealed.roll if grant.of], fields)
    yield from _each(("owners",), definition.owners, fields)
    yield from _each(("title",), [definition.title] if definition.title else [], fields)


def _each(path: Path, words: Iterable[str], known: list[str]) -> Iterator[Pointer]:
    for index, word in enumerate(words):
        yield (*path, index), word, known


def _mistakes(definition: Definition) -> Iterator[Said]:
    if not definition.opening_moves:
        yield ("moves",), "没有一个动作能新建条目（opens: true）。"
    for move in definition.moves.values():
        at: Path = ("moves", move.name)
        yield from (((*at, key), f"动作“{move.label}”{message}") for key, message in _of_move(definition, move))
    for item in definition.fields.values():
        path: Path = ("fields", item.name)
        if item.name in RESERVED:
            yield path, f"“{item.name}”是每个条目都有的词，不能用作栏目名。"
        yield from _of_field(path, item)
    for clock in definition.clocks.values():
        yield from ((("clocks", clock.name, key), message) for key, message in _of_clock(clock))
        yield from ((("clocks", clock.name, "lengths"), message) for message in _of_lengths(definition, clock))
        if _type(definition, clock.due) not in {"date", ""}:
            yield ("clocks", clock.name, "due"), f"“{definition.fields[clock.due].label}”不是日期，不能作为到期日。"
    yield from _of_turns(definition)
    yield from of_personal(definition)
    yield from of_sealed(definition)
    for owner in definition.owners:
        if _type(definition, owner) not in {*_BODIES, ""}:
            yield ("owners",), f"“{definition.fields[owner].label}”不是单位，不能作为条目的归属。"
    yield from ((("numbering",), message) for message in _of_numbering(definition.numbering))
    if definition.numbering and _type(definition, "number") != "text":
        yield ("numbering",), "要编号的清单须有一栏number（text），编号写在那里。"
    if definition.numbering and "number" in definition.fields and not definition.fields["number"].indexed:
        yield ("fields", "number"), "编号一栏须写indexed: true，才能保证不重号。"
    measures = {measure.name: measure for measure in definition.reckoning.measures}
    for feed in definition.feeds:
        if feed.measure not in measures:
            yield ("feeds",), f"“{feed.measure}”不是本清单的指标（measures）。{nearest(feed.measure, list(measures))}"
        elif measures[feed.measure].type != "number":
            yield ("feeds",), f"“{measures[feed.measure].label}”算出来的不是数，不能作为“{feed.commitment}”的取数。"
    known = [*definition.fields, *(formula.name for formula in definition.reckoning.formulas)]
    for name in definition.table:
        if name not in known:
            yield ("table",), f"表格所列的“{name}”不是栏目，也不是计算栏。{nearest(name, known)}"


def _of_turns(definition: Definition) -> Iterator[Said]:
    """Whose turn it is must be found by the index, for everybody at each look at the page."""
    for state in definition.states.values():
        move = definition.moves.get(state.next)
        for grant in move.by if move else ():
            item = definition.fields.get(grant.of or "")
            if item and not item.indexed:
                message = f"状态“{state.label}”等“{item.label}”来办，该栏须写indexed: true，才能列入待办。"
                yield ("fields", item.name), message


def _of_move(definition: Definition, move: Move) -> Iterator[tuple[str, str]]:
    if move.opens and not move.to:
        yield "opens", "新建条目，却没有写到哪个状态（to）。"
    if move.opens and move.from_states:
        yield "from", "新建条目，不能再写从哪个状态出发（from）。"
    if move.opens and move.unless:
        yield "unless", "新建条目，此前没有经手人，回避（unless）不会起作用。"
    if not move.opens and not move.from_states:
        yield "from", "没有写从哪个状态出发（from）。"
    for name in move.sets:
        if not move.opens and name in definition.fields and definition.fields[name].fixed:
            yield "sets", f"不能填写“{definition.fields[name].label}”：该栏一经设立不能更改（fixed）。"
    for item in definition.fields.values():
        if move.opens and move.sets and item.required and item.name not in move.sets:
            yield "sets", f"新建条目，却不能填写必填的“{item.label}”。"
    for grant in move.by:
        if grant.of and _type(definition, grant.of) not in {*_BODIES, ""}:
            yield "by", f"的办理人须属于某个单位，而“{definition.fields[grant.of].label}”不是单位。"


def _of_field(path: Path, item: Field) -> Iterator[Said]:
    label = f"“{item.label}”"
    if item.type == "choice" and not item.of:
        yield path, f"{label}是选项，须用of写明各选项。"
    if item.type != "choice" and item.of:
        yield (*path, "of"), f"{label}不是选项，不能写of。"
    if len({word for pair in item.of.items() for word in set(pair)}) < sum(len(set(pair)) for pair in item.of.items()):
        yield (*path, "of"), f"{label}有两个选项同名，填写时无法分辨。"
    if item.type == "rows" and not item.columns:
        yield path, f"{label}是多行，须用columns写明各栏。"
    if item.type != "rows" and item.columns:
        yield (*path, "columns"), f"{label}不是多行，不能写columns。"
    if item.type in _REFERENCES and not item.list:
        yield path, f"{label}引用其他清单，须用list写明是哪一个。"
    if item.type not in _REFERENCES and item.list:
        yield (*path, "list"), f"{label}不引用其他清单，不能写list。"
    if item.kinds and item.type not in _BODIES:
        yield (*path, "kinds"), f"{label}不是单位，不能写kinds。"
    if item.indexed and item.type in _NOT_INDEXED:
        yield (*path, "indexed"), f"{label}的类型{item.type}不能建索引。"
    yield from _of_bounds(path, item)
    if item.adds and item.type not in _NUMBERS:
        yield (*path, "adds"), f"{label}不是数字，不能写adds。"
    elif item.adds and item.unit and not may_add(item.unit):
        yield (*path, "adds"), f"{label}以“{item.unit}”计，是比率，各行不能相加。"
    for column in item.columns.values():
        at: Path = (*path, "columns", column.name)
        if column.type == "rows" or column.indexed or column.fixed:
            yield at, f"{label}的一栏“{column.label}”不能是多行，也不能写indexed或fixed。"
        yield from _of_field(at, column)


def _of_bounds(path: Path, item: Field) -> Iterator[Said]:
    if item.type not in _NUMBERS and (item.minimum or item.maximum):
        yield path, f"“{item.label}”不是数字，不能写minimum或maximum。"
    if item.minimum and item.maximum and Decimal(item.minimum) > Decimal(item.maximum):
        yield (*path, "minimum"), f"“{item.label}”的下限{item.minimum}大于上限{item.maximum}。"


def _of_clock(clock: ClockRule) -> Iterator[tuple[str, str]]:
    if bool(clock.length or clock.lengths) == bool(clock.due):
        yield "length", f"时限“{clock.label}”要么写length（多长），要么写due（哪一栏是到期日）。"
    if bool(clock.suspends) != bool(clock.continues):
        yield "suspends", f"时限“{clock.label}”的suspends（中止）和continues（恢复）要成对写。"
    if clock.unit == "months" and clock.counts == "working":
        yield "counts", f"时限“{clock.label}”以月计，不能再按工作日计算。"
    if clock.starts in clock.stops:
        yield "stops", f"时限“{clock.label}”由同一动作开始又停止，无法计时。"


def _of_lengths(definition: Definition, clock: ClockRule) -> Iterator[str]:
    """Lengths by a choice: the choice is one, each length is for one of its answers, and every answer has one."""
    if bool(clock.by) != bool(clock.lengths):
        yield f"时限“{clock.label}”的by（看哪一栏）和lengths（各为多长）要成对写。"
    item = definition.fields.get(clock.by)
    if item is None:
        return
    if item.type != "choice":
        yield f"时限“{clock.label}”按“{item.label}”定长短，该栏须是选项（choice）。"
        return
    yield from (
        f"“{item.label}”没有“{word}”这个选项。{nearest(word, list(item.of))}"
        for word in clock.lengths
        if word not in item.of
    )
    missing = [label for word, label in item.of.items() if word not in clock.lengths]
    if missing and not clock.length:
        yield f"“{item.label}”为“{missing[0]}”时，没有写“{clock.label}”多长；可以另写length作为其余各项的长短。"


def _of_numbering(numbering: str) -> Iterator[str]:
    try:
        used = {name for _, name, _, _ in Formatter().parse(numbering) if name is not None}
    except ValueError:
        yield "编号格式的花括号没有配对。"
        return
    for name in sorted(used - _NUMBERING):
        yield f"编号格式里没有“{name}”，可用：county_short、year、serial。"
    if numbering and "serial" not in used:
        yield "编号格式里没有serial，各条编号会相同。"


def _never_reached(definition: Definition) -> Iterator[str]:
    reached = {move.to for move in definition.moves.values()}
    yield from (state for state in definition.states if state not in reached)


def _type(definition: Definition, name: str) -> str:
    item = definition.fields.get(name)
    return item.type if item else ""
