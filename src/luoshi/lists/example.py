"""样例: entries a pack brings along, moved on paper through its own definition, with what must come out.

A pack proves itself with them (``luoshi check``), a county's own list as well as a shipped one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from luoshi.lists.clock import WorkingDay
from luoshi.lists.definition import Definition
from luoshi.lists.entry import Change, Entry, Moment, county_of
from luoshi.lists.formula.parameter import NoParameter
from luoshi.lists.formula.reckoning import TooLarge, read_as
from luoshi.lists.formula.tree import Worth
from luoshi.lists.move import Birth, Circumstances, apply, decide
from luoshi.lists.row import row_of
from luoshi.lists.sealed import Ballot, ballot_list, counted_values, refused_count, refused_list
from luoshi.lists.value import show
from luoshi.lists.written import read_written
from luoshi.people.actor import Actor
from luoshi.people.role import Role
from luoshi.people.roster import Body, Post, Roster
from luoshi.terms.finding import Finding, Level, has_errors
from luoshi.terms.refusal import Refusal

_PLAN = "000000-2023"


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """样例结果: the entries as they stand after the last move, and every expectation that was not met."""

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]


def run_example(
    definition: Definition, data: Mapping[str, Any], name: str, is_working_day: WorkingDay
) -> ExampleResult:
    """Move the entries of an example and compare with what it expects.

    Args:
        data: as ``read_example`` gives it.
        name: the file's name, for the findings.
    """
    runner = _Runner(definition, name, is_working_day, _roster(data))
    items = [item for item in data.get("entries", ()) for _ in range(int(item.get("times", 1)))]
    entries = [runner.moved(item, index) for index, item in enumerate(items)]
    runner.compare([entry for entry in entries if entry], {**data, "entries": items})
    return ExampleResult(tuple(entry for entry in entries if entry), tuple(runner.findings))


def read_example(text: str, name: str) -> tuple[Mapping[str, Any] | None, tuple[Finding, ...]]:
    """The example a YAML text spells out, or None, and what is wrong with its writing."""
    written, findings = read_written(text, name, "example.json")
    data = written.data if isinstance(written.data, Mapping) and not has_errors(findings) else None
    return data, findings


def _roster(data: Mapping[str, Any]) -> Roster:
    written = data.get("bodies", {"office": "办公室"})
    said = {code: body if isinstance(body, dict) else {"name": str(body)} for code, body in written.items()}
    return Roster.of([Body(str(code), **body) for code, body in said.items()])


class _Runner:
    def __init__(self, definition: Definition, name: str, is_working_day: WorkingDay, roster: Roster) -> None:
        self.definition, self.name, self.is_working_day, self.roster = definition, name, is_working_day, roster
        self.findings: list[Finding] = []

    def said(self, where: str, message: str) -> None:
        self.findings.append(Finding("lists.E011", Level.ERROR, f"{self.name} {where}", message))

    def moved(self, item: Mapping[str, Any], index: int) -> Entry | None:
        """The entry after its moves; a move may be expected to be refused."""
        identity = str(item.get("id", index + 1))
        entry: Entry | None = None
        for move in item.get("moves", ()):
            subject = entry or Birth(f"{self.definition.name}:{identity}", _PLAN)
            found = self.found(subject, move)
            wanted = str(move.get("refused", ""))
            if isinstance(found, Refusal):
                if found.id != wanted:
                    self.said(identity, f"动作“{move['move']}”被拒绝：{found.message}")
            elif wanted:
                self.said(identity, f"动作“{move['move']}”本应被拒绝（{wanted}）。")
            else:
                entry = apply(entry, found)
        if entry:
            self.expected(identity, entry, item.get("expect", {}))
        return entry

    def found(self, subject: Entry | Birth, move: Mapping[str, Any]) -> Change | Refusal:
        """What the move would change; the ballots of a sealed vote are listed with the move that counts them."""
        typed, sealed = dict(move.get("set", {})), self.definition.sealed
        name, on = str(move["move"]), self.circumstances(move)
        if sealed and name == sealed.opens:
            choices = [str(choice) for choice in move.get("choices", ())]
            refusal = refused_list(self.definition, choices)
            typed[sealed.totals] = ballot_list(choices)
            if refusal:
                return refusal
        if sealed and name == sealed.closes and isinstance(subject, Entry):
            ballots = _ballots(move.get("ballots", ()))
            voters = [ballot.key for ballot in ballots]
            refusal = refused_count(self.definition, subject, ballots, voters, on.moment.occurred_on)
            if refusal:
                return refusal
            typed |= counted_values(sealed, subject, ballots, voters, salt=name)
        return decide(self.definition, subject, name, typed, on, str(move.get("reason", "")))

    def circumstances(self, move: Mapping[str, Any]) -> Circumstances:
        """Who acts (``by``, else the role's name) in which role (``as``) of which body, on which day."""
        on = date.fromisoformat(str(move["on"]))
        role = Role(str(move.get("as", Role.SUPERVISOR)))
        account = str(move.get("by", role))
        body = str(move.get("of", next(iter(self.roster.bodies))))
        actor = Actor(account, account, (Post(f"post:{account}", body, role, holder=account),))
        moment = Moment(on, datetime(on.year, on.month, on.day, 9, tzinfo=UTC))
        return Circumstances(actor, moment, self.roster, self.is_working_day, county_of(_PLAN))

    def expected(self, identity: str, entry: Entry, expect: Mapping[str, Any]) -> None:
        """State, fields and clocks of one entry."""
        if "state" in expect and entry.state != expect["state"]:
            self.said(identity, f"状态应为“{expect['state']}”，实为“{entry.state}”。")
        for name, wanted in expect.get("clocks", {}).items():
            clock = entry.clocks.get(name)
            self.same(identity, f"时限“{name}”的到期日", wanted, clock.due_on.isoformat() if clock else "没有开始")
        for name, wanted in expect.get("fields", {}).items():
            field = self.definition.fields.get(name)
            self.same(identity, f"栏目“{name}”", wanted, show(field, entry[name]) if field else "没有这一栏")

        if self.definition.sealed:
            rows = entry[self.definition.sealed.totals]
            votes = (
                {str(row["choice"]): row for row in rows if isinstance(row, Mapping)} if isinstance(rows, tuple) else {}
            )
            for name, wanted in expect.get("votes", {}).items():
                self.same(identity, f"“{name}”的得票", wanted, str(votes.get(name, {}).get("votes")))

    def same(self, where: str, what: str, wanted: object, got: str) -> None:
        if str(wanted) != got:
            self.said(where, f"{what}应为{wanted}，实为{got}。")

    def compare(self, entries: list[Entry], data: Mapping[str, Any]) -> None:
        """The computed columns of each entry and the measures over all."""
        reckoning = self.definition.reckoning
        if not (reckoning.formulas or reckoning.measures) or "as_of" not in data:
            return
        as_of = date.fromisoformat(str(data["as_of"]))
        try:
            rows = reckoning.with_formulas([self.row(entry, data.get("referenced", {})) for entry in entries], as_of)
            measures = reckoning.measured(rows, as_of)
        except (NoParameter, TooLarge) as error:
            self.said("", str(error))
            return
        for item, row in zip(data.get("entries", ()), rows, strict=False):
            for name, wanted in item.get("expect", {}).get("formulas", {}).items():
                formula = next((each for each in reckoning.formulas if each.name == name), None)
                got = read_as(row[name], formula) if formula else "没有这一计算栏"
                self.same(str(item.get("id", "")), f"计算栏“{name}”", wanted, got)
        for name, wanted in data.get("measures", {}).items():
            got = measures[name].shown if name in measures else "没有这一指标"
            self.same("", f"指标“{name}”", wanted, got)

    def row(self, entry: Entry, referenced: Mapping[str, Any]) -> dict[str, Worth]:
        """The entry as a row, with what the example says of the entries it refers to."""
        row = row_of(entry)
        for field in self.definition.fields.values():
            other = referenced.get(str(entry[field.name]), {}) if field.type == "reference" else {}
            row |= {f"{field.name}.{name}": _literal(str(text)) for name, text in other.items()}
        return row


def _ballots(written: Any) -> list[Ballot]:
    marks = [tuple(map(str, one["marks"])) for one in written for _ in range(int(one.get("times", 1)))]
    return [Ballot(f"{at:04d}", each) for at, each in enumerate(marks)]


def _literal(text: str) -> Worth:
    try:
        return Fraction(text)
    except ValueError:
        return text
