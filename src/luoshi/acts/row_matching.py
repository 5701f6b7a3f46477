"""配对: which task or commitment each row of a decomposition speaks of; ranked with reasons, a person confirms.

Rows that divide one task among them belong together: the first leads the whole, each further row goes to the
commitment of that task its own words speak of, else to the task as a further part of its division.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from luoshi.acts.responsibility_row import ResponsibilityRow
from luoshi.reading.matching import Adopted, MatchCandidate, Matcher

_NUMBERED = re.compile(r"\A[0-9]{1,3}[.．、](?![0-9])")
_SURE = Decimal("0.42")
"""Likeness from which a row is matched by itself; below, a person chooses among the candidates."""
_PART = Decimal("0.3")
"""Likeness from which a commitment is taken to stand among others in a row."""
_MARGIN = Decimal("0.04")
"""By how much the first candidate must lead the second."""


@dataclass(frozen=True, slots=True)
class RowMatch:
    """行配对: the candidates of a row, the likeliest first, and the entry taken as long as nobody chose another.

    ``reason`` says why, where that does not follow from the candidates.
    """

    candidates: tuple[MatchCandidate, ...]
    entry: str = ""
    reason: str = ""


def match_rows(
    rows: Sequence[ResponsibilityRow], decided: Mapping[str, str], adopted: Iterable[Adopted]
) -> dict[str, RowMatch]:
    """The match of each row by its key.

    Args:
        rows: the rows of one document.
        decided: the entry a person chose by the row's key, "" for a row left out.
        adopted: the tasks and commitments that can be meant.
    """
    known = {one.id: one for one in adopted}
    matcher = Matcher(known.values())
    found = {row.key: RowMatch(_candidates(matcher, row)) for row in rows}
    for group in _groups(rows):
        found |= _divided(matcher, group, found, decided, known)
    taken = set(decided.values()) | {one.entry for one in found.values() if one.entry}
    free = [row for row in rows if row.key not in decided and not found[row.key].entry]
    for row in sorted(free, key=lambda row: -_best(found[row.key].candidates)):
        candidates = found[row.key].candidates
        if _is_clear(candidates) and candidates[0].adopted.id not in taken:
            found[row.key] = RowMatch(candidates, candidates[0].adopted.id)
            taken.add(candidates[0].adopted.id)
    chosen = {row.key: decided[row.key] for row in rows if row.key in decided}
    return found | {key: replace(found[key], entry=entry if entry in known else "") for key, entry in chosen.items()}


def _groups(rows: Iterable[ResponsibilityRow]) -> list[list[ResponsibilityRow]]:
    groups: dict[str, list[ResponsibilityRow]] = {}
    for row in rows:
        if row.group:
            groups.setdefault(row.group, []).append(row)
    return list(groups.values())


def _divided(
    matcher: Matcher,
    rows: list[ResponsibilityRow],
    alone: Mapping[str, RowMatch],
    decided: Mapping[str, str],
    known: Mapping[str, Adopted],
) -> dict[str, RowMatch]:
    """The rows of one divided task; nothing where it is not clear which task that is."""
    task = _whole_task(matcher, rows, decided, known)
    if task is None:
        return {}
    first, *others = [row for row in rows if decided.get(row.key) != ""] or rows
    said = f"原表把这一项分作{len(rows)}行，第一行的单位牵头整项任务。"
    lead = MatchCandidate(task, _SURE + _MARGIN, (said,), ("reading.decomposition.split",))
    found = {first.key: RowMatch(_placed(lead, alone[first.key].candidates), task.id, said)}
    for row in others:
        own = alone[row.key].candidates
        if _is_clear(own) and own[0].adopted.task != task.task and (row.item is None or row.item != task.task):
            continue
        found[row.key] = _further(matcher, row, task, first)
    return found


def _whole_task(
    matcher: Matcher, rows: list[ResponsibilityRow], decided: Mapping[str, str], known: Mapping[str, Adopted]
) -> Adopted | None:
    """The task that rows divide among them: the one chosen for the first of them, else the likeliest if it is clear."""
    chosen = known.get(decided.get(rows[0].key, ""))
    if chosen is not None:
        return chosen if chosen.kind == "task" and chosen.task is not None else None
    first = rows[0]
    words = " ".join(dict.fromkeys([first.heading, *(row.words for row in rows), *(row.line for row in rows)]))
    ranked = matcher.candidates(words, "", first.item, first.number, limit=12)
    named = _titled(replace(first, words=first.heading or first.words), ranked)
    number = named[0].adopted.task if named else None
    rivals = [one for one in named if one.adopted.task != number]
    if number is None or named[0].score < _PART or (rivals and named[0].score - rivals[0].score < _MARGIN):
        return None
    return next((one for one in known.values() if one.kind == "task" and one.task == number), None)


def _further(matcher: Matcher, row: ResponsibilityRow, task: Adopted, first: ResponsibilityRow) -> RowMatch:
    """A further row of a divided task: the commitment its own words speak of, else the task."""
    within = matcher.candidates(row.line or row.words, "", task.task, None, limit=12) if row.line else ()
    parts = [one for one in within if one.adopted.kind != "task"]
    whole = next((one for one in within if one.adopted.id == task.id), None)
    joined = f"与{first.where}同属第{task.task}项任务"
    if parts and _speaks_of(row, parts):
        said = f"{joined}，这一行自己的字句说的是其中的“{parts[0].adopted.name}”。"
        also = [one.adopted.name for one in parts[1:] if one.score >= _PART]
        if also:
            said += f"字句还像其中的“{'”“'.join(also[:3])}”，一行只对一项，其余仍随整项任务，请核对。"
        best = replace(parts[0], reasons=(said, *parts[0].reasons))
        rest = [whole or MatchCandidate(task, Decimal(0), (f"{joined}。",), ()), *parts[1:4]]
        return RowMatch((best, *rest), best.adopted.id, said)
    several = [one.adopted.name for one in parts if one.score >= _PART or one.adopted.name in row.line]
    why = "字句没有单独对上其中哪一项承诺" if row.line else "没有另写内容"
    why = f"字句说到其中的“{'”“'.join(several[:3])}”几项" if len(several) > 1 else why
    said = f"{joined}，{why}，作为这一项的进一步分工。"
    best = MatchCandidate(task, whole.score if whole else Decimal(0), (said,), ("reading.decomposition.split",))
    return RowMatch((best, *parts[:4]), task.id, said)


def _speaks_of(row: ResponsibilityRow, parts: Sequence[MatchCandidate]) -> bool:
    """Whether a row's own words are those of the first commitment and of no other."""
    best, *others = parts
    if best.adopted.name in row.line:
        return all(other.adopted.name not in row.line or other.adopted.name in best.adopted.name for other in others)
    return best.score >= _PART and (not others or best.score - others[0].score >= _MARGIN)


def _placed(first: MatchCandidate, found: tuple[MatchCandidate, ...]) -> tuple[MatchCandidate, ...]:
    """The candidates with this one first, together with the reasons it has already."""
    same = next((one for one in found if one.adopted.id == first.adopted.id), None)
    rest = tuple(one for one in found if one is not same)
    if same is None:
        return (first, *rest)
    return (replace(first, reasons=(*same.reasons, *first.reasons), rules=(*same.rules, *first.rules)), *rest)


def _best(found: Sequence[MatchCandidate]) -> Decimal:
    return found[0].score if found else Decimal(0)


def _is_clear(found: Sequence[MatchCandidate]) -> bool:
    if not found or found[0].score < _SURE:
        return False
    return len(found) == 1 or found[0].score - found[1].score >= _MARGIN


def _candidates(matcher: Matcher, row: ResponsibilityRow) -> tuple[MatchCandidate, ...]:
    words = f"{row.words} {row.goal}" if row.goal else row.words
    return _titled(row, _whole(matcher.candidates(words, "", row.item, row.number)))


def _titled(row: ResponsibilityRow, found: tuple[MatchCandidate, ...]) -> tuple[MatchCandidate, ...]:
    """The candidates, with the one first whose name the row's words are or begin with (实施教育强县战略。……)."""
    head = _NUMBERED.sub("", row.words)
    named = [one for one in found if head == one.adopted.name or head.startswith(f"{one.adopted.name}。")]
    if not named:
        return found
    best = min(named, key=lambda one: (one.adopted.kind != "task", -len(one.adopted.name)))
    score = max(best.score, found[0].score, _SURE) + _MARGIN
    first = replace(best, score=score, reasons=(*best.reasons, f"原文就写“{best.adopted.name}”。"))
    return (first, *(one for one in found if one is not best))


def _whole(found: tuple[MatchCandidate, ...]) -> tuple[MatchCandidate, ...]:
    """The candidates, with the task first where a row holds several of its commitments and not only one."""
    number = found[0].adopted.task if found else None
    parts = [one for one in found if one.adopted.task == number and one.adopted.kind != "task" and one.score >= _PART]
    task = next((one for one in found if one.adopted.task == number and one.adopted.kind == "task"), None)
    if number is None or task is None or found[0] is task or len(parts) < 2:
        return found
    first = replace(
        task, score=found[0].score + _MARGIN, reasons=(*task.reasons, "这一行写了该项任务的几件事，按整项任务配对。")
    )
    return (first, *(one for one in found if one is not task))
