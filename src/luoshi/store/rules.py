"""Light rule sets and league rules of the packs, read once for each wording of their file."""

from __future__ import annotations

from functools import lru_cache

from django.core.exceptions import ImproperlyConfigured

from luoshi.assessment.league_rules import LeagueRules, read_league_rules
from luoshi.assessment.read_rules import read_rule_set
from luoshi.assessment.rule_set import RuleSet
from luoshi.store.definitions import pack_files


def rule_set(name: str) -> RuleSet:
    """The light rule set of this name as its file says now; the county's own file wins over the shipped one.

    Raises:
        ImproperlyConfigured: there is none, or it has errors.
    """
    return _rule_set(name, _text("light", name))


@lru_cache(maxsize=64)
def _rule_set(name: str, text: str) -> RuleSet:
    rules, findings = read_rule_set(text, f"light/{name}.yaml")
    if rules is None:
        raise ImproperlyConfigured("亮灯规则有误，未启用：\n" + "\n".join(map(str, findings)))
    return rules


def league_rules(name: str) -> LeagueRules:
    """The rules of a league table as their file says now.

    Raises:
        ImproperlyConfigured: there are none of that name, or they have errors.
    """
    return _league_rules(name, _text("league", name))


@lru_cache(maxsize=64)
def _league_rules(name: str, text: str) -> LeagueRules:
    rules, findings = read_league_rules(text, f"league/{name}.yaml")
    if rules is None:
        raise ImproperlyConfigured("晾晒规则有误，未启用：\n" + "\n".join(map(str, findings)))
    return rules


def _text(kind: str, name: str) -> str:
    paths = pack_files(kind).get(name)
    if not paths:
        raise ImproperlyConfigured(f"没有名为“{name}”的规则（{kind}）。")
    try:
        return paths[-1].read_text("utf-8")
    except UnicodeDecodeError:
        raise ImproperlyConfigured(f"{kind}/{name}.yaml不是UTF-8编码。") from None
