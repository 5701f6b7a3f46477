"""Reading a light rule set's YAML; every mistake is a finding with file, line and the nearest valid word."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib import resources

from luoshi.assessment.checked import CheckedText, nearest
from luoshi.assessment.condition import Band, Choice, Condition, Every, Flag, Run, Some
from luoshi.assessment.measure import MEASURES
from luoshi.assessment.metric import OPERATIONS, Metric
from luoshi.assessment.rule_set import SHAPES, Colour, GivenField, LightRule, MadeUp, RuleSet, TaskRule
from luoshi.terms.finding import Finding
from luoshi.terms.source import Source
from luoshi.terms.yaml_text import Path

_KEYS = ("rule_set", "label", "source", "judges", "legend", "rules", "otherwise")
_MORE_KEYS = ("edition", "valid_from", "given", "metrics", "made_up", "task", "note")
_BOUNDS = ("at_least", "above", "at_most", "below")
_JOINTS = ("all", "any", "none", "consecutive")


def read_rule_set(text: str, name: str) -> tuple[RuleSet | None, tuple[Finding, ...]]:
    """The rule set a YAML text spells out, or None, and all that is to be said about it.

    Args:
        name: the file's name, for the findings.
    """
    checked = CheckedText(text, name)
    rules = _build(checked, text) if checked.is_sound else None
    if rules is not None and checked.is_sound:
        _check_sense(checked, rules)
    return (rules if checked.is_sound else None), tuple(checked.findings)


def shipped_rule_set(name: str = "five-colour", pack: str = "national") -> RuleSet:
    """A rule set that comes with the program, by its file's name.

    Raises:
        FileNotFoundError: there is none.
        ValueError: the shipped file is faulty.
    """
    path = resources.files("luoshi").joinpath("packs", pack, "light", f"{name}.yaml")
    rules, findings = read_rule_set(path.read_text("utf-8"), f"{name}.yaml")
    if rules is None:
        raise ValueError("\n".join(str(finding) for finding in findings))
    return rules


def shipped_rule_sets(pack: str = "national") -> tuple[str, ...]:
    """The names of the rule sets that come with the program."""
    folder = resources.files("luoshi").joinpath("packs", pack, "light")
    return tuple(sorted(path.name[:-5] for path in folder.iterdir() if path.name.endswith(".yaml")))


def _build(checked: CheckedText, text: str) -> RuleSet:
    data = checked.root(_KEYS, _MORE_KEYS)
    fields = {name: _field(checked, name, row) for name, row in checked.rows(data.get("given"), ("given",)).items()}
    kinds = {name: kind for name, (kind, _) in MEASURES.items()} | {name: field.kind for name, field in fields.items()}
    metrics: dict[str, Metric] = {}
    for name, row in checked.rows(data.get("metrics"), ("metrics",)).items():
        metrics[name] = _metric(checked, name, row, kinds)
        kinds[name] = OPERATIONS[metrics[name].operation].gives if metrics[name].operation in OPERATIONS else "number"
    colours = {key: _colour(checked, key, row) for key, row in checked.rows(data.get("legend"), ("legend",)).items()}
    names = _Names(kinds, {name: field.words for name, field in fields.items()}, tuple(colours))
    rules = tuple(
        _rule(checked, row, ("rules", i), names) for i, row in enumerate(checked.items(data.get("rules"), ("rules",)))
    )
    made_up = _made_up(checked, data["made_up"], names) if data.get("made_up") else None
    return RuleSet(
        name=checked.text(data.get("rule_set"), ("rule_set",)),
        label=checked.text(data.get("label"), ("label",)),
        version=hashlib.sha256(text.encode()).hexdigest()[:16],
        source=checked.source(data.get("source"), ("source",)),
        judges=checked.one_of(data.get("judges"), ("judges",), ("progress", "slip", "ranking", "pool")),
        colours=colours,
        fields=fields,
        metrics=metrics,
        rules=rules,
        otherwise=_otherwise(checked, data.get("otherwise"), names),
        made_up=made_up,
        task=_task(checked, data["task"], tuple(colours)) if data.get("task") else None,
        edition=checked.text(data.get("edition"), ("edition",)),
        valid_from=checked.day(data.get("valid_from"), ("valid_from",)),
    )


class _Names:
    """Every name a condition may use: measures with their kinds, words of choices, colours."""

    def __init__(
        self, kinds: Mapping[str, str], words: Mapping[str, Mapping[str, str]], colours: tuple[str, ...]
    ) -> None:
        self.kinds, self.words, self.colours = kinds, words, colours


def _field(checked: CheckedText, name: str, data: object) -> GivenField:
    path: Path = ("given", name)
    row = checked.mapping(data, path, ("label", "kind"), ("of",))
    kind = checked.one_of(row.get("kind"), (*path, "kind"), ("number", "flag", "date", "dates", "choice"))
    words = {
        key: checked.text(word, (*path, "of", key)) for key, word in checked.rows(row.get("of"), (*path, "of")).items()
    }
    if (kind == "choice") is not bool(words):
        checked.say("E008", path, f"“{name}”是选项时须用of写明各选项，不是选项时不能写of。")
    if name in MEASURES or name == "as_of":
        checked.say("E008", path, f"“{name}”是已有度量的名称，请改名。")
    return GivenField(name, checked.text(row.get("label"), (*path, "label")), kind, words)


def _metric(checked: CheckedText, name: str, data: object, kinds: Mapping[str, str]) -> Metric:
    path: Path = ("metrics", name)
    row = checked.mapping(data, path, ("label",), tuple(OPERATIONS))
    named = [key for key in row if key in OPERATIONS]
    if len(named) != 1:
        checked.say("E008", path, f"“{name}”须恰好写一种运算。", f"可用：{'、'.join(OPERATIONS)}。")
        return Metric(name, "", "", ())
    operation = OPERATIONS[named[0]]
    operands = tuple(checked.text(item, (*path, named[0])) for item in checked.items(row[named[0]], (*path, named[0])))
    wanted = operation.takes * len(operands) if operation.is_variadic else operation.takes
    if len(operands) != len(wanted) or not operands:
        checked.say("E008", path, f"运算{named[0]}要{len(operation.takes)}个量，得到{len(operands)}个。")
    known = {**kinds, "as_of": "date"}
    for operand, kind in zip(operands, wanted, strict=False):
        if operand not in known:
            checked.say("E007", (*path, named[0]), f"“{name}”所用的“{operand}”不存在。", nearest(operand, known))
        elif known[operand] != kind:
            checked.say("E008", (*path, named[0]), f"运算{named[0]}要{kind}，“{operand}”是{known[operand]}。")
    return Metric(name, checked.text(row.get("label"), (*path, "label")), named[0], operands)


def _colour(checked: CheckedText, key: str, data: object) -> Colour:
    path: Path = ("legend", key)
    row = checked.mapping(data, path, ("word", "meaning"), ("tone", "shape", "consequence", "counts"))
    tone = checked.one_of(row.get("tone", key), (*path, "tone") if "tone" in row else path, SHAPES)
    shape = checked.text(row.get("shape"), (*path, "shape")) or SHAPES.get(tone, "")
    counts = checked.flag(row["counts"], (*path, "counts")) if "counts" in row else True
    texts = {name: checked.text(row.get(name), (*path, name)) for name in ("word", "meaning", "consequence")}
    return Colour(key, texts["word"], texts["meaning"], tone, shape, texts["consequence"], counts)


def _rule(checked: CheckedText, data: object, path: Path, names: _Names) -> LightRule:
    row = checked.mapping(data, path, ("id", "light", "when", "says"), ("aspired", "directly", "added"))
    aspired = ""
    if "aspired" in row:
        aspired = checked.one_of(row["aspired"], (*path, "aspired"), names.colours)
    return LightRule(
        checked.text(row.get("id"), (*path, "id")),
        checked.one_of(row.get("light"), (*path, "light"), names.colours),
        _condition(checked, row.get("when"), (*path, "when"), names),
        checked.text(row.get("says"), (*path, "says")),
        aspired,
        checked.text(row.get("directly"), (*path, "directly")),
        checked.flag(row.get("added"), (*path, "added")),
    )


def _otherwise(checked: CheckedText, data: object, names: _Names) -> LightRule:
    row = checked.mapping(data, ("otherwise",), ("light", "says"), ("added",))
    light = checked.one_of(row.get("light"), ("otherwise", "light"), names.colours)
    says = checked.text(row.get("says"), ("otherwise", "says"))
    return LightRule(
        "otherwise", light, Every(()), says, is_added=checked.flag(row.get("added"), ("otherwise", "added"))
    )


def _made_up(checked: CheckedText, data: object, names: _Names) -> MadeUp:
    row = checked.mapping(data, ("made_up",), ("past", "becomes", "when", "within_periods", "says"))
    return MadeUp(
        checked.one_of(row.get("past"), ("made_up", "past"), names.colours),
        checked.one_of(row.get("becomes"), ("made_up", "becomes"), names.colours),
        _condition(checked, row.get("when"), ("made_up", "when"), names),
        checked.whole(row.get("within_periods"), ("made_up", "within_periods"), 1),
        checked.text(row.get("says"), ("made_up", "says")),
    )


def _task(checked: CheckedText, data: object, colours: tuple[str, ...]) -> TaskRule:
    """What a task's light asks for; the share is the house's own, so its source may be empty."""
    row = checked.mapping(data, ("task",), ("rateable_share", "favourable", "source"))
    share = checked.number(row.get("rateable_share"), ("task", "rateable_share"))
    if not 0 <= share <= 1:
        checked.say("E008", ("task", "rateable_share"), f"可评比例应在0与1之间，得到“{row.get('rateable_share')}”。")
    path: Path = ("task", "favourable")
    named = tuple(checked.one_of(item, path, colours) for item in checked.items(row.get("favourable"), path))
    source = {key: str(value) for key, value in checked.rows(row.get("source"), ("task", "source")).items()}
    return TaskRule(share, named, Source.of(source))


def _condition(checked: CheckedText, data: object, path: Path, names: _Names) -> Condition:
    """All entries of a ``when`` hold together; ``any``, ``all`` and ``none`` take lists of further ones."""
    parts = [_part(checked, key, value, (*path, key), names) for key, value in checked.rows(data, path).items()]
    if not parts:
        checked.say("E008", path, "条件不能为空。")
    return parts[0] if len(parts) == 1 else Every(tuple(parts))


def _part(checked: CheckedText, key: str, value: object, path: Path, names: _Names) -> Condition:
    if key in {"all", "any", "none"}:
        inner = tuple(_condition(checked, item, (*path, i), names) for i, item in enumerate(checked.items(value, path)))
        return Every(inner) if key == "all" else Some(inner, is_none=key == "none")
    if key == "consecutive":
        row = checked.mapping(value, path, ("light", "periods"))
        light = checked.one_of(row.get("light"), (*path, "light"), names.colours)
        return Run(light, checked.whole(row.get("periods"), (*path, "periods"), 2))
    if key not in names.kinds:
        checked.say("E007", path, f"没有“{key}”这个度量。", nearest(key, [*names.kinds, *_JOINTS]))
        return Every(())
    kind = names.kinds[key]
    if kind == "flag":
        return Flag(key, checked.flag(value, path))
    if kind == "choice":
        words = [value] if isinstance(value, str) else checked.items(value, path)
        return Choice(key, tuple(checked.one_of(word, path, names.words[key]) for word in words))
    if kind == "number":
        return _band(checked, key, value, path)
    checked.say("E008", path, f"“{key}”是日期，请先用metrics算成天数或月数。")
    return Every(())


def _band(checked: CheckedText, key: str, value: object, path: Path) -> Condition:
    row = checked.mapping(value, path, (), _BOUNDS)
    numbers = {word: checked.number(row[word], (*path, word)) for word in _BOUNDS if word in row}
    low = max((numbers[word] for word in ("at_least", "above") if word in numbers), default=None)
    high = min((numbers[word] for word in ("at_most", "below") if word in numbers), default=None)
    if not numbers:
        checked.say("E008", path, f"“{key}”没有写界限。", f"可用：{'、'.join(_BOUNDS)}。")
    if low is not None and high is not None and low > high:
        checked.say("E008", path, f"“{key}”的下限大于上限，永远不会成立。")
    return Band(key, **numbers)


def _check_sense(checked: CheckedText, rules: RuleSet) -> None:
    """What a well-written rule set must not do: rules of one name, silence about the unreported month."""
    seen: set[str] = set()
    for i, rule in enumerate(rules.rules):
        if rule.id in seen:
            checked.say("E008", ("rules", i, "id"), f"规则“{rule.id}”写了两次。", "请改名。")
        seen.add(rule.id)
    if not any(not colour.counts for colour in rules.colours.values()) and rules.judges == "progress":
        checked.say("E009", ("legend",), "图例没有“未报”一类的灯色（counts: false）。", "未报的月份不得亮绿灯。")
    elif rules.judges == "progress" and not any(_is_unreported(rule, rules) for rule in rules.rules):
        checked.say("E009", ("rules",), "没有一条规则写明未报如何亮灯（reported: false）。", "未报的月份不得亮绿灯。")


def _is_unreported(rule: LightRule, rules: RuleSet) -> bool:
    return rule.condition == Flag("reported", wanted=False) and not rules.colours[rule.colour].counts
