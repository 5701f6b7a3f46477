"""A closed month comes out again byte for byte, whatever happened to figures, rules, names and amounts since."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from county import HARBOUR, HIGH_TECH, PLAN, SUPERVISOR, at, month

from luoshi.acts.allocate_target import Part, allocate_target
from luoshi.acts.handle_reports import correct_report
from luoshi.acts.move_entry import move_entry
from luoshi.acts.run_month import open_month
from luoshi.store.closed_months import replay_closed
from luoshi.store.definitions import SHIPPED
from luoshi.store.entries import find
from luoshi.store.models import Account, LeagueRow, Rating, Snapshot, StoredRules
from luoshi.store.queries.desk import desk_for
from luoshi.store.queries.lights import rules_of
from luoshi.store.rules import altered_rules, silent_changes
from luoshi.store.verification import verify
from luoshi.terms.refusal import Refused

PARTS = [Part(HIGH_TECH, Decimal(40), "高新片区投资"), Part(HARBOUR, Decimal(20), "临港片区投资")]


@pytest.fixture
def packs(settings, tmp_path):
    """The folder of the county's own rules."""
    settings.LUOSHI_HOME = str(tmp_path)
    for kind in ("light", "league"):
        (tmp_path / "packs" / "yunling" / kind).mkdir(parents=True)
    return tmp_path / "packs" / "yunling"


def lay_over(packs, kind, name, *changes):
    """The county's own wording: the shipped one with these words changed."""
    text = (SHIPPED / "national" / kind / f"{name}.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (packs / kind / f"{name}.yaml").write_text(text, "utf-8")


SECOND = ("edition: 第1版", "edition: 第2版")


@pytest.fixture
def zones(packs, running):
    """March and April closed: two zones ranked, a ceiling reported, one light overridden."""
    target = running.target("完成固定资产投资")
    parts = allocate_target(running.supervisor(1, 20), target.id, PARTS, "zone-investment")
    for number, (tech, harbour) in {3: ("12", "3"), 4: ("13", "8")}.items():
        running.open(number)
        running.report(number, parts[0].id, HIGH_TECH, value=tech)
        running.report(number, parts[1].id, HARBOUR, value=harbour)
        running.report(number, running.target("建成绿色工厂").id, value="1")
        if number == 4:
            row = {"period": "2023-04", "colour": "green", "reason": "已开工", "approver": "常务副县长"}
            name = running.target("建成绿色工厂").id
            move_entry(running.supervisor(4, 29), name, "override_light", {"light_override": [row]}, "已开工")
        running.close(number)
    return running, parts


def kept():
    return list(Rating.objects.order_by("id").values_list("light", flat=True)), list(
        LeagueRow.objects.order_by("period").values_list("table", flat=True)
    )


def test_closed_months_come_out_again_after_figures_targets_and_rules_changed(zones, packs):
    county, parts = zones
    before = kept()
    assert list(replay_closed()) == []
    lay_over(
        packs,
        "league",
        "zone-investment",
        ("weight: 100, method: proportional, cap: 1.2", "weight: 60, method: efficacy"),
        SECOND,
    )
    lay_over(packs, "light", "five-colour", ("{below: 0.75}", "{below: 0.5}"), SECOND)
    correct_report(county.supervisor(5, 9), f"report:{parts[0].id}:2023-03", {"value": "39"}, "补录")
    move_entry(county.supervisor(5, 10), parts[1].id, "amend", {"value": "4"}, "调减任务")
    assert kept() == before
    seen = []
    assert list(replay_closed(seen.append)) == []
    assert seen == [len(json.loads(row.body)["ratings"]) for row in Snapshot.objects.order_by("period")]
    assert [finding for finding in verify() if finding.id.startswith("store.E3")] == []


def test_each_month_is_ranked_by_the_wording_it_was_opened_with(zones, packs):
    county, parts = zones
    lay_over(packs, "league", "zone-investment", ("weight: 100", "weight: 50"), SECOND)
    county.open(5)
    county.report(5, parts[0].id, HIGH_TECH, value="20")  # 20 ÷ 40 × 50 = 25
    tables = {row.period: json.loads(row.table) for row in LeagueRow.objects.filter(league="zone-investment")}
    shown = {period: [(p["name"], p["shown"]) for p in table["places"]] for period, table in tables.items()}
    assert shown["2023-04"] == [("临港片区", "40.00"), ("高新片区", "32.50")]  # 8 ÷ 20, 13 ÷ 40
    assert shown["2023-05"] == [("高新片区", "25.00"), ("临港片区", "20.00")]  # 临港 still stands at 8 ÷ 20
    rows = [dict(row) for row in find(f"plan:{PLAN}")["rules"]]
    assert [(r["name"], r["edition"], str(r["since"])) for r in rows] == [
        ("five-colour", "第1版", "2023-03"), ("appraisal", "第1版", "2023-03"), ("zone-investment", "第1版", "2023-03"),
        ("zone-investment", "第2版", "2023-05"),
    ]  # fmt: skip


def test_rules_changed_while_a_month_is_open_count_from_the_next(zones, packs):
    county, _ = zones
    works = county.target("建成绿色工厂").id  # 10 promised: 3 of 10 by May is 0.3 ÷ 0.4167 = 0.72, red
    county.open(5)
    lay_over(
        packs, "light", "five-colour", ("{below: 0.75}", "{below: 0.5}"), ("at_least: 0.75", "at_least: 0.5"), SECOND
    )
    county.report(5, works, value="3")
    assert county.light(works, 5).colour == "red"
    assert json.loads(county.light(works, 5).light)["edition"] == "第1版"
    county.close(5)
    county.open(6)
    county.report(6, works, value="3")  # 0.3 ÷ 0.5 = 0.6
    assert json.loads(county.light(works, 6).light)["base"] == "orange"
    assert json.loads(county.light(works, 6).light)["edition"] == "第2版"
    assert list(replay_closed()) == []


def test_other_rules_chosen_while_a_month_is_open_count_from_the_next(zones):
    """Two words of light from June on; May stays five-coloured, and each month is told in its own words."""
    county, _ = zones
    works = county.target("建成绿色工厂").id
    county.open(5)
    move_entry(county.supervisor(5, 26), f"plan:{PLAN}", "choose_rules", {"light_rules": "two-value"}, "改用两档")
    county.report(5, works, value="3")
    assert (county.light(works, 5).colour, county.light(works, 5).word) == ("red", "红")
    county.close(5)
    county.open(6)
    county.report(6, works, value="3")  # 3 ÷ 10 = 30 % of 50 % due
    assert county.light(works, 6).word == "未达序时"
    county.close(6)
    assert list(replay_closed()) == []
    account = Account.objects.get(username=SUPERVISOR)
    labels = [rules_of(desk_for(account, at(7, 10).date(), wanted)).name for wanted in ("2023-05", "2023-06")]
    assert labels == ["five-colour", "two-value"]


def test_rules_valid_only_later_wait_for_a_month_that_begins_then(zones, packs):
    county, _ = zones
    lay_over(packs, "light", "five-colour", ("edition: 第1版", "edition: 第2版\nvalid_from: 2023-05-02"))
    county.open(5)
    assert json.loads(county.light(county.target("建成绿色工厂").id, 5).light)["edition"] == "第1版"
    county.close(5)
    county.open(6)
    assert json.loads(county.light(county.target("建成绿色工厂").id, 6).light)["edition"] == "第2版"


def test_another_wording_under_the_same_edition_is_refused_and_told_by_the_check(zones, packs):
    county, _ = zones
    lay_over(packs, "light", "five-colour", ("{below: 0.75}", "{below: 0.5}"))
    assert list(silent_changes()) == [("light", "five-colour", "第1版")]
    with pytest.raises(Refused) as refused:
        county.open(5)
    assert refused.value.refusal.id == "acts.rules_unusable"
    assert "版次仍是“第1版”" in refused.value.refusal.message


def test_a_first_month_needs_rules_that_are_valid_in_it(packs, running):
    lay_over(packs, "light", "five-colour", ("edition: 第1版", "edition: 第1版\nvalid_from: 2023-04-01"))
    with pytest.raises(Refused) as refused:
        running.open(3)
    assert "自2023-04-01起施行" in refused.value.refusal.message
    open_month(running.supervisor(4, 25), PLAN, month(4), running.supervisor(5, 5).today)


def test_a_snapshot_that_does_not_come_out_again_is_named(zones):
    _, parts = zones
    row = Snapshot.objects.get(period="2023-04")
    body = json.loads(row.body)
    first = body["ratings"][0]["entry_id"]
    body["ratings"][0]["light"] = "{}"
    body["leagues"][0]["table"] = "{}"
    body["entries"] = [e | {"state": "missed"} if e["id"] == parts[0].id else e for e in body["entries"]]
    Snapshot.objects.create(plan=PLAN, period="2023-04", sha256="0" * 64, body=json.dumps(body), taken_at=row.taken_at)
    found = {(finding.id, finding.where) for finding in replay_closed()}
    assert found == {
        ("store.E332", f"{parts[0].id} 2023-04"),
        ("store.E333", f"{first} 2023-04"),
        ("store.E334", "appraisal 2023-04"),
    }


def test_rules_altered_in_the_database_are_named(zones):
    row = StoredRules.objects.get(name="zone-investment")
    StoredRules.objects.filter(pk=row.pk).update(text=row.text + "\n")
    assert [one.version for one in altered_rules()] == [row.version]
    assert [f.where for f in verify() if f.id == "store.E331"] == [f"league/zone-investment {row.version}"]
