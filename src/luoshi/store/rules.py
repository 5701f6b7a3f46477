"""Light, league and appraisal rules: as their files say now, and in the wording a month was opened with.

Opening a month fixes the rules it is judged by: their text is kept under its hash, and the plan says since which month
each wording is in use. What is changed in a file afterwards is another wording, for months opened later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

from luoshi.assessment.league_rules import LeagueRules, read_league_rules
from luoshi.assessment.read_rules import read_rule_set
from luoshi.assessment.rule_set import RuleSet
from luoshi.lists.entry import Entry, Value
from luoshi.store.definitions import pack_files
from luoshi.store.models import StoredRules
from luoshi.terms.finding import Finding
from luoshi.terms.period import Period

LIGHT, LEAGUE = "light", "league"
DEFAULT = "five-colour"
Rules = RuleSet | LeagueRules
_R = TypeVar("_R", RuleSet, LeagueRules)
_CALLED = {LIGHT: "亮灯规则", LEAGUE: "晾晒规则"}


def rule_set(name: str) -> RuleSet:
    """The light rule set of this name as its file says now; the county's own file wins over the shipped one.

    Raises:
        ImproperlyConfigured: there is none, or it has errors.
    """
    return _rule_set(name, _text(LIGHT, name))


def league_rules(name: str) -> LeagueRules:
    """The rules of a league table as their file says now.

    Raises:
        ImproperlyConfigured: there are none of that name, or they have errors.
    """
    return _league_rules(name, _text(LEAGUE, name))


def light_rules_of(plan: Entry | None, period: Period | None) -> RuleSet:
    """The light rules a plan is judged by in a month: those it was opened with; for no such month, today's."""
    row = in_force(plan, LIGHT, period)
    if row is not None:
        return _rule_set(row["name"], _wording(row))
    return rule_set(str((plan and plan["light_rules"]) or DEFAULT))


def league_rules_of(plan: Entry | None, period: Period | None, league: str) -> LeagueRules | None:
    """The rules of a league in a month; None for one that the month was not opened with."""
    row = in_force(plan, LEAGUE, period, league)
    if row is not None:
        return _league_rules(league, _wording(row))
    return None if _is_fixed(plan, period) else league_rules(league)


def league_names(plan: Entry | None, period: Period | None) -> list[str]:
    """The leagues of a month: those it was opened with; for no such month, those of the packs."""
    if not _is_fixed(plan, period):
        return sorted(pack_files(LEAGUE))
    rows = [row for row in _fixed(plan) if row["kind"] == LEAGUE]
    return sorted({row["name"] for row in rows if period is None or row["since"] <= str(period)})


def in_force(plan: Entry | None, kind: str, period: Period | None, name: str = "") -> Mapping[str, str] | None:
    """The line of the plan that says which wording of a kind of rules is in use in a month; None when none was fixed."""
    rows = [row for row in _fixed(plan) if row["kind"] == kind and (not name or row["name"] == name)]
    shown = [row for row in rows if period is None or row["since"] <= str(period)]
    return shown[-1] if shown else None


def fix_rules(plan: Entry, period: Period) -> list[dict[str, Value]]:
    """Keep the wording of all rules a month is opened with.

    A file that is valid only from a later day does not count yet: the wording before it stays in use.

    Returns:
        What the plan then says about its rules: the lines before, and a line for each wording that is new.

    Raises:
        ImproperlyConfigured: rules with errors, or none that are valid in that month.
    """
    rows = [dict(row) for row in _fixed(plan)]
    wanted = [(LIGHT, str(plan["light_rules"] or DEFAULT)), *((LEAGUE, name) for name in sorted(pack_files(LEAGUE)))]
    for kind, name in wanted:
        text = _text(kind, name)
        rules, former = _READ[kind](name, text), in_force(plan, kind, period, name if kind == LEAGUE else "")
        if rules.valid_from and rules.valid_from > period.start:
            _require_former(former, kind, name, rules, period)
            continue
        if former is not None and (former["name"], former["version"]) == (name, rules.version):
            continue
        _require_new_edition(former, name, rules)
        StoredRules.objects.get_or_create(version=rules.version, defaults={"kind": kind, "name": name, "text": text})
        rows.append(
            {"kind": kind, "name": name, "version": rules.version, "edition": rules.edition, "since": str(period)}
        )
    return [dict(row) for row in rows]


def altered_rules() -> Iterator[StoredRules]:
    """The kept wordings that no longer are what they were kept as."""
    for row in StoredRules.objects.order_by("version").iterator(chunk_size=100):
        if hashlib.sha256(row.text.encode()).hexdigest()[:16] != row.version:
            yield row


def silent_changes() -> Iterator[tuple[str, str, str]]:
    """Kind, name and edition of the files whose text changed since a month was opened with it, but not their edition."""
    kept: dict[tuple[str, str], dict[str, str]] = {}
    for row in StoredRules.objects.order_by("taken_at", "version"):
        kept.setdefault((row.kind, row.name), {})[row.version] = row.text
    for (kind, name), texts in kept.items():
        if kind not in _READ or name not in pack_files(kind):
            continue
        try:
            rules = _READ[kind](name, _text(kind, name))
        except ImproperlyConfigured:  # said by the check itself
            continue
        former = {_READ[kind](name, text).edition for text in texts.values()}
        if rules.version not in texts and rules.edition and rules.edition in former:
            yield kind, name, rules.edition


def _require_former(former: Mapping[str, str] | None, kind: str, name: str, rules: Rules, period: Period) -> None:
    if former is None or former["name"] != name:
        day = f"{rules.valid_from:%Y-%m-%d}"
        message = f"{_CALLED[kind]}“{name}”自{day}起施行，{period.label}在此之前，没有可用的规则。"
        raise ImproperlyConfigured(message)


def _require_new_edition(former: Mapping[str, str] | None, name: str, rules: Rules) -> None:
    """Two wordings of one name are told apart by their edition, so that a rating can name the one it was made by."""
    if former and rules.edition and (former["name"], former["edition"]) == (name, rules.edition):
        raise ImproperlyConfigured(
            f"“{rules.label}”的内容改了，版次仍是“{rules.edition}”。请在文件中写明新的版次（edition）和施行日期（valid_from）。"
        )


def _fixed(plan: Entry | None) -> list[Mapping[str, str]]:
    rows = plan["rules"] if plan is not None else None
    columns = ("kind", "name", "version", "edition", "since")
    found = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, tuple) else []
    return [{column: str(row.get(column) or "") for column in columns} for row in found]


def _is_fixed(plan: Entry | None, period: Period | None) -> bool:
    return in_force(plan, LIGHT, period) is not None


def _wording(row: Mapping[str, str]) -> str:
    return _kept(row["kind"], row["name"], row["version"])


@lru_cache(maxsize=256)
def _kept(kind: str, name: str, version: str) -> str:
    """A wording by its hash: from the file while that says the same, else as it was kept."""
    paths = pack_files(kind).get(name)
    for text in [paths[-1].read_text("utf-8")] if paths else []:
        if hashlib.sha256(text.encode()).hexdigest()[:16] == version:
            return text
    return StoredRules.objects.get(version=version).text


_Reader = Callable[[str, str], tuple[_R | None, tuple[Finding, ...]]]


def _read(kind: str, reader: _Reader[_R], name: str, text: str) -> _R:
    rules, findings = reader(text, f"{kind}/{name}.yaml")
    if rules is None:
        raise ImproperlyConfigured(f"{_CALLED[kind]}有误，未启用：\n" + "\n".join(map(str, findings)))
    return rules


@lru_cache(maxsize=64)
def _rule_set(name: str, text: str) -> RuleSet:
    return _read(LIGHT, read_rule_set, name, text)


@lru_cache(maxsize=64)
def _league_rules(name: str, text: str) -> LeagueRules:
    return _read(LEAGUE, read_league_rules, name, text)


_READ: Mapping[str, Callable[[str, str], Rules]] = {LIGHT: _rule_set, LEAGUE: _league_rules}


def _text(kind: str, name: str) -> str:
    paths = pack_files(kind).get(name)
    if not paths:
        raise ImproperlyConfigured(f"没有名为“{name}”的规则（{kind}）。")
    try:
        return paths[-1].read_text("utf-8")
    except UnicodeDecodeError:
        raise ImproperlyConfigured(f"{kind}/{name}.yaml不是UTF-8编码。") from None
