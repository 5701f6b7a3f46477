"""填报: a desk officer reports a unit's month, all rows of the sheet in one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from luoshi.acts.context import Context, act, decided, definition_of, held_all, refuse
from luoshi.acts.month_window import require_open
from luoshi.acts.save_draft import clear_draft, held_draft, require_own
from luoshi.acts.tell import tell_submitted
from luoshi.lists.entry import Change, Entry, Value
from luoshi.lists.move import Birth
from luoshi.lists.value import parse
from luoshi.store import definitions, entries
from luoshi.store.append import append, lock
from luoshi.store.fed import FedFigure, fed_figures
from luoshi.store.models import Evidence
from luoshi.store.rating import COMMITMENTS, RATED_STATES
from luoshi.store.repeated_files import repeated_files
from luoshi.store.reports import (
    claimed_days,
    claimed_nodes,
    flags_of,
    impossible_figures,
    in_own_units,
    last_values,
    report_id,
    unexplained_fall,
)
from luoshi.terms.number import plain
from luoshi.terms.period import Period, chinese_date
from luoshi.terms.quotation import quoted
from luoshi.terms.refusal import FieldError, Refusal, Refused
from luoshi.terms.unit import counts_whole


@dataclass(frozen=True, slots=True)
class ReportRow:
    """填报行: what was typed for one commitment; keys are fields of the list ``report``."""

    commitment: str
    typed: Mapping[str, object] = field(default_factory=dict)


@act
def submit_reports(
    context: Context, plan: str, period: Period, body: str, rows: Sequence[ReportRow], *, dry_run: bool = False
) -> list[Entry]:
    """Report the month for some commitments of one body.

    Args:
        dry_run: everything is checked, nothing is recorded.

    Returns:
        The reports, now waiting for the unit head's signature; none of a dry run.

    Raises:
        Refused: the window is closed, a commitment is not the body's, or values are bad: every bad
            cell is named as ``<commitment>.<field>``, and nothing is recorded.
    """
    require_open(context, plan, period)
    held_draft(plan, period, body)
    commitments = held_all(context, [row.commitment for row in rows])
    identities = {row.commitment: report_id(row.commitment, period) for row in rows}
    lock(identities.values())
    known = entries.find_all(identities.values())
    files = _files_of(body, rows, known.values())
    before = last_values(plan, list(commitments), period)
    fed = fed_figures(plan, {name: entry.values for name, entry in commitments.items()}, period)
    changes: list[Change] = []
    errors: list[FieldError] = []
    for row, repeated in zip(rows, _repeated(body, rows, known, identities), strict=True):
        commitment = commitments[row.commitment]
        _require_reported(context, commitment, plan, body)
        asked = _with_fed(row, fed.get(row.commitment))
        typed, bad = checked_row(commitment, asked, before.get(row.commitment))
        bad += _unexplained(commitment, typed, fed.get(row.commitment))
        bad += [*_days_to_come(row, period), *_foreign_files(row, files)]
        _add_flags(typed, repeated)
        errors += bad
        if not bad:
            try:
                changes.append(_change(context, known.get(identities[row.commitment]), commitment, period, typed))
            except Refused as refused:
                errors += _named(row.commitment, refused.refusal)
    if errors:
        raise Refused(
            Refusal("acts.bad_rows", f"有{len(errors)}处需要修改，已填内容均已保留。", 422, errors=tuple(errors))
        )
    if dry_run:
        return []
    reported = append(changes, context.act_id)
    clear_draft(plan, period, body, list(commitments))
    tell_submitted(context, reported)
    return reported


def _require_reported(context: Context, commitment: Entry, plan: str, body: str) -> None:
    """Refuse what is no commitment of the plan, not the body's, or not at work.

    Raises:
        Refused: 409, or 403 when it is another body's.
    """
    if commitment.plan != plan or commitment.list not in COMMITMENTS:
        raise refuse("acts.not_of_plan", "这一事项不属于本计划，不能在这里填报。", 409, entry=commitment.id)
    require_own(context, commitment, plan, body)
    if commitment.state not in RATED_STATES:
        message = f"{quoted(str(commitment['indicator'] or commitment['name']))}未交办或已撤销，不需要填报。"
        raise refuse("acts.not_reported", message, 409, entry=commitment.id)


_OF_SYSTEM = ("fed_value", "fed_from")
_OF_FEEDS = (*_OF_SYSTEM, "override_reason")
"""What a report that was opened before lists could feed figures does not hold."""


def _with_fed(row: ReportRow, fed: FedFigure | None) -> ReportRow:
    """The row with the figure another list computes, where nothing else was typed."""
    typed = {name: content for name, content in row.typed.items() if name not in _OF_SYSTEM}
    if fed is None:
        return ReportRow(row.commitment, {**typed, "override_reason": None})
    typed["value"] = typed.get("value") or plain(Fraction(fed.value))
    typed |= {"fed_value": fed.value, "fed_from": fed.origin}
    return ReportRow(row.commitment, typed)


def _unexplained(commitment: Entry, typed: dict[str, object], fed: FedFigure | None) -> list[FieldError]:
    """A figure that is not the computed one needs a reason, and is flagged for those who sign and verify."""
    value = parse(definitions.current("report").fields["value"], typed.get("value"))
    if fed is None or not isinstance(value, Decimal):
        return []
    if value == fed.value:
        typed.pop("override_reason", None)
        return []
    unit = str(commitment["unit"] or "")
    said = f"{fed.origin}算出{plain(Fraction(fed.value))}{unit}，所填为{plain(Fraction(value))}{unit}"
    if not str(typed.get("override_reason") or "").strip():
        return [FieldError(f"{commitment.id}.override_reason", f"{said}，请写明改填的理由。")]
    _add_flags(typed, [said])
    return []


def _add_flags(typed: dict[str, object], said: Sequence[str]) -> None:
    typed["flags"] = "；".join(filter(None, [str(typed.get("flags") or ""), *said]))


def _files_of(body: str, rows: Sequence[ReportRow], known: Iterable[Entry]) -> frozenset[str]:
    """The files named in these rows that were kept for the body, or stand in its reports already; one query."""
    named = {str(key) for row in rows for key in _listed(row.typed.get("evidence"))}
    if not named:
        return frozenset()
    before = {str(key) for report in known for key in _listed(report["evidence"])}
    return frozenset(Evidence.objects.filter(pk__in=named, body=body).values_list("id", flat=True)) | before


def _repeated(
    body: str, rows: Sequence[ReportRow], known: Mapping[str, Entry], identities: Mapping[str, str]
) -> list[list[str]]:
    """Of each row, which of its files were sent before for something else."""
    reports = [known.get(identities[row.commitment]) for row in rows]
    files = [[str(key) for key in _listed(row.typed.get("evidence"))] for row in rows]
    held = [[str(key) for key in _listed(report["evidence"])] if report else [] for report in reports]
    return repeated_files(body, zip(files, held, strict=True))


def _foreign_files(row: ReportRow, own: frozenset[str]) -> list[FieldError]:
    """An error when a row names a file that is unknown or another body's."""
    if all(str(key) in own for key in _listed(row.typed.get("evidence"))):
        return []
    message = "佐证材料中有不是本单位上传的文件，请重新上传。"
    return [FieldError(f"{row.commitment}.evidence", message)]


def _listed(content: object) -> Sequence[object]:
    return content if isinstance(content, list | tuple) else [content] if content else []


def checked_row(commitment: Entry, row: ReportRow, before: Entry | None) -> tuple[dict[str, object], list[FieldError]]:
    """The typed cells, with what has to be there for this kind of commitment, and computed flags."""
    definition = definitions.current("report")
    typed = {name: content for name, content in row.typed.items() if content not in (None, "", ())}
    typed, bad = in_own_units(commitment, typed)
    errors = _named(row.commitment, _cell_errors(commitment, typed, bad))
    if not errors:
        value = parse(definition.fields["value"], typed.get("value"))
        errors = _named(row.commitment, _figure_errors(commitment, value, typed, before))
        if not errors and not isinstance(value, FieldError):
            typed["flags"] = "；".join(flags_of(commitment, value, typed, before))
    return typed, errors


def _days_to_come(row: ReportRow, period: Period) -> list[FieldError]:
    """An error for a node said to be done after the month that is reported."""
    days = claimed_days(row.typed.get("node"))
    message = f"第{{}}个节点的完成日期晚于{chinese_date(period.last)}，请在完成的月份填报。"
    return [
        FieldError(f"{row.commitment}.node", message.format(node), chinese_date(day))
        for node, day in days.items()
        if day and day > period.last
    ]


def _figure_errors(
    commitment: Entry, value: Value | FieldError, typed: Mapping[str, object], before: Entry | None
) -> Refusal:
    """What is wrong with figures that are numbers: below zero, or a total that fell and nobody says why."""
    base = parse(definitions.current("report").fields["base"], typed.get("base"))
    figures = {"value": value, "base": base}
    known = {name: figure for name, figure in figures.items() if not isinstance(figure, FieldError)}
    errors = impossible_figures(commitment, known)
    fall = unexplained_fall(commitment, known.get("value"), typed, before)
    return Refusal("acts.bad_row", "", 422, errors=tuple([*errors, fall] if fall and not errors else errors))


def _cell_errors(commitment: Entry, typed: Mapping[str, object], bad: Sequence[FieldError]) -> Refusal:
    errors = _unreadable(commitment, typed, bad)
    if commitment.list == "target" and "value" not in typed and not typed.get("problem"):
        errors.append(FieldError("value", "请填写本月累计数；确无数据的，请在“存在问题”中说明。"))
    if commitment.list == "task" and not typed.get("text"):
        errors.append(FieldError("text", "请填写进展情况。"))
    return Refusal("acts.bad_row", "", 422, errors=tuple(errors))


def wrong_cells(commitment: Entry, typed: Mapping[str, object]) -> list[FieldError]:
    """What of the typed cells cannot be so, each by its field; what is still missing is not wrong."""
    given, bad = in_own_units(commitment, {name: content for name, content in typed.items() if content})
    errors = _unreadable(commitment, given, bad)
    if errors:
        return errors
    fields = definitions.current("report").fields
    figures = {name: parse(fields[name], given[name]) for name in given if name in {"value", "base"}}
    known = {name: figure for name, figure in figures.items() if not isinstance(figure, FieldError)}
    return impossible_figures(commitment, known)


def _unreadable(commitment: Entry, typed: Mapping[str, object], bad: Sequence[FieldError]) -> list[FieldError]:
    definition = definitions.current("report")
    errors = list(bad)
    for name, content in typed.items():
        if name in definition.fields and name not in {error.field for error in bad}:
            parsed = parse(definition.fields[name], content)
            if isinstance(parsed, FieldError):
                unit = commitment["unit"] if name == "value" else None
                example = "12" if counts_whole(str(unit)) else "12.5"
                hint = f"单位是“{unit}”，如“{example}”或“{example}{unit}”。" if unit else ""
                errors.append(FieldError(name, parsed.message.replace("，不带单位。", "。") + hint, parsed.got))
    known = {str(node["id"]) for node in _rows(commitment["nodes"])}
    message = "没有序号为“{}”的节点，请填节点的序号。"
    unknown = [node for node in claimed_nodes(typed.get("node")) if node not in known]
    return errors + [FieldError("node", message.format(node), node) for node in unknown]


def _rows(value: Value) -> list[Mapping[str, Value]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, tuple) else []


def _named(commitment: str, refusal: Refusal) -> list[FieldError]:
    if not refusal.errors and refusal.id != "acts.bad_row":
        return [FieldError(f"{commitment}.", refusal.message)]
    return [FieldError(f"{commitment}.{error.field}", error.message, error.got) for error in refusal.errors]


def _change(
    context: Context, report: Entry | None, commitment: Entry, period: Period, typed: Mapping[str, object]
) -> Change:
    if report is None:
        fixed = {"commitment": commitment.id, "period": str(period), "body": commitment["lead_body"]}
        birth = Birth(report_id(commitment.id, period), commitment.plan)
        return decided(context, definitions.current("report"), birth, "submit", {**typed, **fixed})
    cleared: dict[str, object] = dict.fromkeys(definition_of(report).moves["resubmit"].sets)
    known = {name: cell for name, cell in typed.items() if name in cleared or name not in _OF_FEEDS}
    return decided(context, definition_of(report), report, "resubmit", {**cleared, **known})
