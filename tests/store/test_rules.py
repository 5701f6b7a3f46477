"""Rules of the packs: the county's own file wins, and a changed file counts at once."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from luoshi.store.definitions import SHIPPED
from luoshi.store.rules import league_rules, rule_set


@pytest.fixture
def own(settings, tmp_path):
    """The folder of a county's own rules."""
    settings.LUOSHI_HOME = str(tmp_path)
    for kind in ("light", "league"):
        (tmp_path / "packs" / "yunling" / kind).mkdir(parents=True)
    return tmp_path / "packs" / "yunling"


def test_a_countys_own_rule_set_wins_and_is_taken_up_when_it_changes(own):
    shipped = rule_set("five-colour")
    text = (SHIPPED / "national" / "light" / "five-colour.yaml").read_text("utf-8")
    (own / "light" / "five-colour.yaml").write_text(text.replace("五色图（默认）", "五色图（本县）"), "utf-8")
    assert rule_set("five-colour").label == "五色图（本县）"
    assert rule_set("five-colour").version != shipped.version
    (own / "light" / "five-colour.yaml").unlink()
    assert rule_set("five-colour") == shipped


def test_a_countys_own_league_wins(own):
    text = (SHIPPED / "national" / "league" / "zone-investment.yaml").read_text("utf-8")
    assert league_rules("zone-investment").label == "重点片区投资晾晒"
    (own / "league" / "zone-investment.yaml").write_text(text.replace("重点片区投资晾晒", "本县晾晒"), "utf-8")
    assert league_rules("zone-investment").label == "本县晾晒"


@pytest.mark.parametrize("read", [rule_set, league_rules])
def test_rules_that_do_not_exist_are_named(own, read):
    with pytest.raises(ImproperlyConfigured, match="没有名为“七色图”的规则"):
        read("七色图")


@pytest.mark.parametrize(("read", "kind"), [(rule_set, "light"), (league_rules, "league")])
def test_rules_with_a_mistake_are_named_and_not_used(own, read, kind):
    (own / kind / "wrong.yaml").write_text("label: 无", "utf-8")
    with pytest.raises(ImproperlyConfigured, match=r"wrong\.yaml"):
        read("wrong")
