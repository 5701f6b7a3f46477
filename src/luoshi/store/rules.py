"""Light rule sets and league rules of the packs, read once."""

from __future__ import annotations

from functools import lru_cache

from django.core.exceptions import ImproperlyConfigured

from luoshi.assessment.league_rules import LeagueRules, read_league_rules
from luoshi.assessment.read_rules import read_rule_set
from luoshi.assessment.rule_set import RuleSet
from luoshi.store.definitions import pack_files


@lru_cache(maxsize=64)
def rule_set(name: str) -> RuleSet:
    """The light rule set of this name; the county's own file wins over the shipped one.

    Raises:
        ImproperlyConfigured: there is none, or it has errors.
    """
    rules, findings = read_rule_set(_text("light", name), f"light/{name}.yaml")
    if rules is None:
        raise ImproperlyConfigured("亮灯规则有误，未启用：\n" + "\n".join(map(str, findings)))
    return rules


@lru_cache(maxsize=64)
def league_rules(name: str) -> LeagueRules:
    """The rules of a league table.

    Raises:
        ImproperlyConfigured: there are none of that name, or they have errors.
    """
    rules, findings = read_league_rules(_text("league", name), f"league/{name}.yaml")
    if rules is None:
        raise ImproperlyConfigured("晾晒规则有误，未启用：\n" + "\n".join(map(str, findings)))
    return rules


def _text(kind: str, name: str) -> str:
    paths = pack_files(kind).get(name)
    if not paths:
        raise ImproperlyConfigured(f"没有名为“{name}”的规则（{kind}）。")
    return paths[-1].read_text("utf-8")
