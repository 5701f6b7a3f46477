"""Why a person should look twice at what was read: codes with weights and Chinese sentences."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from luoshi.reading.direction import is_generic
from luoshi.reading.model import Commitment, Doubt, Mention
from luoshi.reading.phrase import is_metric, verb
from luoshi.reading.words import Endings, either, table, words
from luoshi.terms.pattern import pattern

_DOUBTS = {
    kind: {code: Doubt(code, int(said["weight"]), said["says"]) for code, said in table("doubts", kind).items()}
    for kind in ("target", "commitment")
}
_SIGNS = {name: pattern(either(found)) for name, found in table("doubts", "signs").items()}
_CLAUSE_END = re.compile("[，,；;。：:！？]")
_SHORT, _LONG, _LONG_OBJECT = 3, 22, 20
_LONG_CLAUSE, _MANY, _REACH = 60, 4, 160
_DIGITS = re.compile("[0-9０-９]+")
_PLAIN_NUMBER = pattern(r"[0-9]+(?:\.[0-9]+)?[^多余近来0-9]*$")
_JOINED = pattern("[、和与及]")
_BOTH = re.compile("[和与及、](?![谐平])")
_ACTING = re.compile(f"(?:{either(table('doubts', 'signs')['acts'])})")
_QUOTED = pattern("“[^”]*”|《[^》]*》|[（(][^）)]*[）)]")
_MARKS = frozenset("“《（(")
_RATE = pattern("率|比重|占比|比例|面$|度$|覆盖|比$|分之")
_PAIRED = ("“”", "《》", "（）", "()")
_BARE = set(words("words", "dependent")) | set(words("words", "attribute")) | set(words("words", "bare_metric"))
_SCALES = set(words("units", "scales"))
_VAGUE = Endings({"vague": words("commitments", "vague_nouns")})
_GENERAL_VERBS = re.compile(f"^(?:{either(words('commitments', 'general_verbs'))})")
_NOUNS = {
    "project": Endings({"noun": words("commitments", "project_nouns")}),
    "honour": Endings({"noun": words("commitments", "honour_nouns")}),
    "event": Endings({"noun": words("commitments", "event_nouns")}),
    "measure": Endings(
        {"noun": sum((words("commitments", f"{one}_nouns") for one in ("reform", "plan", "service")), ())}
    ),
}


def _bare(text: str) -> str:
    """The text without what stands in quotation marks or brackets."""
    return text if _MARKS.isdisjoint(text) else _QUOTED.sub("", text)


def doubt_targets(text: str, mentions: list[Mention], *, scanned: bool) -> list[Mention]:
    """The mentions, each target with its reasons of doubt.

    Args:
        text: the document.
        mentions: mentions in text order.
        scanned: whether the text came through character recognition.
    """
    return [_with_doubts(text, one, scanned=scanned) if one.role == "target" else one for one in mentions]


def _with_doubts(text: str, one: Mention, *, scanned: bool) -> Mention:
    clause = _clause(text, one)
    codes = [code for code, holds in _OF_TARGET.items() if holds(one)]
    codes += [code for code, holds in _OF_CLAUSE.items() if holds(clause)]
    codes += ["bracketed"] if _is_unbalanced(clause.partition(one.quote)[0]) else []
    far = _restored(text, one, clause)
    codes += [far] if far else []
    return replace(one, doubts=_told("target", codes, scanned=scanned)) if codes or scanned else one


def doubt_commitments(commitments: list[Commitment], *, heading: bool, scanned: bool) -> list[Commitment]:
    """The commitments of one sentence, each with its reasons of doubt.

    Args:
        commitments: what was read in the sentence.
        heading: whether the sentence is a heading.
        scanned: whether the text came through character recognition.
    """
    found = []
    shared = {one.quote for one in commitments if _is_completed(one) and "等" not in one.quote}
    for one in commitments:
        codes = [code for code, holds in _OF_COMMITMENT.items() if holds(one)]
        codes += ["shared_list"] if one.quote in shared else []
        codes += ["heading"] if heading else []
        told = _told("commitment", codes, scanned=scanned)
        found.append(_doubted(one, told) if told else one)
    return found


def _doubted(one: Commitment, told: tuple[Doubt, ...]) -> Commitment:
    """As ``dataclasses.replace``, which takes half as long again; every other commitment is doubted for something."""
    return Commitment(
        one.start, one.end, one.quote, one.kind, one.object, one.sub, one.stage, one.task, one.area, one.sentence,
        one.modality, one.steps, doubts=told,
    )  # fmt: skip


def _is_completed(one: Commitment) -> bool:
    return one.object not in one.quote


def _is_bare(one: Commitment) -> bool:
    """Whether a project is called by nothing but the noun of its kind: 创新中心, 科创平台."""
    return one.kind == "project" and (is_generic(one.object) or _NOUNS["project"].last(one.object) == one.object)


def _told(kind: str, codes: list[str], *, scanned: bool) -> tuple[Doubt, ...]:
    told = [_DOUBTS[kind][code] for code in codes + ["scanned"] * scanned]
    return tuple(sorted(told, key=lambda one: -one.weight)) if len(told) > 1 else tuple(told)


def _clause(text: str, one: Mention) -> str:
    """The words between the punctuation marks around a mention, no further than any prose goes."""
    first, close = max(one.sentence[0], one.start - _REACH), min(one.sentence[1], one.end + _REACH)
    for mark in _CLAUSE_END.finditer(text, first, one.start):
        first = mark.end()
    last = _CLAUSE_END.search(text, one.end, max(one.end, close))
    return text[first : last.start() if last else close]


def _restored(text: str, one: Mention, clause: str) -> str:
    """Which words of the indicator stand in no clause of its own: none, before it, or further back."""
    pairs = {one.indicator[at : at + 2] for at in range(len(one.indicator) - 1)}
    absent = {pair for pair in pairs if pair not in clause}
    if len(absent) * 4 < max(len(pairs), 4):
        return ""
    near = text[max(one.sentence[0], one.start - 40) : one.end]
    return "restored" if len([pair for pair in absent if pair not in near]) <= 1 else "restored_far"


def _is_short(one: Mention) -> bool:
    bare = one.indicator[len(verb(one.indicator)) :]
    return 0 < len(one.indicator) <= _SHORT or (bool(one.indicator) and (not bare or bare in _BARE))


def _is_open_role(one: Mention) -> bool:
    return bool(one.indicator) and one.comparator == "=" and not (verb(one.indicator) or is_metric(one.indicator))


def _is_open_basis(one: Mention) -> bool:
    return one.unit[-1:] in {"%", "‰"} and one.basis == "share" and not _RATE.search(one.indicator)


def _is_unbalanced(words_of: str) -> bool:
    return any(words_of.count(pair[0]) != words_of.count(pair[1]) for pair in _PAIRED)


_OF_TARGET: dict[str, Callable[[Mention], bool]] = {
    "no_indicator": lambda one: not one.indicator,
    "short_indicator": _is_short,
    "long_indicator": lambda one: len(one.indicator) > _LONG,
    "open_role": _is_open_role,
    "unknown_unit": lambda one: not one.unit or one.unit in _SCALES,
    "open_basis": _is_open_basis,
    "coordinated": lambda one: bool(_JOINED.search(_bare(one.indicator))),
    "unusual_number": lambda one: one.value_max is None and not _PLAIN_NUMBER.match(one.quote),
    "unbalanced": lambda one: _is_unbalanced(one.indicator),
}

_OF_CLAUSE: dict[str, Callable[[str], object]] = {
    "describes": _SIGNS["describes"].search,
    "offers": _SIGNS["offers"].search,
    "past_words": _SIGNS["past_words"].search,
    "many_numbers": lambda clause: len(_DIGITS.findall(clause)) >= _MANY,
    "long_clause": lambda clause: len(clause) > _LONG_CLAUSE,
}

_OF_COMMITMENT: dict[str, Callable[[Commitment], bool]] = {
    "short_object": lambda one: len(one.object) <= _SHORT,
    "long_object": lambda one: len(one.object) > _LONG_OBJECT,
    "general_object": lambda one: bool(_VAGUE.last(one.object)) or "更" in one.object or "等" in one.object,
    "open_kind": lambda one: not _NOUNS[one.kind].last(one.object.rstrip("”》")),
    "general_verb": lambda one: bool(_GENERAL_VERBS.match(one.quote)),
    "completed_name": _is_completed,
    "joined": lambda one: bool(_BOTH.search(_bare(one.object))),
    "bare_noun": _is_bare,
    "own_predicate": lambda one: bool(_ACTING.search(_bare(one.object))),
    "unbalanced": lambda one: _is_unbalanced(one.object),
}
