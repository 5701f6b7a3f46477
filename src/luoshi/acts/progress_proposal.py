"""进展建议: what a text says has been done, and which commitments each sentence can mean; a person takes it over or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from luoshi.acts.assignment_proposal import adopted
from luoshi.document.model import Document
from luoshi.lists.entry import Entry
from luoshi.reading.bulletin import read_progress, row_statements
from luoshi.reading.decomposition import read_decompositions
from luoshi.reading.matching import MatchCandidate, Matcher, match_statement
from luoshi.reading.progress import ProgressStatement
from luoshi.reading.reported import ReportedFigure
from luoshi.terms.number import exact, fixed, plain
from luoshi.terms.unit import Quantity, UnitMismatch, unit

_COMPARED = {"growth", "reduction", "share"}
"""Kinds of target whose report needs a base beside the figure; a person fills both."""
_FIT = Decimal("0.15")
"""What agreement of amount, share and target is worth beside the likeness of the words."""
STATES = {
    "not_started": "未启动", "behind": "滞后", "ahead": "超前", "on_pace": "达序时", "done": "已完成",
    "advancing": "推进中", "started": "已启动", "preparing": "前期",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProgressCandidate:
    """进展配对: a commitment that a sentence can mean. ``value`` is the amount in its unit, empty when none can be filled.

    ``misfit`` says that amount and share of the sentence do not agree with the commitment's target; empty when they
    do, or when the text does not name both.
    """

    entry: str
    name: str
    task: int | None
    score: str
    reasons: tuple[str, ...]
    value: str = ""
    misfit: str = ""


@dataclass(frozen=True, slots=True)
class ProgressProposal:
    """进展建议: one statement of a text with the commitments it can mean, the likeliest first; nothing is accepted.

    ``as_of`` is the day (``YYYY-MM-DD``) up to which it speaks, empty where the text says none (截至目前); figures
    are as written. ``doubts`` say what a person should look at.
    """

    start: int
    end: int
    quote: str
    subject: str
    as_of_words: str = ""
    as_of: str = ""
    value: str = ""
    unit: str = ""
    share: str = ""
    growth: str = ""
    state: str = ""
    candidates: tuple[ProgressCandidate, ...] = ()
    doubts: tuple[str, ...] = ()


def statements(document: Document, year: int, report_day: date | None = None) -> list[ProgressStatement]:
    """What a text and its progress tables say, in the order of the text.

    Args:
        document: a loaded document.
        year: the year of its months where none is written.
        report_day: see ``reading.progress.progress_statements``.
    """
    tables = read_decompositions(document, year)
    within = [table.table.span for table in tables]
    found = [
        one for one in read_progress(document, year, report_day) if not any(span.overlaps(one.span) for span in within)
    ]
    for table in tables:
        for row in table.rows:
            found += row_statements(row, document.text, year, report_day)
    return sorted(found, key=lambda one: (one.span.start, one.span.end))


def propose_progress(
    document: Document, entries: Mapping[str, Entry], year: int, report_day: date | None = None
) -> list[ProgressProposal]:
    """Each statement of a document with the commitments it can mean.

    Args:
        document: a loaded document.
        entries: the commitments that can be meant, by id.
        year: the plan's year.
        report_day: the last day of the month a report is filled in for; a statement of another day is doubted.
    """
    matcher = Matcher(adopted(entries.values()))
    return [
        _proposal(document.text, one, match_statement(matcher, one, document.text), entries, report_day)
        for one in statements(document, year, report_day)
    ]


def reportable(entries: Iterable[Entry], body: str = "") -> dict[str, Entry]:
    """The commitments a month's report is due for, by id: assigned, no whole tasks; of one body if it is named."""
    return {
        entry.id: entry
        for entry in entries
        if entry.state == "assigned" and entry["kind"] != "task" and (not body or entry["lead_body"] == body)
    }


def _proposal(
    text: str,
    one: ProgressStatement,
    found: Sequence[MatchCandidate],
    entries: Mapping[str, Entry],
    report_day: date | None,
) -> ProgressProposal:
    candidates = [] if one.is_tally else _weighed(one, found, entries)
    misfit = candidates[0].misfit if candidates else ""
    return ProgressProposal(
        one.span.start,
        one.span.end,
        one.span.quote(text),
        one.words(text),
        one.as_of.words if one.as_of else "",
        one.as_of.last.isoformat() if one.as_of and one.as_of.last else "",
        plain(one.amount.value) if one.amount else "",
        one.amount.unit if one.amount else "",
        _percent(one.share),
        _percent(one.growth),
        STATES.get(one.state.state, "") if one.state else "",
        tuple(candidates),
        (*_doubts(one, report_day), *([misfit] if misfit else [])),
    )


def _weighed(
    one: ProgressStatement, found: Sequence[MatchCandidate], entries: Mapping[str, Entry]
) -> list[ProgressCandidate]:
    """The candidates, those before whose target agrees with amount and share before those nearly as likely."""
    ranked = []
    for match in found:
        entry = entries[match.adopted.id]
        value = value_of(one.amount, entry)
        counted = _share_of(value, entry) if one.share else None
        fits = counted is not None and one.share is not None and _agrees(counted, one.share)
        reasons, misfit = match.reasons, ""
        if fits and one.share:
            reasons = (*reasons, f"按目标值{_target(entry)}计算，与原文所写的{_percent(one.share)}相合。")
        elif counted is not None and one.share:
            misfit = (
                f"按“{match.adopted.name}”的目标值{_target(entry)}计算，占比是{fixed(counted, 2)}%，原文写的是"
                f"{_percent(one.share)}，对不上，请核对数值和对应的事项。"
            )
        score = match.score + (_FIT if fits else Decimal(0))
        name, task = match.adopted.name, match.adopted.task
        ranked.append((score, ProgressCandidate(entry.id, name, task, str(match.score), reasons, value, misfit)))
    return [candidate for _, candidate in sorted(ranked, key=lambda item: -item[0])]


def _target(entry: Entry) -> str:
    return f"{plain(exact(str(entry['value'])))}{entry['unit'] or ''}"


def _share_of(value: str, entry: Entry) -> Fraction | None:
    """The share of the year's target in percent, where target and amount are both known and no rate."""
    target = entry["value"]
    if not value or target in (None, "") or entry["kind"] not in {"at_least", "exactly"}:
        return None
    if str(entry["unit"] or "").startswith(("%", "‰")) or exact(str(target)) == 0:
        return None
    return exact(value) / exact(str(target)) * 100


def _agrees(counted: Fraction, share: ReportedFigure) -> bool:
    """Whether a share as written is the one counted, rounded or cut at its last digit (58.07% for 54/93)."""
    places = max(0, -int(share.value.as_tuple().exponent))
    return abs(counted - Fraction(share.value)) < Fraction(1, 10**places)


def _percent(figure: ReportedFigure | None) -> str:
    return f"{plain(figure.value)}{figure.unit}" if figure else ""


def value_of(amount: ReportedFigure | None, entry: Entry) -> str:
    """The amount in the commitment's unit, exactly; empty when it needs a base, or cannot be written in decimals."""
    if amount is None or entry.list != "target" or entry["kind"] in _COMPARED:
        return ""
    try:
        converted = Quantity.of(amount.value, amount.unit).to(unit(str(entry["unit"] or ""))).amount
    except UnitMismatch:
        return ""
    written = plain(converted)
    return written if Fraction(written) == converted else ""


def _doubts(one: ProgressStatement, report_day: date | None) -> Iterable[str]:
    last = one.as_of.last if one.as_of else None
    if report_day and last and (last.year, last.month) != (report_day.year, report_day.month):
        yield f"原文说的是{one.as_of.words if one.as_of else ''}，不是填报的月份。"
    if one.is_tally:
        yield "这是各项任务所处状态的统计，不是某一项的完成数，没有可填的数值。"
    if one.amount and one.amount.is_listed:
        yield f"“{plain(one.amount.value)}{one.amount.unit}”数的是前面列出的名称，不一定是累计数，请核对。"
    if one.amount is None and one.share:
        yield "只写了比重，没有写数值；比重由系统计算，不用填。"
    if one.amount and one.amount.is_estimate:
        yield "原文是约数或预计数，请填实际数。"
