"""台账导入: a ledger kept in Excel until now: its columns mapped once, its rows matched, its figures laid as drafts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from luoshi.acts.assignment_proposal import adopted, standing
from luoshi.acts.context import Context, act, refuse
from luoshi.acts.handle_reports import correct_report
from luoshi.acts.import_month import lay_month
from luoshi.acts.import_reports import Comparison, CrossedCell, DraftImport, Wish, same
from luoshi.acts.ledger_figures import stated_figures
from luoshi.acts.ledger_workbook import (
    LEFT_OUT,
    LedgerTable,
    other_months,
    read_ledger,
    report_cells,
    responsibility_rows,
    roles,
)
from luoshi.acts.month_window import is_open, sheet_key
from luoshi.acts.report_workbook import FilledSheet
from luoshi.acts.responsibility_row import to_plain
from luoshi.acts.row_matching import RowMatch, match_rows
from luoshi.document.load import load
from luoshi.lists.entry import Entry, county_of
from luoshi.people.role import Role
from luoshi.store.entries import find, find_all
from luoshi.store.models import DocumentRow, Draft
from luoshi.store.reports import in_own_units
from luoshi.terms.finding import has_errors
from luoshi.terms.period import Period
from luoshi.terms.refusal import FieldError, Refusal, Refused

_CORRECTABLE = ("value", "base", "text", "problem", "next_step")


@dataclass(frozen=True, slots=True)
class LedgerReview:
    """台账复核: a ledger with the roles of its columns, whether a person chose them, and the matches of its rows."""

    table: LedgerTable
    chosen: Mapping[int, str]
    is_mapped: bool
    matches: Mapping[str, RowMatch]
    words: Mapping[str, str]
    cells: Mapping[str, Mapping[str, str]]
    decided: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LedgerImport:
    """台账导入结果: what came into drafts, which accepted reports say otherwise, and which rows belong to nothing."""

    done: DraftImport
    corrections: tuple[CrossedCell, ...]
    unmatched: tuple[str, ...]
    review: LedgerReview


@act
def keep_ledger(context: Context, plan: str, name: str, content: bytes) -> str:
    """Keep a ledger's file, and how its columns were mapped; a file kept before keeps what was decided about it.

    Returns:
        The file's hash.

    Raises:
        Refused: the actor is no supervisor, the plan is unknown, or it is no workbook with a row of heads.
    """
    _require_supervisor(context, plan)
    read_ledger(content, saved_roles(context.county))
    document = load(content, name)
    if has_errors(document.findings):
        errors = tuple(FieldError("file", finding.message + finding.hint) for finding in document.findings)
        raise Refused(Refusal("acts.unreadable_document", errors[0].message, 422, errors=errors))
    known = DocumentRow.objects.filter(sha256=document.sha256).first()
    if known is None:
        DocumentRow.objects.create(
            sha256=document.sha256, plan=plan, name=name[:200], title=document.called[:200], content=content,
            text=document.text, reading="", review="{}", uploaded_by=context.actor.account, uploaded_at=context.now,
        )  # fmt: skip
    elif known.plan != plan:
        raise refuse("acts.document_elsewhere", "这份文件已由其他计划导入。", 409)
    fresh = {"content": "{}", "saved_by": context.actor.account, "saved_at": context.now}
    Draft.objects.get_or_create(sheet=_sheet(plan, document.sha256), body="", defaults=fresh)
    return document.sha256


def kept_ledgers(plan: str) -> list[str]:
    """The hashes of the ledgers that were taken in, the newest first."""
    start = _sheet(plan, "")
    rows = Draft.objects.filter(sheet__startswith=start, body="").order_by("-saved_at")
    return [sheet.removeprefix(start) for sheet in rows.values_list("sheet", flat=True)]


def saved_roles(county: str) -> dict[str, str]:
    """The roles people of a county chose for columns, by head."""
    row = Draft.objects.filter(sheet=f"ledger-columns:{county}", body="").first()
    found: dict[str, str] = orjson.loads(row.content) if row else {}
    return found


@act
def map_columns(context: Context, plan: str, digest: str, chosen: Mapping[int, str], place: tuple[str, int]) -> None:
    """Keep what each column is used as, for this ledger and for the next one with the same heads.

    Args:
        chosen: the role by the column's place; empty for one that is not read.
        place: the sheet and the row of the heads.

    Raises:
        Refused: the actor is no supervisor, there is no such ledger or role, two columns hold the same figure, or
            none says what a row is about.
    """
    _require_supervisor(context, plan)
    table = read_ledger(_content(plan, digest), saved_roles(context.county), *place)
    if set(chosen.values()) - {LEFT_OUT} - roles().keys():
        raise refuse("acts.unknown_role", "没有这种用途的栏目。", 422)
    labels = {role: str(each["label"]) for role, each in roles().items()}
    errors = []
    if "task" not in chosen.values():
        errors.append(FieldError("columns", "请选定哪一栏写的是事项。"))
    doubled = [role for role in _CORRECTABLE if list(chosen.values()).count(role) > 1]
    errors += [FieldError("columns", f"有两栏都选作“{labels[role]}”，请只留一栏。") for role in doubled]
    if errors:
        raise Refused(Refusal("acts.bad_columns", errors[0].message, 422, errors=tuple(errors)))
    names = {column.index: column.name for column in table.columns}
    learnt = {names[at]: role for at, role in chosen.items() if names.get(at)}
    columns = f"ledger-columns:{context.county}"
    _save(context, columns, {**_held(context, columns), **learnt})
    kept = _kept(plan, digest, is_held=True)
    content = {**kept, "sheet": table.title, "head": table.head, "chosen": {str(at): r for at, r in chosen.items()}}
    _save(context, _sheet(plan, digest), content)


@act
def decide_matches(context: Context, plan: str, digest: str, decided: Mapping[str, str]) -> None:
    """Keep which commitment a person chose for rows; an empty one leaves the row out.

    Raises:
        Refused: the actor is no supervisor, or there is no such ledger.
    """
    _require_supervisor(context, plan)
    kept = _kept(plan, digest, is_held=True)
    _save(context, _sheet(plan, digest), {**kept, "decided": {**kept.get("decided", {}), **decided}})


def review_ledger(context: Context, plan: str, digest: str, place: tuple[str, int] | None = None) -> LedgerReview:
    """A ledger as it was mapped, or as it is suggested to be, with its rows matched to commitments at work.

    Raises:
        Refused: the actor is no supervisor, or there is no such ledger.
    """
    _require_supervisor(context, plan)
    kept = _kept(plan, digest)
    at = place or (str(kept.get("sheet", "")), int(kept.get("head", 0)))
    table = read_ledger(_content(plan, digest), saved_roles(context.county), *at)
    is_mapped = "chosen" in kept and place is None
    suggested = {column.index: column.role for column in table.columns}
    chosen = {int(at): role for at, role in kept["chosen"].items()} if is_mapped else suggested
    decided: dict[str, str] = kept.get("decided", {})
    rows = responsibility_rows(table, chosen) if is_mapped else []
    meant = [entry for entry in standing(plan).values() if entry.state == "assigned" and entry["kind"] != "task"]
    words = {row.key: row.words for row in rows}
    cells = report_cells(table, chosen) if is_mapped else {}
    return LedgerReview(table, chosen, is_mapped, match_rows(rows, decided, adopted(meant)), words, cells, decided)


@act
def import_ledger(
    context: Context, plan: str, digest: str, period: Period, read: Callable[[], Mapping[str, Any]], wish: Wish
) -> LedgerImport:
    """Lay what a ledger says into the drafts of the units for a month; nothing is submitted, nothing accepted.

    What units typed or submitted is never overwritten. Accepted reports that say otherwise are only named; each is
    corrected by ``correct_by_ledger`` as a person chooses.

    Raises:
        Refused: as ``review_ledger``; the columns were not mapped; or bad cells, unless the good ones are to be taken.
    """
    review = review_ledger(context, plan, digest)
    if not review.is_mapped:
        raise refuse("acts.not_mapped", "请先选定各栏的用途。", 409)
    others = other_months(review.table, review.chosen, period.last.month)
    if others:
        message = f"栏目“{'”“'.join(others)}”写的不是{period.label}的数，没有导入。请选那个月，或把这一栏改作不导入。"
        raise refuse("acts.other_month", message, 409)
    is_open(context, plan, str(period))  # held, so that the window does not close meanwhile
    list(Draft.objects.select_for_update().filter(sheet=sheet_key(plan, period)).order_by("body"))
    lines = {line["id"]: line for line in read()["rows"]}
    places = {role: at for at, role in review.chosen.items() if role}
    filled = FilledSheet(places=places, notes=list(review.table.notes))
    corrections: list[CrossedCell] = []
    unmatched = []
    entries = find_all(list(lines))
    stated = _stated(review, entries, period, filled)
    for key, match in review.matches.items():
        number, cells = int(key[1:]), review.cells.get(key, {})
        if match.entry in entries:
            cells = _in_units(entries[match.entry], cells)
        line = lines.get(match.entry)
        if line is None:
            is_left = review.decided.get(key) == LEFT_OUT and key in review.decided
            unmatched += [] if is_left else [_unmatched(number, review, key, period)]
        elif line["report_state"] in {"accepted", "unverified"}:
            corrections += _corrections(filled, number, line, cells)
        else:
            cells = {**cells, **({"value": stated[key]} if key in stated else {})}
            filled.rows.append((number, {"id": match.entry, **cells}))
            laid = line["laid"]
            filled.bases[match.entry] = {name: str(line[name]) if name in laid else "" for name in cells}
    done = lay_month(context, plan, period, Comparison(filled, lines), wish)
    return LedgerImport(done, tuple(corrections), tuple(unmatched), review)


def _stated(review: LedgerReview, entries: Mapping[str, Entry], period: Period, filled: FilledSheet) -> dict[str, str]:
    """Figures read from the words of a ledger that has no column for them, each told so that it is looked at."""
    if "value" in review.chosen.values():
        return {}
    meant = {key: entries[match.entry] for key, match in review.matches.items() if match.entry in entries}
    texts = {key: cells["text"] for key, cells in review.cells.items() if "text" in cells}
    found = stated_figures(texts, meant, period)
    filled.notes += [f"第{key[1:]}行从“{one.quote}”读出本月累计{one.value}，请核对。" for key, one in found.items()]
    return {key: one.value for key, one in found.items()}


def _in_units(entry: Entry, cells: Mapping[str, str]) -> dict[str, str]:
    """The cells with their figures in the commitment's unit, where they can be brought into it."""
    typed, _ = in_own_units(entry, cells)
    return {name: str(text) for name, text in typed.items()}


def _unmatched(number: int, review: LedgerReview, key: str, period: Period) -> str:
    words, match = review.words[key], review.matches[key]
    if match.entry:
        return f"第{number}行“{words[:30]}”：配对的事项不在{period.label}应报之列。"
    best = match.candidates[0].adopted if match.candidates else None
    rival = best and next((other for other, one in review.matches.items() if one.entry == best.id), None)
    if best and rival:
        return f"第{number}行“{words[:30]}”：最像“{best.name}”，但第{rival[1:]}行已对上它，一项只取一行。"
    near = "、".join(f"“{one.adopted.name}”{_because(one.reasons)}" for one in match.candidates[:2])
    return f"第{number}行“{words[:30]}”：没有把握对应哪一项{f'，较像的有{near}' if near else ''}。"


def _because(reasons: Sequence[str]) -> str:
    return f"（{reasons[0].rstrip('。')}）" if reasons else ""


def _corrections(
    filled: FilledSheet, number: int, line: Mapping[str, Any], cells: Mapping[str, str]
) -> list[CrossedCell]:
    """What a ledger says otherwise than an accepted report."""
    found = []
    for name, text in cells.items():
        stands = str(line[name] or "")
        if name in _CORRECTABLE and not line.get("fed") and not same(text, stands):
            report = str(line["report"])
            found.append(CrossedCell(report, name, filled.place(number, name), str(line["name"]), "", stands, text))
    return found


@act
def correct_by_ledger(context: Context, plan: str, chosen: Sequence[CrossedCell], reason: str) -> int:
    """Correct accepted reports to what the ledger says, as the supervisor chose cell by cell.

    Returns:
        How many reports were corrected.

    Raises:
        Refused: no reason; a report changed since it was shown; or as ``correct_report``; none is corrected.
    """
    _require_supervisor(context, plan)
    by_report: dict[str, dict[str, object]] = {}
    versions: dict[str, int] = {}
    for one in chosen:
        report = find(one.commitment)
        stands = report and report[one.cell] if one.cell in _CORRECTABLE else None
        if report is None or report.plan != plan or one.cell not in _CORRECTABLE:
            raise refuse("acts.not_to_fill", f"{one.where}不能更正，请刷新后再看。", 409)
        if not same("" if stands is None else str(stands), one.stands):
            raise refuse("acts.changed_meanwhile", f"“{one.called}”刚有变动，请重新检查后再更正。", 409)
        by_report.setdefault(one.commitment, {})[one.cell] = one.filled
        versions.setdefault(one.commitment, report.version)
    for name, typed in by_report.items():
        correct_report(context, name, typed, reason, versions[name])
    return len(by_report)


@act
def hand_over_assignments(context: Context, plan: str, digest: str) -> None:
    """Give who answers for what, as the mapped ledger says it, to the review of decomposition tables.

    Raises:
        Refused: as ``review_ledger``; the columns were not mapped; or no column names bodies.
    """
    review = review_ledger(context, plan, digest)
    rows = responsibility_rows(review.table, review.chosen) if review.is_mapped else []
    if not any(row.bodies for row in rows):
        raise refuse("acts.no_responsibilities", "台账里没有选定写单位的栏目，不能据以交办。", 422)
    sheet = f"assign:{plan}:{digest}"
    _save(context, sheet, {**_held(context, sheet), "rows": to_plain(rows)})


def _sheet(plan: str, digest: str) -> str:
    return f"ledger:{plan}:{digest}"


def _kept(plan: str, digest: str, *, is_held: bool = False) -> dict[str, Any]:
    """What was decided about a ledger; held until the act ends when it will be written, so that nothing is lost."""
    rows = Draft.objects.select_for_update() if is_held else Draft.objects.all()
    row = rows.filter(sheet=_sheet(plan, digest), body="").first()
    if row is None:
        raise refuse("acts.unknown_document", "没有这份文件。", 404)
    found: dict[str, Any] = orjson.loads(row.content)
    return found


def _content(plan: str, digest: str) -> bytes:
    row = DocumentRow.objects.filter(sha256=digest, plan=plan).only("content").first()
    if row is None:
        raise refuse("acts.unknown_document", "没有这份文件。", 404)
    return bytes(row.content)


def _held(context: Context, sheet: str) -> dict[str, Any]:
    """What is kept under a sheet, held until the act ends; begun empty when nothing is, so that there is what to hold."""
    fresh = {"content": "{}", "saved_by": context.actor.account, "saved_at": context.now}
    Draft.objects.get_or_create(sheet=sheet, body="", defaults=fresh)
    found: dict[str, Any] = orjson.loads(Draft.objects.select_for_update().get(sheet=sheet, body="").content)
    return found


def _save(context: Context, sheet: str, content: Mapping[str, Any]) -> None:
    written = {"content": orjson.dumps(content).decode(), "saved_by": context.actor.account, "saved_at": context.now}
    Draft.objects.update_or_create(sheet=sheet, body="", defaults=written)


def _require_supervisor(context: Context, plan: str) -> None:
    if not context.actor.has(Role.SUPERVISOR):
        raise refuse("acts.no_ledger_import", "台账由督查室导入。", 403)
    if find(f"plan:{plan}") is None or county_of(plan) != context.county:
        raise refuse("acts.unknown_plan", "没有这一计划。", 404, plan=plan)
